"""Slugs: names as the lower-case ASCII words of an address, which survives being copied."""

import re
import unicodedata

LONGEST_SLUG = 40

_LATIN = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "yo", "ж": "zh", "з": "z",
    "и": "i", "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r",
    "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh",
    "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya",
    "і": "i", "ї": "yi", "є": "ye", "ґ": "g", "ў": "u", "ђ": "dj", "ј": "j", "љ": "lj", "њ": "nj",
    "ћ": "c", "џ": "dzh", "ә": "a", "ғ": "g", "қ": "k", "ң": "n", "ө": "o", "ұ": "u", "ү": "u",
    "һ": "h", "ҳ": "h", "ҷ": "j", "ӣ": "i", "ӯ": "u",
    "æ": "ae", "đ": "d", "ð": "d", "ı": "i", "ł": "l", "ø": "o", "œ": "oe", "þ": "th", "ə": "a",
}  # fmt: skip
_TABLE = str.maketrans(_LATIN | dict.fromkeys("'’ʼʹ`", ""))
_AFTER_A_SIGN = re.compile("[ьъ](?=[еио])")
_ADJECTIVE = re.compile(r"[иы]й\b")
_WORD = re.compile("[a-z0-9]+")


def slug(name: str) -> str:
    """A name's words in Latin letters with hyphens between them, LONGEST_SLUG characters at the
    most; empty where it has no letter that can be written so. Where it is too long, words before
    the last are left out: a surname stays.

    Letters are those of BGN/PCGN 1947 as Wikipedia writes Russian names with them: the signs
    left out, ye after one of them and e elsewhere, one y for a final ий or ый.

    >>> slug("Касым-Жомарт Токаев"), slug("Юрий Соловьёв"), slug("МИД «Щукино»")
    ('kasym-zhomart-tokaev', 'yury-solovyov', 'mid-shchukino')
    """
    composed = unicodedata.normalize("NFKC", name).casefold()
    spelt = _AFTER_A_SIGN.sub("й", _ADJECTIVE.sub("й", composed)).translate(_TABLE)
    words = _WORD.findall(spelt if spelt.isascii() else _without_marks(spelt))
    while len(words) > 1 and len("-".join(words)) > LONGEST_SLUG:
        del words[-2]
    return "-".join(words)[:LONGEST_SLUG]


def _without_marks(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(each for each in decomposed if not unicodedata.combining(each))
