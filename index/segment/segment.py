"""A segment's file, opened: fields, columns and articles by docid."""

from collections.abc import Collection
from functools import cached_property, lru_cache, partial
from pathlib import Path
from weakref import proxy

import numpy as np

from index.morphology import fold
from index.reprints.sketch import SIZE
from index.segment.arrays import Arrays, SegmentUnusable
from index.segment.documents import are_cut
from index.segment.fields import NameField, WordField, name_field, word_field
from index.segment.layout import NAME_FIELDS, WORD_FIELDS
from index.segment.store import Store
from index.segment.strings import Strings, read_strings

_KEPT = 512
"""Forms whose codes are kept, once compared."""


class SegmentData:
    """What a segment holds, memory-mapped.

    Raises SegmentUnusable for a file that is none or has wrong postings, FileNotFoundError where
    there is none.
    """

    def __init__(self, path: Path):
        self.arrays = Arrays(path)
        match self.arrays.facts:
            case {
                "n_docs": int(n_docs),
                "field_lengths": {"title": int(), "text": int()} as lengths,
            }:
                self.n_docs: int = n_docs
                self.field_lengths: dict[str, int] = lengths
            case _:
                raise SegmentUnusable(f"{path}: no segment of podshivka's; index anew")
        if n_docs != len(self.digests):
            raise SegmentUnusable(
                f"{path}: {len(self.digests)} digests of {n_docs} documents; index anew"
            )
        if any(are_cut(self.arrays, field) for field in WORD_FIELDS):
            raise SegmentUnusable(
                f"{path}: an earlier version wrote wrong places of words into large indexes; "
                "index the sources into a new folder"
            )
        self.form_codes = lru_cache(_KEPT)(partial(SegmentData._form_codes, proxy(self)))

    @cached_property
    def names(self) -> dict[str, NameField]:
        """The fields of names."""
        return {field: name_field(self.arrays, field) for field in NAME_FIELDS}

    @cached_property
    def words(self) -> dict[str, WordField]:
        """The fields of words."""
        return {field: word_field(self.arrays, field) for field in WORD_FIELDS}

    def terms(self, field: str) -> Strings | None:
        """The terms of a field of either kind, None for any other field."""
        found = self.words.get(field) or self.names.get(field)
        return found.terms if found else None

    @cached_property
    def forms(self) -> Strings:
        """The spellings of words in this segment, sorted."""
        return read_strings(self.arrays, "forms")

    def _form_codes(self, field: str, term: int, form: str) -> list[int]:
        """Which forms of a term of a field of words are a folded form, but for case and ё."""
        forms = self.words[field].forms_of(term).tolist()
        return [code for code, number in enumerate(forms)
                if fold(self.forms[number].decode()) == form]  # fmt: skip

    @cached_property
    def store(self) -> Store:
        """The articles."""
        return Store(self.arrays)

    @cached_property
    def first_days(self) -> np.ndarray:
        """The first day of each document's date, (n_docs,) int32, 0 where there is none."""
        return self.arrays["first_day"]

    @cached_property
    def last_days(self) -> np.ndarray:
        """The last day of each document's date, like ``first_days``."""
        return self.arrays["last_day"]

    @cached_property
    def digests(self) -> np.ndarray:
        """The digest of each document, (n_docs, 16) uint8."""
        return self.arrays["digest"]

    def rows(self, name: str) -> np.ndarray:
        """An array with a row for each document, as wide as the present format has it: sketches
        were wider in format 2."""
        array = self.arrays[name]
        return array[:, :SIZE] if name == "sketch" else array

    def alive(self, deleted: Collection[int]) -> np.ndarray | None:
        """Which documents are not deleted, (n_docs,) bool; None where all are there."""
        if not deleted:
            return None
        alive = np.ones(self.n_docs, bool)
        alive[np.fromiter(deleted, np.intp, len(deleted))] = False
        return alive

    def id(self, docid: int) -> str:
        """The article's id of a document."""
        return self.names["id"].names(docid)[0].decode()

    def docid(self, id: str) -> int | None:
        """The document of an article's id, or None."""
        field = self.names["id"]
        number = field.terms.find(id.encode())
        return None if number is None else int(field.postings(number)[0])
