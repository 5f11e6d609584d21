"""The documents of a field's postings: the last 16 bits of each docid, and for each run of
postings what is above these."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

import numpy as np
from numpy.typing import DTypeLike

from index.segment.arrays import Arrays, ArrayWriter, smallest, smallest_type, true_places

BITS = 16
"""Bits of a docid that are written for each posting."""

WORTH = 32
"""Postings of a document, on average, from which on 16 bits of each save enough to be worth the
time that runs take to read: those of texts, not of titles."""

_FEW = 64
"""Runs up to which they are gone through one by one: those of a term, mostly."""

_SHORT = 1 << 14
"""Postings that are all read sooner than run by run."""

SPARSE = 24
"""Less than one wanted document in SPARSE postings of a run are searched for, of more the ranks
are laid out by document."""

MANY = 8
"""Where more documents are wanted than MANY for each posting, the postings' ones are looked up
among these."""

_NUMBERS = np.arange(1 << BITS, dtype=np.uint16)

_ALONE = 4
"""Documents to a run up to which they are looked for one by one."""


class Documents:
    """The documents of the postings of a field, by the postings' numbers: ``low`` (n_postings,).

    In a segment of more than 2 ** BITS documents these are the last BITS bits, and a run are the
    postings of one term that share those above: ``begins`` (n_runs,) is the first posting of
    each, ``blocks`` (n_runs,) what they share.
    """

    def __init__(self, low: np.ndarray, begins: np.ndarray, blocks: np.ndarray):
        self._low, self._begins, self._blocks = low, begins, blocks
        self._begin, self._block = memoryview(begins), memoryview(blocks)

    def __len__(self) -> int:
        return len(self._low)

    def between(self, first: int, last: int, dtype: DTypeLike = np.intp) -> np.ndarray:
        """The documents of the postings ``first … last - 1``."""
        found = self._low[first:last].astype(dtype)
        if not self._block or first == last:
            return found
        after = bisect_right(self._begin, first)
        stop = bisect_left(self._begin, last, after)
        if stop - after < _FEW:
            for block, begin, end in self._runs(first, last, after, stop):
                found[begin - first : end - first] += block << BITS
        else:
            lengths = np.diff(self._begins[after:stop], prepend=first, append=last)
            found += np.repeat(self._blocks[after - 1 : stop].astype(dtype) << BITS, lengths)
        return found

    def take(self, postings: np.ndarray) -> np.ndarray:
        """The documents of some postings, intp."""
        found = self._low.take(postings).astype(np.intp)
        if self._block:
            # the type of the runs' beginnings may not hold the last run's further postings
            sought = np.minimum(postings, self._begin[-1]).astype(self._begins.dtype)
            runs = np.searchsorted(self._begins, sought, "right") - 1
            found += self._blocks.take(runs).astype(np.intp) << BITS
        return found

    def find(self, first: int, last: int, wanted: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Where among the postings ``first … last - 1`` of a term some documents (ascending and
        distinct) stand, and which of them stand there: see ``places``."""
        if (last - first) * MANY < len(wanted):
            asked, found = places(wanted, self.between(first, last))
            place, held = np.zeros(len(wanted), np.intp), np.zeros(len(wanted), bool)
            held[asked[found]] = True
            place[held] = found.nonzero()[0]
            return place, held
        if not self._block:
            return places(self._low[first:last], wanted)
        if last - first <= _SHORT:
            return places(self.between(first, last), wanted)
        after = bisect_right(self._begin, first)
        stop = bisect_left(self._begin, last, after)
        runs = list(self._runs(first, last, after, stop))
        place, ends = np.full((2, len(wanted)), first, np.intp)
        asked = (wanted & (1 << BITS) - 1).astype(self._low.dtype)
        if len(wanted) <= _ALONE * len(runs):
            low, run_of = memoryview(self._low), {block: bounds for block, *bounds in runs}
            for n, (docid, last_bits) in enumerate(zip(wanted.tolist(), asked.tolist())):
                begin, end = run_of.get(docid >> BITS, (first, first))
                place[n], ends[n] = bisect_left(low, last_bits, begin, end), end
        else:
            bounds = np.array([(block, block + 1) for block, _, _ in runs]) << BITS
            cuts = wanted.searchsorted(bounds).tolist()
            for (_, begin, end), (a, b) in zip(runs, cuts):
                if a < b:
                    place[a:b] = _ranks(self._low[begin:end], asked[a:b])
                    place[a:b] += begin
                    ends[a:b] = end
        inside = place < ends
        np.minimum(place, last - 1, out=place)
        inside &= self._low.take(place) == asked
        place -= first
        return place, inside

    def _runs(self, first: int, last: int, after: int, stop: int) -> Iterator[tuple[int, int, int]]:
        """Of the postings ``first … last - 1``, of whose runs the second has the number ``after``
        and the last one ``stop - 1``, each run: its block, and where it begins and ends."""
        bounds = [first, *self._begin[after:stop], last]
        return zip(self._block[after - 1 : stop], bounds, bounds[1:])


