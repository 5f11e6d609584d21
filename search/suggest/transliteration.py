"""Transliteration: the Russian words that Latin letters may stand for.

What a letter group stands for is taken together from ISO 9:1995, GOST R 7.0.34, BGN/PCGN 1947,
the ICAO rules of passports (Doc 9303) and the habits of readers; the usual reading comes first.
"""

import re

MOST_READINGS = 64
"""Readings of a word that are kept while it is read."""

_LATIN_WORD = re.compile(r"[a-zâèëûüčĉšŝžʹ'’-]+")
_READINGS = {
    "shch": "щ", "sch": "щ ш", "dzh": "дж", "yov": "ев ьев", "yev": "ев ьев", "iev": "иев ьев",
    "zh": "ж", "kh": "х", "ts": "ц тс", "tc": "ц", "tz": "ц", "ch": "ч", "cz": "ц ч", "sh": "ш",
    "ph": "ф", "yu": "ю ью", "ju": "ю ью", "iu": "ю ью иу", "ya": "я ья", "ja": "я ья джа",
    "ia": "ия я ья иа", "yo": "е ье йо", "jo": "е ье джо", "ye": "е ье", "je": "е ье дже",
    "ie": "ие ье", "yi": "ьи", "iy": "ий", "yy": "ый", "ij": "ий", "ck": "к", "ee": "и ее",
    "oo": "у оо", "ou": "у оу", "a": "а", "b": "б", "c": "ц к с", "d": "д", "e": "е э", "f": "ф",
    "g": "г", "h": "х", "i": "и й", "j": "й ж дж", "k": "к", "l": "л ль", "m": "м", "n": "н нь",
    "o": "о", "p": "п", "q": "к", "r": "р рь", "s": "с", "t": "т ть", "u": "у ю", "v": "в",
    "w": "в", "x": "кс х", "y": "ы й и ий ый", "z": "з", "'": "ь ъ", "’": "ь ъ", "ʹ": "ь",
    "-": "-", "â": "я", "è": "э", "ë": "е", "û": "ю", "ü": "ю", "č": "ч", "ĉ": "ч", "š": "ш",
    "ŝ": "щ", "ž": "ж",
}  # fmt: skip
_LONGEST = max(map(len, _READINGS))


def readings(word: str) -> list[str]:
    """The Russian words, folded, that a Latin word may be, the likeliest first; none where it
    has other letters.

    >>> readings("Tokaev")[0], readings("Yuriy")[0], readings("Хабар")
    ('токаев', 'юрий', [])
    """
    word = word.lower()
    if not _LATIN_WORD.fullmatch(word):
        return []
    ways: list[dict[str, float]] = [{"": 0.0}] + [{} for _ in word]
    for at in range(len(word)):
        kept = sorted(ways[at].items(), key=lambda way: way[1])[:MOST_READINGS]
        for length in range(1, _LONGEST + 1):
            group = word[at : at + length]
            if len(group) < length or group not in _READINGS:
                continue
            for rank, letters in enumerate(_READINGS[group].split()):
                for read, cost in kept:
                    ending = ways[at + length]
                    unusual = cost + rank + 1 / length
                    whole = read + letters
                    ending[whole] = min(ending.get(whole, unusual), unusual)
    return [read for read, _ in sorted(ways[-1].items(), key=lambda way: way[1])][:MOST_READINGS]
