"""The names of a link table as UTF-8, decoded one by one: a process that only answers shows few
of a million names, and looks them up by the bytes that segments hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np

from index.linking.splicing import likely, spliced
from index.segment.arrays import ranges, starts
from index.segment.strings import Strings, string_hashes

_CHUNK = 1 << 16
_WORD = 8


class Names(Sequence[str]):
    """Names by their rows: their UTF-8, (n_bytes,) uint8, with line feeds between them."""

    def __init__(
        self,
        content: np.ndarray,
        lengths: np.ndarray | None = None,
        hashes: np.ndarray | None = None,
    ):
        """``lengths`` of the names, in bytes, and their ``hashes``, where they are known."""
        if lengths is None:
            feeds = np.flatnonzero(content == ord("\n"))
            ends = np.append(feeds, len(content)) if len(content) else np.zeros(0, np.int64)
            lengths = np.diff(ends, prepend=-1) - 1
        self._content = content
        self._begins = starts(lengths + 1)[:-1]
        self._lengths = lengths
        self._hashes = hashes

    @classmethod
    def of(cls, names: Sequence[str]) -> Names:
        """Names of a list."""
        if isinstance(names, Names):
            return names
        return cls(np.frombuffer("\n".join(names).encode(), np.uint8))

    def __len__(self) -> int:
        return len(self._begins)

    def __getitem__(self, row: int) -> str:
        begin = int(self._begins[row])
        return self._content[begin : begin + int(self._lengths[row])].tobytes().decode()

    def __iter__(self) -> Iterator[str]:
        return iter(self._content.tobytes().decode().split("\n") if len(self) else ())

    @property
    def content(self) -> np.ndarray:
        """The UTF-8 of the names."""
        return self._content

    def spliced(self, other: Names, parts: np.ndarray) -> Names:
        """Stretches of these names and of others', as ``splicing.stretches`` has them, one behind
        the other."""
        both = memoryview(self._content), memoryview(other._content)
        places = parts.copy()
        for number, names in enumerate((self, other)):
            _, first, stop = places[places[:, 0] == number].T
            ends = names._begins[stop - 1] + names._lengths[stop - 1]
            places[places[:, 0] == number, 1:] = np.stack((names._begins[first], ends), axis=1)
        content = b"\n".join([both[table][begin:end] for table, begin, end in places.tolist()])
        hashed = self._hashes is not None or other._hashes is not None
        ours, theirs = (
            [names._lengths, names.hashes] if hashed else [names._lengths]
            for names in (self, other)
        )
        return Names(np.frombuffer(content, np.uint8), *spliced(ours, theirs, parts))

    def strings(self, rows: np.ndarray) -> Strings:
        """The names of some rows as a table, in their order."""
        lengths = self._lengths[rows]
        return Strings(self._content[ranges(self._begins[rows], lengths)], starts(lengths))

    def rows(self, strings: Strings) -> np.ndarray:
        """The row of each of some strings, (n,) int32, -1 where it is not among the names."""
        lengths = np.diff(strings.begins.astype(np.int64))
        begins = strings.begins[:-1].astype(np.int64)
        if not len(self):
            return np.full(len(lengths), -1, np.int32)
        hashes, rows = self._by_hash
        wanted = string_hashes(strings.content, begins, lengths)
        places = np.searchsorted(hashes, wanted)
        found = np.full(len(wanted), -1, np.int32)
        left = np.arange(len(wanted))
        while len(left):
            # names of one hash stand one behind the other
            at = places[left]
            left = left[(at < len(rows)) & (hashes[np.minimum(at, len(rows) - 1)] == wanted[left])]
            found[left] = self._confirmed(
                rows[places[left]], strings.content, begins[left], lengths[left]
            )
            left = left[found[left] < 0]
            places[left] += 1
        return found

    def rows_of(self, few: Names, near: np.ndarray | None = None) -> np.ndarray:
        """The row of each of a few names, (n,) int64, -1 where it is not among these: for a table
        that is asked once, as these are gone through and not put in order, or, where they are
        known, only the rows ``near``."""
        if near is None:
            near = likely(self.hashes, few.hashes)
            hashes = self.hashes[near]
        else:
            strings = self.strings(near)
            hashes = string_hashes(strings.content, strings.begins[:-1], np.diff(strings.begins))
        order = np.argsort(few.hashes)
        ordered = few.hashes[order]
        first, stop = (np.searchsorted(ordered, hashes, side) for side in ("left", "right"))
        asked = order[ranges(first, stop - first)]
        rows = np.repeat(near, stop - first)
        begins, lengths = few._begins[asked], few._lengths[asked]
        is_name = self._confirmed(rows, few._content, begins, lengths) >= 0
        found = np.full(len(few), -1, np.int64)
        found[asked[is_name]] = rows[is_name]
        return found

    def _confirmed(
        self, rows: np.ndarray, content: np.ndarray, begins: np.ndarray, lengths: np.ndarray
    ) -> np.ndarray:
        """The rows, -1 where there is none or the name is another than the string."""
        known = np.flatnonzero(rows >= 0)
        rows[known[self._lengths[rows[known]] != lengths[known]]] = -1
        for first in range(0, len(rows), _CHUNK):
            held = first + np.flatnonzero(rows[first : first + _CHUNK] >= 0)
            ours = self._content[ranges(self._begins[rows[held]], lengths[held])]
            unlike = ours != content[ranges(begins[held], lengths[held])]
            if unlike.any():
                runs = np.repeat(np.arange(len(held)), lengths[held])
                rows[held[runs[unlike]]] = -1
        return rows

    @property
    def hashes(self) -> np.ndarray:
        """A hash of each name, (n,) uint64, which are kept for what is spliced from the names."""
        if self._hashes is None:
            self._hashes = string_hashes(self._content, self._begins, self._lengths)
        return self._hashes

    @cached_property
    def _by_hash(self) -> tuple[np.ndarray, np.ndarray]:
        """The hashes of the names, ascending, and the row of each."""
        order = np.argsort(self.hashes)
        return self.hashes[order], order.astype(np.int32)

    @cached_property
    def ranks(self) -> np.ndarray:
        """The place of each name among all in the order of code points, (n,) int64: eight bytes
        after eight, as long as names share those before."""
        ranks, rows = np.zeros(len(self), np.int64), np.arange(len(self))
        for depth in range(0, int(self._lengths.max(initial=0)), _WORD):
            words = self._words(rows, depth)
            order = np.lexsort((words, ranks[rows]))
            rows, words = rows[order], words[order]
            numbers, groups = np.arange(len(rows)), ranks[rows]
            group_begins = np.append(True, groups[1:] != groups[:-1])[: len(rows)]
            begins = group_begins | np.append(True, words[1:] != words[:-1])[: len(rows)]
            first = np.maximum.accumulate(np.where(begins, numbers, 0))
            ranks[rows] += first - np.maximum.accumulate(np.where(group_begins, numbers, 0))
            alone = begins & np.append(begins[1:], True)
            rows = rows[~alone]
            if not len(rows):
                break
        return ranks

    def _words(self, rows: np.ndarray, depth: int) -> np.ndarray:
        """Eight bytes of each name from a depth on, as numbers in the order of the bytes."""
        inside = np.arange(depth, depth + _WORD) < self._lengths[rows, None]
        places = self._begins[rows, None] + np.arange(depth, depth + _WORD)
        letters = self._content.take(np.minimum(places, len(self._content) - 1))
        letters[~inside] = 0
        return letters.view(">u8").ravel().astype(np.uint64)
