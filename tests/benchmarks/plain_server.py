"""What bench_serve compares with: news search by Flask and Whoosh, as anyone would write it.

python tests/benchmarks/plain_server.py FOLDER --index articles.jsonl
python tests/benchmarks/plain_server.py FOLDER --port 8000
"""

import json
import sys
from pathlib import Path

import waitress
from flask import Flask, request
from whoosh.analysis import LanguageAnalyzer
from whoosh.fields import ID, KEYWORD, TEXT, Schema
from whoosh.index import create_in, exists_in, open_dir
from whoosh.qparser import MultifieldParser
from whoosh.sorting import FieldFacet

THREADS = 4


def add(folder: Path, rows: list[dict]) -> None:
    """Index rows into a folder, in one commit."""
    text = TEXT(analyzer=LanguageAnalyzer("ru"), stored=True)
    schema = Schema(id=ID(unique=True), title=text, text=text, persons=KEYWORD(commas=True))
    folder.mkdir(exist_ok=True)
    index = open_dir(folder) if exists_in(folder) else create_in(folder, schema)
    with index.writer() as writer:
        for row in rows:
            persons = ",".join(row["persons"])
            writer.add_document(id=row["id"], title=row["title"], text=row["text"], persons=persons)


def serve(folder: Path, port: int) -> None:
    app, index = Flask("plain"), open_dir(folder)
    parser = MultifieldParser(["title", "text"], index.schema)

    @app.get("/search")
    def search():
        with index.searcher() as searcher:
            facet = FieldFacet("persons", allow_overlap=True)
            found = searcher.search(parser.parse(request.args["q"]), groupedby={"person": facet})
            hits = [{"title": hit["title"], "text": hit.highlights("text")} for hit in found]
            persons = {name: len(ids) for name, ids in found.groups("person").items()}
            first = dict(sorted(persons.items(), key=lambda pair: -pair[1])[:10])
            return {"total": len(found), "results": hits, "persons": first}

    waitress.serve(app, host="127.0.0.1", port=port, threads=THREADS, _quiet=True)


if __name__ == "__main__":
    folder, option, value = sys.argv[1:]
    if option == "--index":
        content = Path(value).read_text("utf-8")
        add(Path(folder), [json.loads(line) for line in content.splitlines()])
    else:
        serve(Path(folder), int(value))
