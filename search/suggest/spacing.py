"""Spacing: words that a space is missing between, or stands inside."""

import re
from collections.abc import Callable, Iterator

from index.morphology import fold

_PAIR = re.compile(r"(?<!\S)([^\W\d_]+)\s+(?=([^\W\d_]+)(?!\S))")
_ONE_LETTER = "авикосуя"
_SHORT = "без во да для до за из или их ко на не ни но об он от по под при про со то".split()


def halves(word: str, count: Callable[[str], int]) -> list[str]:
    """The ways to read a word as two of the index, the one whose rarer word is commonest first;
    the first may be a preposition, conjunction or pronoun of one or two letters.

    >>> halves("советэкспертов", lambda word: word in ("совет", "экспертов", "ов"))
    ['совет экспертов']
    """
    found = []
    for at in range(1, len(word)):
        pair = word[:at], word[at:]
        if _may_lead(pair[0]) and len(pair[1]) > 2 and (least := min(map(count, pair))):
            found.append((-least, " ".join(pair)))
    return [pair for _, pair in sorted(found)]


def _may_lead(word: str) -> bool:
    folded = fold(word)
    return len(word) > 2 or folded in _ONE_LETTER or folded in _SHORT


def joined(query: str, count: Callable[[str], int]) -> Iterator[str]:
    """The query with a space less, wherever that makes a word of the index.

    >>> list(joined("визит мини стра", lambda word: word == "министра"))
    ['визит министра']
    """
    for match in _PAIR.finditer(query):
        if count(match[1] + match[2]):
            yield query[: match.end(1)] + query[match.end() :]
