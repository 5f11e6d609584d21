"""The engines that bench_query compares, behind one interface: ``ask``, ``top``, ``total``."""

import re
import sqlite3
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import Stemmer
import tantivy
import whoosh.index
from large_corpus import large_corpus
from query_set import Ask
from whoosh.filedb.filestore import FileStorage
from whoosh.query import And, Term

from index.dates import days
from index.folder import open_index
from index.indexing import _write, optimize_index
from index.known import Known
from index.ledger import Ledger
from index.report import Report
from index.rows import article_from_row
from index.schema import NO_DATE, SCHEMA
from search.facets.values import facet
from search.matching.matches import match
from search.query.compiler import compile_query
from search.query.parser import parse
from search.ranking.page import page
from search.snapshot import Snapshot

_WORD = re.compile(r"\w+")
_stem = lru_cache(1 << 20)(Stemmer.Stemmer("russian").stemWord)


@dataclass(frozen=True)
class Answer:
    """What every engine is asked for."""

    ids: list[str]
    total: int
    persons: list[tuple[str, int]]
    organizations: list[tuple[str, int]]
    months: list[tuple[str, int]]


class _Timed:
    """Rows made on the way, and the ``seconds`` that making them took."""

    def __init__(self, rows: Iterator[dict[str, Any]]):
        self._rows = rows
        self.seconds = 0.0

    def __iter__(self) -> Iterator[dict[str, Any]]:
        started = time.perf_counter()
        for row in self._rows:
            self.seconds += time.perf_counter() - started
            yield row
            started = time.perf_counter()


class Engine:
    """An index under ``home``, built where it is missing."""

    name = ""
    speed = 0.0

    def __init__(self, home: Path, n: int):
        self.folder = home / f"{type(self).__name__.lower()}-{n}"
        self.built = "built before"
        if not self.folder.exists():
            self.folder.mkdir(parents=True)
            rows = _Timed(large_corpus(n))
            started = time.perf_counter()
            self.build(rows)
            self.speed = n / (time.perf_counter() - started - rows.seconds)
            self.built = f"built at {self.speed:.0f} articles/s"
        self.bytes = sum(path.stat().st_size for path in self.folder.rglob("*") if path.is_file())
        self.open()

    def total(self, ask: Ask) -> int:
        return self.ask(ask).total


class Ours(Engine):
    name = "podshivka"

    def build(self, rows) -> None:
        articles = (article_from_row(row)[0] for row in rows)
        _write(self.folder, articles, Known(None), Report())
        optimize_index(self.folder)

    def open(self) -> None:
        self.snapshot = Snapshot(self.folder, open_index(self.folder), Ledger())
        self.column = {name: self.snapshot.column(name) for name in ("person", "org")}

    def _matches(self, ask: Ask):
        tree = parse(str(ask)).tree
        entities = {"person": self.column["person"].entities}
        query = compile_query(tree, entities)
        return tree, match(self.snapshot.searcher, query, True, self.snapshot.statistics)

    def _ids(self, tree, matches) -> list[str]:
        first = page(self.snapshot, tree, matches, matches.docids, "relevance", 0, 10)
        return [self.snapshot.id(docid) for docid in first.docids]

    def top(self, ask: Ask) -> list[str]:
        return self._ids(*self._matches(ask))

    def ask(self, ask: Ask) -> Answer:
        tree, matches = self._matches(ask)
        facets = [facet(self.column[name], matches.docids, None, 10) for name in ("person", "org")]
        months = self.snapshot.calendar.histogram(matches.docids, "month")
        return Answer(
            self._ids(tree, matches),
            len(matches.docids),
            *([(v["name"], v["count"]) for v in found["values"]] for found in facets),
            list(zip(months.starts, months.counts)),
        )

    def words_by_frequency(self) -> list[str]:
        """Forms that are their own lemma, the commonest first."""
        words = self.snapshot.data[0].words["text"]
        counts = np.diff(words.posting_starts.astype(np.int64))
        return [words.terms[n].decode() for n in np.argsort(-counts, kind="stable").tolist()]

    def persons_by_frequency(self) -> list[str]:
        return [v["name"] for v in self._everything()["values"]]

    def _everything(self):
        return facet(self.column["person"], np.arange(self.snapshot.n_docs), None, 10)

    def phrases(self):
        article = self.snapshot.article
        for docid in range(1000):
            for first, second in re.findall(r"([а-я]{5,}) (?=([а-я]{5,}))", article(docid).text):
                yield Ask((first, second), "phrase")


