"""Upkeep: the link tables of an index folder, brought up to each commit."""

from collections.abc import Iterable
from pathlib import Path

from whoosh.reading import IndexReader

from index.article import Article
from index.folder import empty_index, open_index
from index.linking import storage
from index.linking.table import LinkTable, link, relink
from index.linking.tally import FIELDS, change, tally
from index.toc import latest_generation
from index.writer import IndexWriter


class LinkUpkeep:
    """Keeps the link tables of a folder; what it has written it knows at the next commit."""

    def __init__(self, folder: Path):
        self._folder = folder
        self._generation = -1
        self._tables: dict[str, LinkTable] = {}

    def commit(
        self,
        writer: IndexWriter,
        added: Iterable[Article] = (),
        optimize: bool = False,
        more: bool = False,
    ) -> None:
        """Commit a writer that adds articles; ``optimize`` and ``more`` are those of its
        ``commit``.

        The tables are written first, the generation that they belong to comes into being with
        the commit. Raises OSError when they cannot be written; then nothing is committed.
        """
        generation = writer.generation
        writer.flush()
        tables = self._relinked(generation - 1, list(added), writer.deleted)
        try:
            for field, table in tables.items():
                storage.save(self._folder, field, generation, table)
            writer.commit(optimize, more)
        except BaseException:
            if latest_generation(self._folder) < generation:
                for field in FIELDS:
                    storage.path(self._folder, field, generation).unlink(missing_ok=True)
            raise
        self._generation, self._tables = generation, tables
        for field in FIELDS:
            storage.remove_old(self._folder, field, generation)

    def finish(self, writer: IndexWriter) -> None:
        """Commit the merges that are due as they end, and close the writer."""
        while writer.merge():
            writer.wait()
            self.commit(writer)
        writer.close()

    def _relinked(
        self, generation: int, added: list[Article], deleted: list[str]
    ) -> dict[str, LinkTable]:
        index = open_index(self._folder) or empty_index(self._folder)
        searcher = index.searcher()
        try:
            if self._generation != generation:
                reader = searcher.reader()
                self._tables = {f: linked(self._folder, f, generation, reader) for f in FIELDS}
            stored = (searcher.document(id=id) for id in deleted)
            gone = [Article.from_json(fields["article"]) for fields in stored]
        finally:
            searcher.close()
        changes = change(added, gone)
        return {field: relink(field, self._tables[field], changes[field]) for field in FIELDS}


def linked(folder: Path, field: str, generation: int, reader: IndexReader) -> LinkTable:
    """The table of a field at a generation: as it was written, or, where that is missing or
    damaged, made anew from the articles."""
    return storage.load(folder, field, generation) or link(field, tally(reader, field))
