"""Known articles: those of an index, and those that a run adds to it, by their ids."""

from collections.abc import Iterator

from index.article import Article
from index.segment.codec import held
from index.segment.segment import SegmentData
from index.toc import ArrayIndex

MANY = 1_000
"""Ids that are looked up one by one; of a run that asks for more, all digests are read at once,
which takes as long as some 100,000 look-ups and memory for every article."""


class Known:
    """The digests of articles: of those in the index when a run begins, at its ``generation``,
    and of its own."""

    def __init__(self, index: ArrayIndex | None):
        self._index = index
        self._segments = held(index.contents.segments, index.storage) if index else []
        self._found: dict[str, str | None] = {}
        self._is_read = index is None
        self.generation = index.contents.generation if index else 0
        self._added: dict[str, str] = {}
        self._committed: set[str] = set()

    def __contains__(self, id: str) -> bool:
        return self.digest(id) is not None

    def digest(self, id: str) -> str | None:
        """The digest of an article, the one that the run gave it last; None for an unknown id."""
        return self._added.get(id) or self._stored(id)

    def article(self, id: str) -> Article | None:
        """The article that the index held under an id when the run began."""
        for data, docid in self._places(id):
            return Article.from_json(data.store[docid])
        return None

    def add(self, id: str, digest: str) -> None:
        """Take note of an article that the run adds, in place of another of this id."""
        self._added[id] = digest

    def is_added(self, id: str) -> bool:
        """Whether the run adds an article of this id."""
        return id in self._added

    def is_committed(self, id: str) -> bool:
        """Whether the last commit holds an article of this id."""
        return id in self._committed or self._stored(id) is not None

    def commit(self, id: str) -> None:
        """Take note that the last commit holds an article of this id."""
        self._committed.add(id)

    def _stored(self, id: str) -> str | None:
        if id in self._found or self._is_read:
            return self._found.get(id)
        if len(self._found) >= MANY:
            self._found, self._is_read = dict(digests(self._index)), True
            return self._found.get(id)
        found = self._found[id] = self._looked_up(id)
        return found

    def _looked_up(self, id: str) -> str | None:
        for data, docid in self._places(id):
            return data.digests[docid].tobytes().hex()
        return None

    def _places(self, id: str) -> Iterator[tuple[SegmentData, int]]:
        for _, data, alive in self._segments:
            docid = data.docid(id)
            if docid is not None and (alive is None or alive[docid]):
                yield data, docid


def digests(index: ArrayIndex) -> dict[str, str]:
    """The digest of every article in the index, by the article's id."""
    found: dict[str, str] = {}
    for _, data, alive in held(index.contents.segments, index.storage):
        field = data.names["id"]
        ids, content = field.terms.all(), data.digests.tobytes().hex()
        for docid, number in enumerate(field.values.tolist()):
            if alive is None or alive[docid]:
                found[ids[number].decode()] = content[32 * docid : 32 * docid + 32]
    return found