class Tantivy(Engine):
    name = "tantivy"

    def _schema(self):
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
        for field in ("title", "body"):
            builder.add_text_field(field, stored=True, tokenizer_name="russian")
        for field in ("person", "org"):
            builder.add_text_field(field, fast=True, tokenizer_name="raw", index_option="basic")
        builder.add_integer_field("month", fast=True)
        builder.add_integer_field("day", fast=True, indexed=True)
        return builder.build()

    def _register(self, index) -> None:
        analyzer = (
            tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
            .filter(tantivy.Filter.lowercase())
            .filter(tantivy.Filter.stemmer("russian"))
            .build()
        )
        index.register_tokenizer("russian", analyzer)

    def build(self, rows) -> None:
        index = tantivy.Index(self._schema(), path=str(self.folder))
        self._register(index)
        writer = index.writer(256 << 20, num_threads=1)
        for row in rows:
            day = date.fromisoformat(row["date"])
            writer.add_document(
                tantivy.Document(
                    id=row["id"], title=row["title"], body=row["text"], person=row["persons"],
                    org=row["organizations"], month=12 * day.year + day.month, day=day.toordinal(),
                )
            )  # fmt: skip
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        if index.searcher().num_segments > 1:
            writer = index.writer(256 << 20, num_threads=1)
            writer.commit()
            writer.wait_merging_threads()

    def open(self) -> None:
        self.index = tantivy.Index.open(str(self.folder))
        self._register(self.index)
        self.searcher = self.index.searcher()
        self.built += f", {self.searcher.num_segments} segments"

    def _query(self, ask: Ask):
        schema = self.index.schema
        parts = []
        if ask.joint == "prefix":
            pattern = f"{ask.words[0]}.*"
            stems = [tantivy.Query.regex_query(schema, f, pattern) for f in ("title", "body")]
            parts.append(tantivy.Query.boolean_query([(tantivy.Occur.Should, q) for q in stems]))
        elif ask.words:
            text = {"or": " OR ", "and": " AND "}.get(ask.joint, " ").join(ask.words)
            text = f'"{text}"' if ask.joint == "phrase" else text
            parts.append(self.index.parse_query(text, ["title", "body"]))
        if ask.person:
            parts.append(tantivy.Query.term_query(schema, "person", ask.person))
        if ask.years:
            first, last = (date(ask.years[0], 1, 1), date(ask.years[1], 12, 31))
            parts.append(
                tantivy.Query.range_query(
                    schema, "day", tantivy.FieldType.Integer, first.toordinal(), last.toordinal()
                )
            )
        if len(parts) == 1:
            return parts[0]
        if not parts:
            return tantivy.Query.all_query()
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, part) for part in parts])

    def top(self, ask: Ask) -> list[str]:
        found = self.searcher.search(self._query(ask), 10, count=False)
        return [self.searcher.doc(address)["id"][0] for _, address in found.hits]

    def ask(self, ask: Ask) -> Answer:
        query = self._query(ask)
        found = self.searcher.search(query, 10)
        counted = self.searcher.aggregate(
            query,
            {
                "person": {"terms": {"field": "person", "size": 10}},
                "org": {"terms": {"field": "org", "size": 10}},
                "month": {"histogram": {"field": "month", "interval": 1}},
            },
        )
        return Answer(
            [self.searcher.doc(address)["id"][0] for _, address in found.hits],
            found.count,
            *(
                [(b["key"], b["doc_count"]) for b in counted[name]["buckets"]]
                for name in ("person", "org", "month")
            ),
        )


