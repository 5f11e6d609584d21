"""Lines in Ukrainian, Kazakh and other languages that write letters which Russian has not.

Their words are not Russian's, so their names are kept as they stand, and only those that show by
themselves where they begin and end.
"""

import re
from bisect import bisect_right

from index.names.parts import is_given, looks_like_surname

OWN_LETTER = re.compile("[ѐђ-џҊ-ӿ]")
SMALL_WORD = re.compile("(?<![^\\W_])[а-яё" + OWN_LETTER.pattern[1:] + "[^\\W_]*")
LEAST_SHARE = 5
"""One in so many words in small letters has a letter of its own in a line of such a language."""

LIKENESSES = str.maketrans("іїєґўқғәөүұңһІЇЄҐЎҚҒӘӨҮҰҢҺ", "ииегукгаоуунхИИЕГУКГАОУУНХ")
"""The Russian letters that come nearest."""


class ForeignLines:
    """The lines of a text that are written in such a language."""

    def __init__(self, text: str) -> None:
        self._starts: list[int] = []
        self._foreign: list[bool] = []
        if OWN_LETTER.search(text) is None:
            return
        start = 0
        for line in text.splitlines(keepends=True):
            self._starts.append(start)
            self._foreign.append(is_foreign(line))
            start += len(line)

    def __contains__(self, position: int) -> bool:
        return bool(self._starts) and self._foreign[bisect_right(self._starts, position) - 1]


def is_foreign(line: str) -> bool:
    """Whether a line is written in such a language.

    >>> is_foreign("Президент провів зустріч"), is_foreign("Приехал Қасым-Жомарт Тоқаев")
    (True, False)
    """
    words = list(filter(str.islower, SMALL_WORD.findall(line)))
    own = sum(OWN_LETTER.search(word) is not None for word in words)
    return own > 0 and own * LEAST_SHARE >= len(words)


def whole_name(name: str) -> str:
    """The person's name at the end of a name that may have more words in front; empty where
    nothing shows that the words are a given name and a surname.

    >>> whole_name("України Володимир Зеленський"), whole_name("Тоқаев Астанада")
    ('Володимир Зеленський', '')
    """
    words = name.split()
    known = [word.translate(LIKENESSES) for word in words]
    first = next((i for i, word in enumerate(known[:-1]) if is_given(word)), None)
    if first is None and len(words) == 2 and looks_like_surname(known[1]):
        first = 0
    rest = words[first:] if first is not None else []
    return " ".join(rest) if all(word[:1].isupper() for word in rest) else ""
