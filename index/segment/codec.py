"""The codec: a segment as Whoosh's readers ask for it.

Segments are written by ``index.segment.batch`` and ``index.segment.merge``; Whoosh only reads
and deletes.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
from whoosh.codec import base
from whoosh.columns import ColumnReader
from whoosh.matching import ListMatcher
from whoosh.reading import TermInfo, TermNotFound

from index.segment.fields import Postings
from index.segment.layout import DOCUMENT_ARRAYS, EXTENSION
from index.segment.segment import SegmentData
from index.segment.weights import LENGTHS, WEIGHTS

INDEX_NAME = "MAIN"
"""Whoosh's default name of an index, which its files begin with."""

_SEPARATOR = b"\n"


class ArrayCodec(base.Codec):
    """Reads segments of arrays."""

    def terms_reader(self, storage, segment: "ArraySegment") -> "ArrayTermsReader":
        return ArrayTermsReader(segment.data(storage))

    def per_document_reader(self, storage, segment: "ArraySegment") -> "ArrayDocumentReader":
        return ArrayDocumentReader(segment.data(storage), segment)

    def new_segment(self, storage, indexname: str) -> "ArraySegment":
        return ArraySegment(indexname)


class ArraySegment(base.Segment):
    """A segment as the TOC lists it: its name, size, and deleted documents."""

    def __init__(self, indexname: str, n_docs: int = 0):
        super().__init__(indexname)
        self.n_docs = n_docs
        self.deleted: set[int] = set()
        self._data: SegmentData | None = None

    def __getstate__(self) -> dict:
        return self.__dict__ | {"_data": None}

    def __setstate__(self, state: dict) -> None:
        self.__dict__.update(state)
        self._data = None

    def codec(self) -> ArrayCodec:
        return ArrayCodec()

    def data(self, storage) -> SegmentData:
        """The segment's file, opened once."""
        if self._data is None:
            self._data = SegmentData(Path(storage.folder) / self.make_filename(EXTENSION))
        return self._data

    def set_doc_count(self, n_docs: int) -> None:
        self.n_docs = n_docs

    def doc_count_all(self) -> int:
        return self.n_docs

    def deleted_count(self) -> int:
        return len(self.deleted)

    def deleted_docs(self) -> set[int]:
        return self.deleted

    def is_deleted(self, docnum: int) -> bool:
        return docnum in self.deleted

    def delete_document(self, docnum: int, delete: bool = True) -> None:
        if delete:
            self.deleted.add(docnum)
        else:
            self.deleted.discard(docnum)

    def should_assemble(self) -> bool:
        return False


def is_sound(segment: object) -> bool:
    """Whether what a TOC lists is a segment as a commit writes it: whoever made the file may
    have put anything else there."""
    if type(segment) is not ArraySegment:
        return False
    match vars(segment):
        case {"indexname": str(name), "segid": str(id), "n_docs": int(n), "deleted": set(deleted)}:
            facts = vars(segment).keys() == vars(ArraySegment(INDEX_NAME)).keys()
            inside = all(isinstance(docid, int) and 0 <= docid < n for docid in deleted)
            return facts and name == INDEX_NAME and id.isalnum() and n >= 0 and inside
    return False


def held(
    segments: Iterable[ArraySegment], storage
) -> list[tuple[str, SegmentData, np.ndarray | None]]:
    """The id and the data of each segment, and which of its documents are not deleted, (n_docs,)
    bool, None where all are there."""
    opened = ((segment, segment.data(storage)) for segment in segments)
    return [(s.segment_id(), data, data.alive(s.deleted_docs())) for s, data in opened]


class ArrayTermsReader(base.TermsReader):
    """The terms of a segment."""

    def __init__(self, data: SegmentData):
        self.data = data

    def _number(self, fieldname: str, text: bytes) -> int | None:
        terms = self.data.terms(fieldname)
        return None if terms is None else terms.find(text)

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return self._number(*term) is not None

    def indexed_field_names(self) -> list[str]:
        return sorted([*self.data.names, *self.data.words])

    def terms(self) -> Iterator[tuple[str, bytes]]:
        return ((f, text) for f in self.indexed_field_names() for text in self.data.terms(f))

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        for field in self.indexed_field_names():
            if field >= fieldname:
                terms = self.data.terms(field)
                first = terms.first_from(prefix) if field == fieldname else 0
                yield from ((field, terms[number]) for number in range(first, len(terms)))

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(self, fieldname: str, prefix: bytes):
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def cursor(self, fieldname: str, fieldobj) -> "ArrayCursor":
        return ArrayCursor(self, fieldname, fieldobj)

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        number = self._number(fieldname, text)
        if number is None:
            raise TermNotFound(f"{fieldname}:{text!r}")
        if fieldname in self.data.names:
            docids = self.data.names[fieldname].postings(number)
            n = len(docids)
            return TermInfo(float(n), n, 0, 0, 1.0, int(docids[0]), int(docids[-1]))
        postings = self.data.words[fieldname].postings(number)
        weights, lengths = WEIGHTS[postings.codes >> 8], LENGTHS[postings.codes & 0xFF]
        docids = postings.docids
        return TermInfo(
            float(weights.sum()),
            len(docids),
            int(lengths.min()),
            int(lengths.max()),
            float(weights.max()),
            int(docids[0]),
            int(docids[-1]),
        )

    def frequency(self, fieldname: str, text: bytes) -> float:
        number = self._number(fieldname, text)
        return 0 if number is None else self.term_info(fieldname, text).weight()

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        number = self._number(fieldname, text)
        if number is None:
            return 0
        field = self.data.words.get(fieldname) or self.data.names[fieldname]
        return field.n_postings(number)

    def matcher(self, fieldname: str, text: bytes, format_, scorer=None) -> ListMatcher:
        info = self.term_info(fieldname, text)
        number = self._number(fieldname, text)
        if fieldname in self.data.names:
            docids = self.data.names[fieldname].postings(number).tolist()
            return ArrayMatcher(
                docids, [1.0] * len(docids), None, format_, scorer, term=(fieldname, text),
                terminfo=info,
            )  # fmt: skip
        postings = self.data.words[fieldname].postings(number)
        values = _PositionValues(postings, format_)
        return ArrayMatcher(
            postings.docids.tolist(),
            WEIGHTS[postings.codes >> 8].tolist(),
            values,
            format_,
            scorer,
            term=(fieldname, text),
            terminfo=info,
        )


