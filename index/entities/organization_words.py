"""The words of an article as the organization rules see them."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache

from index.entities.organization_nouns import LEGAL_FORMS
from index.entities.state_bodies import KNOWN
from index.morphology import CACHED_FORMS, fold, is_known, parses

INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
"""Soft hyphens and characters of no width."""
_ALNUM = (
    r"[^\W_]+(?:(?:[-‐‑'’]|[\u00ad\u200b-\u200d\u2060\ufeff]+)[^\W_]+"
    r"|\.(?:[a-zA-Z]{2,}|ру|рф)(?![^\W_]))*"
)
WORD = re.compile(rf"{_ALNUM}|[^\w\s\u00ad\u200b-\u200d\u2060\ufeff]|_")
ALNUM_WORD = re.compile(_ALNUM)
"""The same without punctuation."""

QUOTES = {"«": "»", "„": "“", "“": "”", '"': '"', "‹": "›"}
CLOSING = frozenset('»”“"›')
ABBREVIATION = re.compile(
    r"([A-ZА-ЯЁІЇЄҚӘҒҰҮҺӨҢ]{2,}(?:-[A-ZА-ЯЁ\d]{1,4})?)(?:-?(?:а|у|ом|е|ы|и|ов|ам|ами|ах|ой|ю|я))?"
)
CYRILLIC = re.compile(r"[а-яёіїєґқәғұүһөң]", re.I)
LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
LONGEST_ABBREVIATION = 6
"""Letters that an unknown word in capitals has at the most to pass for an abbreviation."""
ADJECTIVAL = frozenset(("ADJF", "PRTF"))
DECLINED = ADJECTIVAL | {"NOUN"}
"""Parts of speech whose forms have cases."""

NEW_LINE = re.compile("\n")
SENTENCE_END = frozenset(".!?…:;")


@dataclass(frozen=True, slots=True)
class Words:
    """Words and punctuation marks of a text with their places in it (code points)."""

    texts: list[str]
    starts: list[int]
    stops: list[int]
    breaks: frozenset[int]
    """Indices of words before which a new line begins."""
    calmed: frozenset[int]
    """Indices of words of sentences in capitals that are written as in any other sentence."""

    def __len__(self) -> int:
        return len(self.texts)

    def at(self, start: int) -> int:
        """Index of the first word that begins at ``start`` or after."""
        return bisect_left(self.starts, start)

    def touching(self, start: int, stop: int) -> range:
        """Indices of the words that share a code point with ``[start, stop)``, else of the next."""
        first = bisect_right(self.stops, start)
        return range(first, min(len(self), max(first + 1, bisect_left(self.starts, stop))))

    def in_brackets_after(self, end: int, first: int, stop: int) -> bool:
        """Whether the words from ``first`` stand in brackets of their own right behind ``end``."""
        begin = first
        while begin > end and self.texts[begin - 1].lower() in LEGAL_FORMS:
            begin -= 1
        between = self.texts[end:begin]
        closed = stop < len(self.texts) and self.texts[stop] in "),;"
        return closed and (between == ["("] or between == [")", "("])

    def surface(self, text: str, first: int, stop: int) -> str:
        """A name of the text these are the words of."""
        places = zip(self.stops[first : stop - 1], self.starts[first + 1 : stop])
        gaps = [text[a:b] for a, b in places]
        return INVISIBLE.sub("", "".join(map(str.__add__, self.texts[first:stop], [*gaps, ""])))

    def begins_sentence(self, index: int) -> bool:
        """Whether the word's capital may be owed to its place."""
        while index > 0 and index not in self.breaks and self.texts[index - 1] in '«„“"—–-*•(':
            index -= 1
        return index == 0 or index in self.breaks or self.texts[index - 1] in SENTENCE_END


def words_of(text: str) -> Words:
    """The words of a text."""
    matches = list(WORD.finditer(text))
    texts = [match.group() for match in matches]
    starts = [match.start() for match in matches]
    stops = [match.end() for match in matches]
    if INVISIBLE.search(text):
        texts = [INVISIBLE.sub("", word) for word in texts]
    breaks = {bisect_left(starts, match.start()) for match in NEW_LINE.finditer(text)}
    lines = frozenset(breaks - {len(texts)})
    return Words(texts, starts, stops, lines, _calm(texts, lines))


