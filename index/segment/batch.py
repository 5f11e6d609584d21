"""A batch: articles in memory on their way to a segment, their words as numbers."""

from array import array
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import numpy as np

from index.article import Article
from index.dates import days
from index.linking.aliases import aliases
from index.reprints.contents import content_hash
from index.reprints.sketch import Words, numbers, sketches
from index.schema import NO_DATE
from index.segment.arrays import ArrayWriter, distinct, smallest, starts, true_places
from index.segment.layout import (
    ALIAS,
    DOCUMENT_ARRAYS,
    NAME_FIELDS,
    REPRINT_ARRAYS,
    WORD_FIELDS,
)
from index.segment.postings import write_postings
from index.segment.store import (
    LEAST_TRAINED,
    Blocks,
    dictionary,
    packed_blocks,
    packer,
    write_store,
)
from index.segment.strings import write_strings
from index.segment.vocabulary import Meanings, Numbers, Vocabulary
from index.sentences import BEGINS, BREAKS, ENDS, PASSES

BYTES_OF_PIECE = 130
"""Memory for each piece of the texts of a batch that is being written, at the most."""

BYTES_COLLECTED = 4
"""Memory for each piece of a batch that is not yet."""

LETTERS_WAITING = 1 << 17
"""Letters whose pieces are looked up at a time."""

SKETCHED = 1024
"""Articles that are sketched at a time: fewer words are nearer to the processor."""

_WORDED = np.uint8(1 << 7)
"""Beside the roles of ``index.sentences``: the piece has words."""


class _Pieces(NamedTuple):
    """The pieces of a field's texts by number, (n_pieces,) intp; the documents' first pieces,
    (n_docs + 1,), and the pieces' first words, counted through the batch, (n_pieces + 1,), both
    with the end."""

    numbers: np.ndarray
    firsts: np.ndarray
    words: np.ndarray


