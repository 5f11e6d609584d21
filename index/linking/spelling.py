"""Spelling: what two ways to write one name share, and the id that follows from it."""

import re
from collections.abc import Iterable
from functools import lru_cache
from hashlib import blake2b

import numpy as np

from index.morphology import fold
from index.tokens import spelling as word_spelling

CACHED_NAMES = 1 << 16
"""Names that are kept read in memory: a commit asks for each of its new ones several times, the
next one for most of them again."""

_PLAIN = re.compile("[а-я0-9№]+(?:[ -][а-я0-9№]+)*")
_QUOTES = re.compile('[«»„“”"‹›]')
_DASH = re.compile(r"\s*[-‐‑‒–—−]\s*")
_STOP = re.compile(r"\.\s*(?=[^\W\d_])")


@lru_cache(CACHED_NAMES)
def spelling(name: str) -> str:
    """The name without what does not tell it from another: case, ё, kinds of dashes and
    quotes, spaces, letters of another alphabet, stress marks, invisible characters.

    >>> spelling("Э.Тукумов") == spelling("Э.  ТУКУМОВ"), spelling("Cоловьёв")
    (True, 'соловьев')
    """
    folded = fold(name)
    if _PLAIN.fullmatch(folded):
        return folded
    bare = " ".join(_QUOTES.sub("", folded).split())
    if _PLAIN.fullmatch(bare):
        return bare
    words = " ".join(map(word_spelling, bare.split()))
    return fold(_STOP.sub(". ", _DASH.sub("-", words))) or folded


def name_id(field: str, spelt: str) -> int:
    """The id of a spelling as a name of a field, 64 bits. An entity's id is that of one of its
    names, and the ids of all its names lead to it."""
    return _hash(f"{field}:{spelt}")


def name_ids(field: str, spelt: Iterable[str]) -> np.ndarray:
    """The ids of many spellings, (n,) uint64."""
    return _hashes([f"{field}:{one}" for one in spelt])


def block_id(field: str, key: str) -> int:
    """The id of a block: names that may be linked with each other share one."""
    return _hash(f"{field} block:{key}")


def block_ids(field: str, keys: Iterable[str]) -> np.ndarray:
    """The ids of many blocks, (n,) uint64."""
    return _hashes([f"{field} block:{key}" for key in keys])


def _hashes(texts: list[str]) -> np.ndarray:
    contents = [text.encode("utf-8", "surrogatepass") for text in texts]
    digests = b"".join([blake2b(content, digest_size=8).digest() for content in contents])
    return np.frombuffer(digests, ">u8").astype(np.uint64)


def _hash(text: str) -> int:
    content = text.encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(content, digest_size=8).digest(), "big")