class _PositionValues:
    """The positions of each posting, encoded as Whoosh's format has them."""

    def __init__(self, postings: Postings, format_):
        self._postings, self._encode = postings, format_.encode

    def __len__(self) -> int:
        return len(self._postings)

    def __getitem__(self, posting: int) -> bytes:
        inside = slice(*self._postings.starts[posting : posting + 2].tolist())
        return self._encode(self._postings.positions(inside).tolist())


class ArrayMatcher(ListMatcher):
    """The postings of a term; its quality is that of the whole list."""

    def copy(self) -> "ArrayMatcher":
        return ArrayMatcher(
            self._ids, self._weights, self._values, self._format, self._scorer, self._i,
            self._all_weights, self._term, self._terminfo,
        )  # fmt: skip

    def spans(self):
        from whoosh.query.spans import Span

        return [Span(position) for position in self.value_as("positions")]


class ArrayCursor(base.FieldCursor):
    """Walks the terms of a field in order; ``find`` goes to the first at or after a term."""

    def __init__(self, reader: ArrayTermsReader, fieldname: str, fieldobj):
        self._reader, self._fieldname, self._field = reader, fieldname, fieldobj
        self._terms = reader.data.terms(fieldname) or ()
        self._at = 0

    def first(self) -> str | None:
        self._at = 0
        return self.text()

    def find(self, term: str | bytes) -> str | None:
        text = term if isinstance(term, bytes) else self._field.to_bytes(term)
        self._at = self._terms.first_from(text) if self._terms else 0
        return self.text()

    def next(self) -> str | None:
        self._at += 1
        return self.text()

    def text(self) -> str | None:
        return self._field.from_bytes(self._terms[self._at]) if self.is_valid() else None

    term = text

    def term_info(self) -> TermInfo | None:
        if not self.is_valid():
            return None
        return self._reader.term_info(self._fieldname, self._terms[self._at])

    def is_valid(self) -> bool:
        return self._at < len(self._terms)


class ArrayDocumentReader(base.PerDocumentReader):
    """Documents of a segment: columns, lengths, articles, deletions."""

    def __init__(self, data: SegmentData, segment: ArraySegment):
        self.data = data
        self._segment = segment

    def doc_count(self) -> int:
        return self._segment.doc_count()

    def doc_count_all(self) -> int:
        return self.data.n_docs

    def has_deletions(self) -> bool:
        return self._segment.has_deletions()

    def is_deleted(self, docnum: int) -> bool:
        return self._segment.is_deleted(docnum)

    def deleted_docs(self) -> set[int]:
        return self._segment.deleted_docs()

    def supports_columns(self) -> bool:
        return True

    def has_column(self, fieldname: str) -> bool:
        return fieldname in self.data.names or fieldname in DOCUMENT_ARRAYS

    def list_columns(self) -> list[str]:
        return [*self.data.names, *DOCUMENT_ARRAYS]

    def column_reader(self, fieldname: str, column) -> "ArrayColumnReader":
        if fieldname in self.data.names:
            names = self.data.names[fieldname].names
            return ArrayColumnReader(lambda d: _SEPARATOR.join(names(d)), self.data.n_docs, b"")
        values = self.data.arrays[fieldname]
        if values.ndim == 1:
            return ArrayColumnReader(lambda d: int(values[d]), self.data.n_docs, 0)
        return ArrayColumnReader(lambda d: values[d].tobytes(), self.data.n_docs, b"")

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        field = self.data.words.get(fieldname)
        return int(LENGTHS[field.lengths[docnum]]) if field else default

    def field_length(self, fieldname: str) -> int:
        return self.data.field_lengths.get(fieldname, 0)

    def min_field_length(self, fieldname: str) -> int:
        field = self.data.words.get(fieldname)
        return int(LENGTHS[field.lengths.min()]) if field and self.data.n_docs else 0

    def max_field_length(self, fieldname: str) -> int:
        field = self.data.words.get(fieldname)
        return int(LENGTHS[field.lengths.max()]) if field and self.data.n_docs else 0

    def stored_fields(self, docnum: int) -> dict[str, bytes]:
        return {"article": self.data.store[docnum]}


class ArrayColumnReader(ColumnReader):
    """A column of a segment: ``value`` gives a document's value. Whoosh turns those of numbers
    round to sort by them."""

    def __init__(self, value, n_docs: int, default):
        self._value, self._n_docs, self._default = value, n_docs, default
        self._is_reversed = False

    def __len__(self) -> int:
        return self._n_docs

    def __getitem__(self, docnum: int):
        return self._value(docnum)

    def sort_key(self, docnum: int):
        return -self._value(docnum) if self._is_reversed else self._value(docnum)

    def set_reverse(self) -> None:
        self._is_reversed = True

    def __iter__(self):
        return map(self._value, range(self._n_docs))

    def load(self) -> list:
        return list(self)

    def default_value(self, reverse: bool = False):
        return self._default