def _ranks(low: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Where in a run, the last BITS bits of documents, some wanted ones stand, (n,), all
    ascending; any number for one that does not stand there."""
    if len(wanted) * SPARSE < len(low):
        return low.searchsorted(wanted)
    ranks = np.empty(1 << BITS, np.uint16)
    ranks[low.astype(np.intp)] = _NUMBERS[: len(low)]
    return ranks.take(wanted)


def places(docids: np.ndarray, wanted: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Where in a sorted array of documents the wanted ones (ascending) stand, and which of them
    stand there: (len(wanted),) intp and bool."""
    if not len(docids):
        return np.zeros(len(wanted), np.intp), np.zeros(len(wanted), bool)
    place = np.searchsorted(docids, wanted.astype(docids.dtype))
    np.minimum(place, len(docids) - 1, out=place)
    return place, docids.take(place) == wanted


def read_documents(arrays: Arrays, field: str) -> Documents:
    """The documents of a field of a segment; before format 4 all of them are whole numbers."""
    begins, blocks = f"{field}.run_starts", f"{field}.run_blocks"
    found = (arrays[n] if n in arrays else np.zeros(0, np.uint8) for n in (begins, blocks))
    return Documents(arrays[f"{field}.docids"], *found)


def are_cut(arrays: Arrays, field: str) -> bool:
    """Whether the documents of a field are lost: for a time format 4 wrote their last BITS bits
    where there were no runs too, so that none is beyond these."""
    many = arrays.facts["n_docs"] > 1 << BITS
    if not many or arrays.facts["format"] != 4 or len(arrays[f"{field}.run_starts"]):
        return False
    docids = arrays[f"{field}.docids"]
    return len(docids) > 0 and int(docids.max()) < 1 << BITS


class DocumentsWriter:
    """Writes the documents of ``n_postings`` of a field, term after term."""

    def __init__(self, writer: ArrayWriter, field: str, n_postings: int, n_docs: int):
        self._in_runs = n_docs > 1 << BITS and n_postings >= WORTH * n_docs
        low = np.dtype(np.uint16) if self._in_runs else smallest_type(n_docs)
        self._region = writer.reserve(f"{field}.docids", low, n_postings)
        self._writer, self._field = writer, field
        self._begins, self._blocks = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
        self._n = 0

    def append(self, docids: np.ndarray, firsts: np.ndarray) -> None:
        """Write what comes next: docids (n,), and where among them each term's begin."""
        if self._in_runs and len(docids):
            blocks = docids >> BITS
            first = np.append(True, blocks[1:] != blocks[:-1])
            first[firsts] = True
            begins = true_places(first)
            self._begins.append(self._n + begins)
            self._blocks.append(blocks[begins])
            docids = docids & (1 << BITS) - 1
        self._region.append(docids)
        self._n += len(docids)

    def finish(self) -> None:
        """Write where the runs begin, once there are no more postings."""
        for name, parts in (("run_starts", self._begins), ("run_blocks", self._blocks)):
            self._writer.add(f"{self._field}.{name}", smallest(np.concatenate(parts)))
