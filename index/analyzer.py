"""The analyzer: text to terms, one for documents and queries alike.

A term is a lemma. A token stands under each of its plausible lemmas at one position; a
hyphenated word stands under its whole and under its longer parts.

>>> [term for term, weight in terms("Алма-Ате")]
['алма-ата', 'алма', 'ата']
"""

from collections.abc import Iterator
from functools import lru_cache
from itertools import product

from whoosh.analysis import Analyzer, Token

from index.lemmas import weighted_lemmas
from index.morphology import CACHED_FORMS, fold, is_known
from index.tokens import spelling, tokens

SHORTEST_PART = 3
"""Letters of a part of a hyphenated word that is worth a term (the «за» of «из-за» is not)."""

LEMMAS_OF_PART = 2
"""Lemmas of each part that the lemmas of a compound unknown to the dictionary are made of."""

MOST_COMBINED = 3
"""Parts of a compound up to which their lemmas are combined; of longer ones the first serves."""

CACHED_TERMS = 1 << 14
"""Words whose terms are kept: who reads many words once keeps what they mean himself."""

UNSURE = 0.5
"""Weight of a form as a lemma of its own, where the dictionary may have misled us."""

_ENDS_OF_SURNAMES = ("ов", "ев", "ин", "ын")
_CONSONANTS = tuple("бвгджзйклмнпрстфхцчшщ")


@lru_cache(CACHED_FORMS)
def query_lemmas(word: str) -> tuple[str, ...]:
    """The lemmas that a word of a query stands for, the likeliest first."""
    word = spelling(word)
    return tuple(dict(_whole(word)) | _itself(word))


@lru_cache(CACHED_TERMS)
def terms(word: str) -> tuple[tuple[str, float], ...]:
    """The terms under which a word of a document is found, each with its weight in (0, 1]."""
    word = spelling(word)
    whole = _whole(word)
    itself = _itself(word) if word[:1].isupper() else {}
    if not itself and "-" not in word:
        return whole
    found = itself | dict(whole)
    if "-" in word:
        for part in word.split("-"):
            if len(part) >= SHORTEST_PART:
                found |= dict(weighted_lemmas(fold(part)))
    return tuple(found.items())


def _whole(word: str) -> tuple[tuple[str, float], ...]:
    separator = "-" if "-" in word else "'"
    if separator in word and not is_known(word):
        parts = word.split(separator)
        kept = LEMMAS_OF_PART if len(parts) <= MOST_COMBINED else 1
        parts = [weighted_lemmas(fold(part))[:kept] for part in parts]
        return tuple(
            (separator.join(lemma for lemma, _ in combined), 1.0) for combined in product(*parts)
        )
    (first, _), *others = weighted_lemmas(fold(word))
    return ((first, 1.0), *others)


def _itself(word: str) -> dict[str, float]:
    """The form as a lemma, where it may be a name in the nominative that the dictionary does not
    know (Коннор) or takes for another word (Курбанов is no plural of курбан)."""
    form = fold(word)
    surname = len(form) > 3 and form.endswith(_ENDS_OF_SURNAMES)
    unknown = len(form) > 1 and form.endswith(_CONSONANTS)
    return {form: UNSURE} if surname or (unknown and not is_known(word)) else {}


class LemmaAnalyzer(Analyzer):
    """Whoosh's view of the analyzer: its tokens are lemmas, boosted by their weight."""

    def __call__(
        self, value: str, positions=False, chars=False, start_pos=0, start_char=0, **options
    ) -> Iterator[Token]:
        out = Token(positions, chars, **options)
        out.stopped = False
        for position, token in enumerate(tokens(value), start_pos):
            out.pos = position
            out.startchar, out.endchar = start_char + token.start, start_char + token.stop
            for out.text, out.boost in terms(token.text):
                yield out

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other)

    def __hash__(self) -> int:
        return hash(type(self))
