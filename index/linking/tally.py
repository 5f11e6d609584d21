"""A tally: how many articles hold each name, and in how many a short form stood for a name."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
from whoosh.reading import IndexReader

from index.article import Article
from index.linking.aliases import aliases
from index.schema import column_aliases, column_names
from index.segment.fields import NameField
from index.segment.layout import ALIAS
from index.segment.segment import SegmentData

FIELDS = ("person", "org")
"""The fields whose names are linked."""


@dataclass(frozen=True, slots=True)
class Tally:
    """``names``: articles by name; ``aliases``: articles by (short form, name of the article)."""

    names: Counter[str] = field(default_factory=Counter)
    aliases: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, names: Iterable[str], pairs: Iterable[tuple[str, str]], times: int = 1) -> None:
        """Count one article in; with ``times`` -1, out."""
        for name in set(names):
            self.names[name] += times
        for pair in set(pairs):
            self.aliases[pair] += times


def counted(segments: Iterable[SegmentData], field: str) -> Tally:
    """The tally of segments all of whose articles are there."""
    found = Tally()
    for segment in segments:
        found.names.update(dict(_articles_of(segment.names[field])))
        if field == "org":
            pairs = _articles_of(segment.names[ALIAS])
            found.aliases.update({tuple(pair.split("\t")): n for pair, n in pairs})
    return found


def _articles_of(field: NameField) -> Iterator[tuple[str, int]]:
    articles = np.diff(field.posting_starts).tolist()
    return zip(map(bytes.decode, field.terms.all()), articles)


def discount(tallies: Mapping[str, Tally], article: Article) -> None:
    """Count the names of an article out of the tally of each field."""
    tallies["person"].add(article.persons, (), -1)
    tallies["org"].add(article.organizations, aliases(article), -1)


def tally(reader: IndexReader, field: str) -> Tally:
    """The tally of all articles of an index."""
    found = Tally()
    for leaf, _ in reader.leaf_readers() if reader.doc_count_all() else ():
        names = leaf.column_reader(field, translate=False) if leaf.has_column(field) else None
        pairs = None
        if field == "org" and leaf.has_column("alias"):
            pairs = leaf.column_reader("alias", translate=False)
        for docid in leaf.all_doc_ids():
            found.add(
                column_names(names[docid]) if names else (),
                column_aliases(pairs[docid]) if pairs else (),
            )
    return found
