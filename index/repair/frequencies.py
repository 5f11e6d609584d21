"""How often news writes a compound with its hyphen and how often without.

The counts come with navec's news vocabulary (250,000 words of a billion running ones,
https://github.com/natasha/navec), which natasha's wheel holds.
"""

import tarfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from navec.vocab import Vocab

from index.morphology import fold

_VECTORS = "data/emb/navec_news_v1_1B_250K_300d_100q.tar"


@dataclass(frozen=True, slots=True)
class Compounds:
    """``hyphenated`` and ``joined`` count a compound (folded, with its hyphens) in either
    spelling; ``firsts`` counts the compounds that begin with a part."""

    hyphenated: Mapping[str, int]
    joined: Mapping[str, int]
    firsts: Mapping[str, int]


@cache
def compounds() -> Compounds:
    """The compounds of the news vocabulary, loaded at the first call (0.2 s).

    :raise ModuleNotFoundError: natasha is not installed.
    """
    spec = find_spec("natasha")
    if spec is None:
        raise ModuleNotFoundError(
            "natasha, whose wheel holds the news vocabulary, is missing; pip install natasha",
            name="natasha",
        )
    with tarfile.open(Path(spec.submodule_search_locations[0]) / _VECTORS) as tar:
        vocabulary = Vocab.from_file(tar.extractfile("vocab.bin"))
    hyphenated: Counter[str] = Counter()
    joined: Counter[str] = Counter()
    for word, count in zip(vocabulary.words, vocabulary.counts):
        if "-" in word.strip("-"):
            hyphenated[fold(word)] += count
    for word in hyphenated:
        twin = word.replace("-", "")
        if twin in vocabulary:
            joined[word] = vocabulary.count(twin)
    firsts = Counter(word.partition("-")[0] for word in hyphenated)
    return Compounds(dict(hyphenated), dict(joined), dict(firsts))
