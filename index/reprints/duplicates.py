"""Exact duplicates: the same article, word for word, under another address."""

import numpy as np

from index.article import Article
from index.reprints.contents import content_hash
from index.reprints.storage import Held, all_alive
from index.segment.arrays import starts


class Duplicates:
    """The articles of an index, and those that a run adds, by what they say."""

    def __init__(self, segments: Held):
        self._data = [data for _, data, _ in segments]
        self._bases = starts(np.array([data.n_docs for data in self._data], np.int64))
        hashes = np.concatenate(
            [np.zeros(0, np.uint64), *(d.arrays["content"] for d in self._data)]
        )
        kept = np.flatnonzero(np.concatenate([np.zeros(0, bool), *all_alive(segments)]))
        self._docids = kept[np.argsort(hashes[kept], kind="stable")]
        self._hashes = hashes[self._docids]
        self._added: dict[int, str] = {}
        self._changed: set[str] = set()

    def add(self, article: Article, known: bool) -> None:
        """Take note of an article that goes in, in place of another where its id is known."""
        self._added.setdefault(content_hash(article), article.id)
        if known:
            self._changed.add(article.id)

    def of(self, article: Article) -> str | None:
        """The id of the article that says the same, or None."""
        wanted = np.uint64(content_hash(article))
        if int(wanted) in self._added:
            return self._added[int(wanted)]
        place = int(np.searchsorted(self._hashes, wanted))
        if place == len(self._hashes) or self._hashes[place] != wanted:
            return None
        docid = int(self._docids[place])
        segment = int(np.searchsorted(self._bases, docid, side="right")) - 1
        id = self._data[segment].id(docid - int(self._bases[segment]))
        return None if id in self._changed else id