def _calm(texts: list[str], breaks: frozenset[int]) -> frozenset[int]:
    """Writes the words of sentences in capitals as in any other sentence; returns which."""
    found, first = set(), 0
    if len([word for word in texts if word.isupper() and len(word) > 3]) < 2:
        return frozenset()
    for i in range(1, len(texts) + 1):
        if i < len(texts) and i not in breaks and texts[i - 1] not in SENTENCE_END:
            continue
        sentence = texts[first:i]
        if sum(map(_is_long, sentence)) > 1 and not any(
            any(map(str.islower, word)) for word in sentence
        ):
            for k in range(first, i):
                word = calm(texts[k])
                if word != texts[k]:
                    quoted = k > first and texts[k - 1] in QUOTES
                    texts[k] = word.capitalize() if quoted else word
                    found.add(k)
        first = i
    return frozenset(found)


def _is_long(word: str) -> bool:
    return len(word) > 3 and word.isupper()


@lru_cache(CACHED_FORMS)
def calm(word: str) -> str:
    """A word in capitals in small letters, a proper one with its first letter large; as it is
    where it may be an abbreviation.

    >>> calm("ОТСТАВКУ"), calm("ПЕТРОВА"), calm("МИД"), calm("ЦРП")
    ('отставку', 'Петрова', 'МИД', 'ЦРП')
    """
    found = parses(word.lower())
    proper = any({"Name", "Surn", "Patr", "Geox", "Orgn"} & p.tag.grammemes for p in found[:2])
    if not CYRILLIC.match(word) or word in KNOWN or any("Abbr" in p.tag for p in found):
        return word
    if is_known(word):
        return word.capitalize() if proper else word.lower()
    return word.capitalize() if len(word) > LONGEST_ABBREVIATION or "Surn" in found[0].tag else word


def is_capitalised(word: str) -> bool:
    return word[:1].isupper()


@lru_cache(CACHED_FORMS)
def abbreviation(word: str) -> str | None:
    """The abbreviation that a word is, without a case ending (МИДом → МИД), or None."""
    match = ABBREVIATION.fullmatch(word)
    if match and (word.isupper() or len(match[1]) >= 2):
        return match[1]
    return None


@lru_cache(CACHED_FORMS)
def noun_lemmas(form: str) -> tuple[str, ...]:
    """Folded lemmas of the form's noun parses, the likeliest first."""
    found = [fold(p.normal_form) for p in parses(form.lower()) if p.tag.POS == "NOUN"]
    return tuple(dict.fromkeys(found))


@lru_cache(CACHED_FORMS)
def cases(form: str) -> frozenset[str]:
    """Cases that a noun or adjective form can be in; all of them for what does not decline."""
    found = set()
    for p in parses(form.lower()):
        if p.tag.POS in DECLINED or "Apro" in p.tag:
            found.add(str(p.tag.case).replace("gen2", "gent").replace("loc2", "loct"))
    if form.isupper() or LATIN.match(form) or form.isdigit():
        found |= {"nomn", "gent", "datv", "accs", "ablt", "loct"}
    return frozenset(found)


@lru_cache(CACHED_FORMS)
def is_adjective(form: str) -> bool:
    """Whether a full adjective, participle or ordinal is the likeliest reading."""
    found = parses(form.lower())
    return bool(found) and found[0].tag.POS in ADJECTIVAL


@lru_cache(CACHED_FORMS)
def may_be_adjective(form: str) -> bool:
    """Whether the form may be an adjective or participle, and no pronoun."""
    found = [p.tag for p in parses(form.lower())]
    return any(tag.POS in ADJECTIVAL and "Apro" not in tag for tag in found)


@lru_cache(CACHED_FORMS)
def is_noun(form: str) -> bool:
    """Whether the form may be a noun."""
    return any(p.tag.POS == "NOUN" for p in parses(form.lower()))


@lru_cache(CACHED_FORMS)
def is_place_word(form: str) -> bool:
    """Whether the dictionary knows the form as a place."""
    return is_known(form) and any("Geox" in p.tag for p in parses(form.lower()))
