"""Furniture of a page: what stands on it and belongs to no article.

Page numbers, running heads with the issue's number, references to other pages, photo credits.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from index.morphology import parses
from index.repair.lines import Line
from index.repair.sentences import is_heading, is_marked

LONGEST = 120
"""Characters of a line of furniture."""

_MONTHS = "января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря"
_PAGE = (
    r"(?:\d{1,3}(?:-?[йяе]|-?ой|-?ю)?\s*(?:стр\.?|страниц[аеуы]|с\.|полос[аеуы])"
    r"|(?:стр\.?|страниц[аеуы]|с\.|полос[аеуы])\s*№?\s*\d{1,3})"
)
_NUMBER = re.compile(r"\d{1,3}")
_PAGE_MARK = re.compile(
    rf"[—–\-*|·•\s]*(?:[—–\-*|·•]\s*\d{{1,3}}\s*[—–\-*|·•]|{_PAGE}(?:\s*(?:из|/)\s*\d{{1,3}})?)"
    r"[—–\-*|·•\s]*",
    re.IGNORECASE,
)
_OTHER_PAGE = (
    rf"(?:(?:на|в)\s+(?:{_PAGE}|\d{{1,3}}-?(?:й|ой)|[а-я]+\s+(?:странице|полосе))"
    r"|(?:в|на)\s+№\s*\d+|в\s+(?:предыдущ|следующ|прошл)\w+\s+номере|\s*следует)"
)
_REFERENCE = (
    r"(?:продолжение|окончание|начало|подробност[ьи]|подробнее|читайте|материал|репортаж|см\.)"
)
_JUMP = re.compile(
    r"[(\[*▶►→>\s]*(?:(?:продолжение|окончание)\.\s*)?"
    rf"(?:{_REFERENCE}[\s,.:—–-]*(?:(?:читайте|об этом)\s+)?{_OTHER_PAGE}[.,;\s]*)+"
    r"[)\]*▶►→>\s]*",
    re.IGNORECASE,
)
_JUMP_IN_BRACKETS = re.compile(
    rf"\s?[(\[]\s*(?:{_REFERENCE}[\s,.:—–-]{{0,3}}{_OTHER_PAGE}[.,;\s]{{0,3}}){{1,2}}\s*[)\]]",
    re.IGNORECASE,
)
_CREDIT_IN_BRACKETS = re.compile(r"\s?[(\[]\s*[Фф]ото:?\s[^()\[\]\n]{2,60}[)\]]")
_PICTURE = r"(?:фото(?:графи[яи])?|снимок|снимки|иллюстраци[яи]|инфографика|коллаж)"
_CREDIT = re.compile(rf"[(\[]?\s*(?:{_PICTURE}\s*[:©/|]|©)\s*\S.{{0,100}}", re.IGNORECASE)
_CREDIT_WITHOUT_COLON = re.compile(
    r"[(\[]?\s*Фото(?:графи[яи])?\s+(?:—\s*)?(?:автор|архив|из\s|с\s+сайта|предоставлен|пресс-служб"
    r"|агентств|редакци|[А-ЯЁA-Z«\"]).{0,60}"
)
_DATE = rf"(?:\d{{1,2}}\s+(?:{_MONTHS})(?:\s+\d{{4}})?|\d{{1,2}}\.\d{{1,2}}\.(?:\d{{4}}|\d\d))"
_NAME = r"(?:[А-ЯЁ«][^.!?]{2,40}\W+)?"
_IMPRINT = re.compile(
    rf"(?!.*\bот\s+\d)(?:[^№]*{_DATE}[^№]*№\s*\d+.*|[^№]*№\s*\d+.*{_DATE}.*"
    rf"|\d{{1,3}}\W+{_NAME}{_DATE}(?:\s*г(?:\.|ода))?"
    rf"|{_NAME}{_DATE}(?:\s*г(?:\.|ода))?\W+{_PAGE})",
    re.IGNORECASE,
)
_MOST_IMPRINT_WORDS = 12
_DIGITS = re.compile(r"\d+")
_RUNNING = 3
"""Times that a heading stands on a line of its own before it is a running head."""

_FEW_WORDS = 4


def furniture(lines: Sequence[Line]) -> set[int]:
    """The numbers of the lines that are furniture."""
    found = {number for number in range(len(lines)) if _is_by_itself(lines, number)}
    found.update(_bare_numbers(lines))
    found.update(_running_heads(lines, found))
    return found


def in_brackets(text: str) -> Iterator[re.Match]:
    """References to other pages and photo credits in brackets inside a line."""
    if "(" in text or "[" in text:
        yield from _JUMP_IN_BRACKETS.finditer(text)
        yield from _CREDIT_IN_BRACKETS.finditer(text)


def _is_by_itself(lines: Sequence[Line], number: int) -> bool:
    """Whether a line is furniture whatever the others are."""
    body = lines[number].body
    if not 0 < len(body) <= LONGEST:
        return False
    if _PAGE_MARK.fullmatch(body) or _JUMP.fullmatch(body):
        return True
    alone = _stands_alone(lines, number)
    credit = _CREDIT.fullmatch(body) or (alone and _CREDIT_WITHOUT_COLON.fullmatch(body))
    few = len(body.split()) <= _MOST_IMPRINT_WORDS
    imprint = alone and few and _IMPRINT.fullmatch(body)
    return bool(credit or imprint) and not _has_verb(body)


def _has_verb(text: str) -> bool:
    words = (word.strip('.,«»"()') for word in text.split())
    return any(parses(word)[0].tag.POS == "VERB" for word in words if word.islower())


def _bare_numbers(lines: Sequence[Line]) -> Iterator[int]:
    """Numbers between blank lines that are no cell of a table: running text stands before or
    after them."""
    for number, line in enumerate(lines):
        if not _NUMBER.fullmatch(line.body) or not _stands_alone(lines, number):
            continue
        before = lines[number - 1].body if number else ""
        after = lines[number + 1].body if number + 1 < len(lines) else ""
        if _is_prose(before) or _is_prose(after):
            yield number


def _stands_alone(lines: Sequence[Line], number: int) -> bool:
    """Whether blank lines, or the borders of the text, stand around a line."""
    last = number + 1 == len(lines)
    return (not number or lines[number].opens_block) and (last or lines[number + 1].opens_block)


def _is_prose(body: str) -> bool:
    return bool(body) and not is_heading(body) and not _NUMBER.fullmatch(body)


def _running_heads(lines: Sequence[Line], dropped: set[int]) -> Iterator[int]:
    """Headings that come again and again, and short ones in capitals beside a page number."""
    keys = [
        _DIGITS.sub("0", line.body)
        if len(line.body) <= LONGEST and is_heading(line.body) and not is_marked(line.body)
        else ""
        for line in lines
    ]
    times = Counter(keys)
    for number, key in enumerate(keys):
        if not key or number in dropped or not _stands_alone(lines, number):
            continue
        beside = number - 1 in dropped or number + 1 in dropped
        shouted = key.isupper() and len(key.split()) <= _FEW_WORDS
        if times[key] >= _RUNNING or (shouted and beside):
            yield number
