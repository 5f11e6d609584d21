"""Sentences all in capitals (headlines, telegrams, old agency feeds) written as any other.

>>> calmed("МИНИСТР ВЛАДИМИР ПЕТРОВ ПРИНЯЛ ЭРКИНА ТУКУМОВА.")
'министр Владимир Петров принял Эркина Тукумова.'
"""

import re

from index.entities.organization_words import words_of

SHOUTED = re.compile(r"[А-ЯЁ](?<!\w.)[А-ЯЁ]{3,}\W[^a-zа-яё]*?[А-ЯЁ]{4}")
"""Two long words in capitals with no small letter between them."""


def calmed(text: str) -> str:
    """The text, each code point in its place, without the capitals of such sentences: common
    words in small letters, names with their first letter large, abbreviations as they are."""
    if not SHOUTED.search(text):
        return text
    words = words_of(text)
    pieces, end = [], 0
    for number in sorted(words.calmed):
        start, stop, word = words.starts[number], words.stops[number], words.texts[number]
        if len(word) == stop - start:
            pieces += text[end:start], word
            end = stop
    return "".join((*pieces, text[end:]))
