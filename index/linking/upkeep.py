"""Upkeep: the link tables of an index folder, brought up to each commit."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from whoosh.filedb.filestore import FileStorage
from whoosh.reading import IndexReader

from index.article import Article
from index.folder import empty_index, open_index
from index.linking import storage
from index.linking.table import LinkTable, link, relink
from index.linking.tally import FIELDS, counted, discount, tally
from index.toc import latest_generation
from index.writer import IndexWriter, Sealed


class LinkUpkeep:
    """Keeps the link tables of a folder; what it has written it knows at the next commit."""

    def __init__(self, folder: Path):
        self._folder = folder
        self._generation = -1
        self._tables: dict[str, LinkTable] = {}

    def commit(self, writer: IndexWriter, optimize: bool = False) -> None:
        """Commit a writer; ``optimize`` is that of its ``commit``. Raises OSError."""
        self.sealed(writer, optimize)()

    def sealed(
        self, writer: IndexWriter, optimize: bool = False, more: bool = False
    ) -> Callable[[], None]:
        """Seal what a writer was given; returns what commits it, once, in any thread. What the
        writer is given meanwhile is of a later commit.

        The tables are written first, the generation that they belong to comes into being with
        the commit. Raises OSError, and so does what it returns, when they cannot be written; then
        nothing is committed.
        """
        return partial(self._put, writer, writer.seal(), optimize, more)

    def _put(self, writer: IndexWriter, sealed: Sealed, optimize: bool, more: bool) -> None:
        generation = sealed.generation
        tables = self._relinked(sealed)
        try:
            for field, table in tables.items():
                storage.save(self._folder, field, generation, table)
            writer.put(sealed, optimize, more)
        except BaseException:
            if latest_generation(self._folder) < generation:
                for field in FIELDS:
                    storage.path(self._folder, field, generation).unlink(missing_ok=True)
            raise
        self._generation, self._tables = generation, tables
        for field in FIELDS:
            storage.remove_old(self._folder, field, generation)

    def finish(self, writer: IndexWriter) -> OSError | None:
        """Commit the merges that are due as they end, and close the writer. Where that fails, of
        which the error is returned, they are left to a later writer."""
        try:
            while writer.merge():
                writer.wait()
                self.commit(writer)
            writer.close()
        except OSError as error:
            writer.cancel()
            return error
        return None

    def _relinked(self, sealed: Sealed) -> dict[str, LinkTable]:
        if sealed.writing:
            sealed.writing.result()
        files = FileStorage(str(self._folder))
        new = [segment.data(files) for segment in sealed.new]
        changes = {field: counted(new, field) for field in FIELDS}
        generation = sealed.generation - 1
        index = open_index(self._folder) or empty_index(self._folder)
        searcher = index.searcher()
        try:
            if self._generation != generation:
                reader = searcher.reader()
                self._tables = {f: linked(self._folder, f, generation, reader) for f in FIELDS}
            for id in sealed.deleted:
                discount(changes, Article.from_json(searcher.document(id=id)["article"]))
        finally:
            searcher.close()
        return {field: relink(field, self._tables[field], changes[field]) for field in FIELDS}


def linked(folder: Path, field: str, generation: int, reader: IndexReader) -> LinkTable:
    """The table of a field at a generation: as it was written, or, where that is missing or
    damaged, made anew from the articles."""
    return storage.load(folder, field, generation) or link(field, tally(reader, field))