class Batch:
    """Articles that become one segment."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._pieces = {field: array("I") for field in WORD_FIELDS}
        self._n_pieces = {field: array("I") for field in WORD_FIELDS}
        self._texts: dict[str, list[str]] = {field: [] for field in WORD_FIELDS}
        self._waiting = 0
        self._names = {field: Numbers() for field in NAME_FIELDS}
        self._unnumbered: dict[str, list[str]] = {field: [] for field in NAME_FIELDS}
        self._values = {field: array("I") for field in NAME_FIELDS}
        self._n_values = {field: array("I") for field in NAME_FIELDS}
        self._digests = bytearray()
        self._contents = array("Q")
        self._days = {"first_day": array("i"), "last_day": array("i")}
        self._articles: list[bytes] = []
        self._stored = 0

    def __len__(self) -> int:
        return len(self._articles)

    @property
    def n_bytes(self) -> int:
        """Memory that the batch takes at the most, while it is written and another one as large
        is collected."""
        n_pieces = sum(map(len, self._pieces.values())) + self._waiting // 2
        return 2 * self._stored + (BYTES_OF_PIECE + BYTES_COLLECTED) * n_pieces

    def add(self, article: Article) -> None:
        """Take an article in."""
        self._texts["title"].append(article.title)
        self._texts["text"].append(article.text)
        self._waiting += len(article.title) + len(article.text) + len(WORD_FIELDS)
        if self._waiting >= LETTERS_WAITING:
            self._read()
        for field, names in article_names(article).items():
            self._unnumbered[field] += names
            self._n_values[field].append(len(names))
        self._digests += bytes.fromhex(article.digest)
        self._contents.append(content_hash(article))
        first, last = days(article.date) if article.date else (NO_DATE, NO_DATE)
        self._days["first_day"].append(first)
        self._days["last_day"].append(last)
        content = article.to_json()
        self._articles.append(content)
        self._stored += len(content)

    def _read(self) -> None:
        """Take in the pieces of the texts that wait, and the names that do."""
        self._number()
        texts = [text for field in WORD_FIELDS for text in self._texts[field]]
        numbers, counts = self._vocabulary.numbers(texts)
        counts = counts.astype(np.uint32).reshape(len(WORD_FIELDS), -1)
        parts = np.split(numbers, np.cumsum(counts.sum(axis=1))[:-1])
        for field, part, of_texts in zip(WORD_FIELDS, parts, counts):
            self._pieces[field].frombytes(part.tobytes())
            self._n_pieces[field].frombytes(of_texts.tobytes())
            self._texts[field].clear()
        self._waiting = 0

    def _number(self) -> None:
        for field, names in self._unnumbered.items():
            self._values[field].extend(map(self._names[field].__getitem__, names))
            names.clear()

    def close(self) -> None:
        """Take what the words mean from the vocabulary, which may grow from here on."""
        self._read()
        used = np.concatenate([np.array(self._pieces[field]) for field in WORD_FIELDS])
        self._meanings = self._vocabulary.of(used)

    def write(self, path: Path, trained: bytes = b"") -> None:
        """Write the segment's file, once the batch is closed: articles and sketches are packed
        in threads beside the words. Articles enough for a zstd dictionary are packed with the
        one given, if any, so that a merge with its segment leaves their blocks as they are.

        Raises OSError; nothing is left of the file then.
        """
        meanings = self._meanings
        writer = ArrayWriter(path)
        beside = ThreadPoolExecutor(2)
        try:
            store = beside.submit(self._packed, trained)
            texts = {field: self._placed(field) for field in WORD_FIELDS}
            sketched = beside.submit(self._sketched, meanings, texts)
            digests = np.frombuffer(self._digests, np.uint8).reshape(len(self), -1)
            for name in DOCUMENT_ARRAYS:
                writer.add(name, digests if name == "digest" else np.array(self._days[name], "i4"))
            for field in NAME_FIELDS:
                self._write_names(writer, field)
            lengths = {}
            for field, text in texts.items():
                _write_sentences(writer, field, meanings, *text)
                lengths[field] = write_postings(writer, field, meanings, *text)
            for name, rows in zip(REPRINT_ARRAYS, sketched.result()):
                writer.add(name, rows)
            write_store(writer, *store.result())
            write_strings(writer, "forms", meanings.forms)
            writer.finish({"n_docs": len(self), "field_lengths": lengths})
        except BaseException:
            writer.abandon()
            raise
        finally:
            beside.shutdown()

    def _placed(self, field: str) -> _Pieces:
        pieces = np.array(self._pieces[field], np.intp)
        firsts = starts(np.array(self._n_pieces[field], np.int64))
        return _Pieces(pieces, firsts, starts(self._meanings.n_words.take(pieces)))

    def _packed(self, trained: bytes) -> tuple[list[Blocks], bytes]:
        if not trained or len(self) < LEAST_TRAINED:
            trained = dictionary([self._articles])
        return list(packed_blocks(self._articles, packer(trained))), trained

    def _write_names(self, writer: ArrayWriter, field: str) -> None:
        numbers = self._names[field]
        names = sorted(numbers)
        ranks = np.empty(len(names), np.int64)
        ranks[list(map(numbers.__getitem__, names))] = np.arange(len(names))
        values = ranks[np.frombuffer(self._values[field], np.uint32)]
        counts = np.frombuffer(self._n_values[field], np.uint32)
        write_strings(writer, f"{field}.terms", [name.encode() for name in names])
        write_values(writer, field, counts, values, len(names))

    def _sketched(
        self, meanings: Meanings, texts: dict[str, _Pieces]
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """The REPRINT_ARRAYS of the articles."""
        found = []
        for first in range(0, len(self), SKETCHED):
            words = {}
            for field, (pieces, firsts, first_words) in texts.items():
                bounds = firsts[first : first + SKETCHED + 1]
                hashes = meanings.hashes(pieces[bounds[0] : bounds[-1]])
                words[field] = Words(hashes, first_words[bounds] - first_words[bounds[0]])
            found.append(sketches(words["title"], words["text"]))
        pieces, firsts, _ = texts["text"]
        places = true_places((meanings.numbers > 0).take(pieces))
        held = numbers(meanings.numbers.take(pieces.take(places)), np.searchsorted(places, firsts))
        return np.array(self._contents, "u8"), np.concatenate(found), held


def article_names(article: Article) -> dict[str, Sequence[str]]:
    """The names of an article by field."""
    return {
        "id": (article.id,),
        "person": article.persons,
        "org": article.organizations,
        "source": (article.source,) if article.source else (),
        "section": (article.section,) if article.section else (),
        ALIAS: tuple(map("\t".join, aliases(article))),
    }


def write_values(
    writer: ArrayWriter, field: str, counts: np.ndarray, values: np.ndarray, n_terms: int
) -> None:
    """Write what each document holds of a field of names, and which documents hold each name:
    ``counts`` (n_docs,) values of each document, ``values`` (n_values,) numbers of names."""
    docids = np.repeat(np.arange(len(counts)), counts)
    postings = distinct(values.astype(np.uint64) << np.uint64(32) | docids.astype(np.uint64))
    holders = (postings >> np.uint64(32)).astype(np.int64)
    writer.add(f"{field}.value_starts", smallest(starts(counts)))
    writer.add(f"{field}.values", smallest(values, n_terms))
    writer.add(f"{field}.posting_starts", smallest(starts(np.bincount(holders, minlength=n_terms))))
    writer.add(
        f"{field}.docids",
        smallest((postings & np.uint64(0xFFFFFFFF)).astype(np.int64), len(counts)),
    )


def _write_sentences(
    writer: ArrayWriter,
    field: str,
    meanings: Meanings,
    pieces: np.ndarray,
    firsts: np.ndarray,
    words: np.ndarray,
) -> None:
    """Write the positions of the words that begin a sentence, document by document: ``firsts``
    are the documents' first pieces, ``words`` the pieces' first words, counted through the batch,
    both with the end."""
    roles = (meanings.roles | (meanings.n_words > 0) * _WORDED).take(pieces)
    begins = roles & BEGINS != 0
    begins[:-1] |= (roles[:-1] & PASSES != 0) & begins[1:]
    new = np.zeros(len(pieces) + 1, bool)
    new[1:-1] = (roles[:-1] & BREAKS != 0) | ((roles[:-1] & ENDS != 0) & begins[1:])
    new[firsts] = True
    # pieces without words pass the beginning on to the one that follows them
    has_words = roles & _WORDED != 0
    wordless = true_places(~has_words)
    is_last = np.diff(wordless, append=len(roles) + 1) > 1
    after = wordless[is_last] + 1
    new[after[(np.cumsum(is_last) - is_last)[new[wordless]]]] = True
    first = true_places(new[:-1] & has_words)
    sentences = np.searchsorted(first, firsts)
    writer.add(f"{field}.sentence_starts", smallest(sentences))
    first_words = np.repeat(words[firsts[:-1]], np.diff(sentences))
    writer.add(f"{field}.sentences", smallest(words[first] - first_words))