class Fts5(Engine):
    name = "SQLite FTS5"

    def build(self, rows) -> None:
        base = sqlite3.connect(self.folder / "articles.db")
        base.executescript(
            """
            CREATE VIRTUAL TABLE words USING fts5(title, body, content='', tokenize='unicode61');
            CREATE TABLE article (n INTEGER PRIMARY KEY, id, title, body, month, day INTEGER);
            CREATE TABLE person (n INTEGER, name TEXT);
            CREATE TABLE org (n INTEGER, name TEXT);
            """
        )
        for n, row in enumerate(rows, 1):
            stems = [" ".join(map(_stem, _WORD.findall(row[f].lower()))) for f in ("title", "text")]
            base.execute("INSERT INTO words(rowid, title, body) VALUES (?, ?, ?)", (n, *stems))
            day = date.fromisoformat(row["date"])
            base.execute(
                "INSERT INTO article VALUES (?, ?, ?, ?, ?, ?)",
                (n, row["id"], row["title"], row["text"], row["date"][:7], day.toordinal()),
            )
            base.executemany("INSERT INTO person VALUES (?, ?)", [(n, p) for p in row["persons"]])
            bodies = [(n, body) for body in row["organizations"]]
            base.executemany("INSERT INTO org VALUES (?, ?)", bodies)
        base.executescript(
            """
            INSERT INTO words(words) VALUES ('optimize');
            CREATE INDEX person_n ON person(n, name); CREATE INDEX person_name ON person(name);
            CREATE INDEX org_n ON org(n, name);
            CREATE INDEX article_month ON article(n, month, day);
            ANALYZE;
            """
        )
        base.commit()
        base.close()

    def open(self) -> None:
        self.base = sqlite3.connect(self.folder / "articles.db")

    def _where(self, ask: Ask) -> tuple[str, list]:
        conditions, values = [], []
        if ask.words:
            stems = [f'"{_stem(word)}"' for word in ask.words]
            joined = {"or": " OR ", "and": " AND ", "phrase": " + "}.get(ask.joint, " ").join(stems)
            conditions.append("words MATCH ?")
            values.append(f'"{ask.words[0]}" *' if ask.joint == "prefix" else joined)
        if ask.person:
            conditions.append("words.rowid IN (SELECT n FROM person WHERE name = ?)")
            values.append(ask.person)
        if ask.years:
            conditions.append("words.rowid IN (SELECT n FROM article WHERE day BETWEEN ? AND ?)")
            values += [date(ask.years[0], 1, 1).toordinal(), date(ask.years[1], 12, 31).toordinal()]
        if not ask.words:
            conditions = [c.replace("words.rowid", "article.n") for c in conditions]
        return " AND ".join(conditions) or "1", values

    def ask(self, ask: Ask) -> Answer:
        where, values = self._where(ask)
        run = self.base.execute
        run("CREATE TEMP TABLE IF NOT EXISTS hit (n INTEGER PRIMARY KEY, score REAL)")
        run("DELETE FROM hit")
        if ask.words:
            run(f"INSERT INTO hit SELECT rowid, bm25(words) FROM words WHERE {where}", values)
        else:
            run(f"INSERT INTO hit SELECT n, -day FROM article WHERE {where}", values)
        ids = run("SELECT id FROM hit JOIN article USING (n) ORDER BY score LIMIT 10").fetchall()
        (total,) = run("SELECT count(*) FROM hit").fetchone()
        counted = [
            run(
                f"SELECT name, count(*) AS c FROM hit JOIN {table} USING (n) "
                "GROUP BY name ORDER BY c DESC LIMIT 10"
            ).fetchall()
            for table in ("person", "org")
        ]
        months = run("SELECT month, count(*) FROM hit JOIN article USING (n) GROUP BY month")
        return Answer([id for (id,) in ids], total, *counted, months.fetchall())


class PlainWhoosh(Engine):
    name = "plain Whoosh"

    def build(self, rows) -> None:
        index = whoosh.index.create_in(str(self.folder), SCHEMA)
        writer = index.writer(limitmb=512)
        for row in rows:
            writer.add_document(**_whoosh_fields(article_from_row(row)[0]))
        writer.commit(optimize=True)

    def open(self) -> None:
        self.searcher = FileStorage(str(self.folder)).open_index().searcher()
        read = self.searcher.reader().column_reader
        self.columns = {name: read(name) for name in ("id", "person", "org", "first_day")}

    def ask(self, ask: Ask) -> Answer:
        query = compile_query(parse(str(Ask(ask.words, ask.joint, None, ask.years))).tree, {})
        if ask.person:
            query = And([query, Term("person", ask.person)])
        found = self.searcher.search(query, limit=10, optimize=False)
        persons, bodies, months = Counter(), Counter(), Counter()
        for docid in found.docs():
            persons.update(self.columns["person"][docid].split("\n"))
            bodies.update(self.columns["org"][docid].split("\n"))
            months[date.fromordinal(self.columns["first_day"][docid]).isoformat()[:7]] += 1
        return Answer(
            [self.columns["id"][hit.docnum] for hit in found],
            len(found),
            persons.most_common(10),
            bodies.most_common(10),
            sorted(months.items()),
        )


def _whoosh_fields(article) -> dict[str, Any]:
    first, last = days(article.date) if article.date else (NO_DATE, NO_DATE)
    fields: dict[str, Any] = {
        "id": article.id,
        "title": article.title,
        "text": article.text,
        "first_day": first,
        "last_day": last,
        "article": article.to_json(),
    }
    for field, values in (("person", article.persons), ("org", article.organizations)):
        fields[field] = list(values)
        fields[f"_stored_{field}"] = "\n".join(values)
    return fields
