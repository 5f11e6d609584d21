"""The day of publication that a text shows.

A date is taken for it at three places only: in a dateline (``МОСКВА, 19 авг — РИА Новости``), on a
line of its own among the first or last lines (``Опубликовано: 19.08.2022``), and as the first words
of the first sentence (``19 августа в Астане состоялось …``), where news tells of its own day. A date
anywhere else is when something else happened.
"""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from index.dates.expressions import Expression, days_before, expressions, may_name_dates
from index.morphology import parses

FIRST_LINES, LAST_LINES = 5, 2
"""Where a date may stand on a line of its own, and a dateline or a first sentence begin."""

_LONGEST_DATELINE = 90
_LONGEST_LINE = 400

_WEEKDAY = r"(?i:понедельник|вторник|сред[ау]|четверг|пятниц[ау]|суббот[ау]|воскресенье)"
_TIME = r"(?:в\s+)?\d{1,2}[:.]\d\d(?::\d\d)?(?:\s*\(?(?i:мск|msk|по мск)\)?)?"
_LABEL = (
    r"(?i:опубликован[оа]|дата(?:\s+(?:публикации|выхода|добавления|создания))?|размещен[оа]|"
    r"размещён[оа]|добавлен[оа]|от|за|published|date)"
)
_NAME = r"[«\"“][^»\"”\n]{2,40}[»\"”]"
_TOWN = r"(?:г\.\s?)?[А-ЯЁ][\w-]+(?:[ -][А-ЯЁ(][\w)-]+){0,3}(?:\s?[/(][А-ЯЁ][^/)\n]{2,40}[/)])?"
_BEFORE = re.compile(
    rf"\W*(?:{_LABEL}\s*:?\s*)?(?:(?:{_NAME}|{_TOWN}(?=\s*[.,|/—–]))[\s.,|/—–]*)?"
    rf"(?:№\s*\d+[\d ()/-]*[\s.,|/—–]*)?(?:{_WEEKDAY}[\s,.|]*)?(?:{_TIME}[\s,.|]*)?[\s(]*"
)
_AFTER = re.compile(
    rf"[\s,.)|/—–]*(?:{_WEEKDAY}[\s,.)|]*)?(?:{_TIME}[\s,.)|]*)?(?:№\s*\d+[\d ()/-]*[\s.,|]*)?"
    rf"(?:(?:{_NAME}|{_TOWN})\W*)?"
)
_PLACE = re.compile(rf"(?:{_TOWN})\s?[.,]\s*")
_AGENCY = re.compile(
    rf"(?:,?\s*{_TIME})?(?:\s*[—–]\s*\S|\s+-\s*\S|\s*[./,]?\s*[/(]\s?(?:[А-ЯЁA-Z]|корр)"
    r"|\s*[.,]\s*[«\"]?[А-ЯЁA-Z][\w.-]*[A-ZА-ЯЁ])"
)
_TOWN_AFTER = re.compile(rf"[.,]\s*{_TOWN}\s*(?:[—–/(.]|\s-\s)")
_OPENING = re.compile(
    rf"(?P<word>вчера|сегодня|накануне|позавчера)?[\s,(—–]*(?:во?\s+{_WEEKDAY}[\s,]*)?", re.I
)
_RETROSPECT = re.compile(
    r"лет\s+(?:назад|со?\b)|исполни(?:лся|лось|лась)|годовщин|летие|летия|родил[а-я]+|в\s+этот\s+день|истори|века\b",
    re.I,
)
_YEARS = re.compile(r"(?<!\d)[12]\d{3}(?!\d)")
_SENTENCE_END = re.compile(r"[.!?…][»\"”)]*(?:\s|$)")


@dataclass(frozen=True, slots=True)
class Shown:
    """A day of publication that a text shows, and ``stated`` whether it shows it as one (a
    dateline, a line of its own) or it is only the day that the news begins with."""

    expression: Expression
    stated: bool


def shown_date(text: str, today: date) -> Shown | None:
    """The day of publication that a text shows, or None."""
    lines = [line for line in map(str.strip, text.split("\n")) if line]
    first, last = lines[:FIRST_LINES], lines[FIRST_LINES:][-LAST_LINES:]
    if not may_name_dates("\n".join([line[:_LONGEST_DATELINE] for line in first + last])):
        return None
    for line in first[:3]:
        if found := _dateline(line, today):
            return Shown(found, True)
    for line in [*first, *last]:
        if found := _own_line(line, today):
            return Shown(found, True)
    lead = next((line for line in first if _SENTENCE_END.search(line)), "".join(first[:1]))
    found = _opening(lead, text, today)
    return Shown(found, False) if found else None


def _dateline(line: str, today: date) -> Expression | None:
    found = expressions(line[:_LONGEST_DATELINE], today)
    if not found or found[0].days > 1:
        return None
    before, after = line[: found[0].start], line[found[0].stop :]
    placed = _PLACE.fullmatch(before) and _AGENCY.match(after)
    if placed or not before and _TOWN_AFTER.match(after):
        return found[0]
    return None


def _own_line(line: str, today: date) -> Expression | None:
    if len(line) > _LONGEST_DATELINE:
        return None
    found = expressions(line, today)
    if len(found) != 1 or found[0].days > 1:
        return None
    alone = _BEFORE.fullmatch(line[: found[0].start]) and _AFTER.fullmatch(line[found[0].stop :])
    return found[0] if alone else None


def _opening(lead: str, text: str, today: date) -> Expression | None:
    found = expressions(lead[:_LONGEST_DATELINE], today)
    opening = found and _OPENING.fullmatch(lead[: found[0].start])
    if not opening:
        return None
    if len(found) > 1 and found[1].start - found[0].stop <= len(" и в "):
        return None
    end = _SENTENCE_END.search(lead, found[0].stop)
    sentence = lead[: end.end() if end else _LONGEST_LINE]
    if not _tells_what_happened(sentence[found[0].stop :]) or _RETROSPECT.search(sentence):
        return None
    year = found[0].year
    if year and any(year < int(later) <= today.year for later in _YEARS.findall(text)):
        return None
    word = opening["word"]
    return _later(found[0], word) if word else found[0]


def _tells_what_happened(clause: str) -> bool:
    """Whether the first verb is in the past: what will happen is told before its day."""
    for word in re.findall(r"[а-яё]+", clause.lower()):
        tag = parses(word)[0].tag
        if tag.POS == "PRTS" or "past" in tag and tag.POS == "VERB":
            return True
        if tag.POS in ("VERB", "INFN"):
            return False
    return False


def _later(found: Expression, word: str) -> Expression | None:
    """The day of publication, where the text calls the day found by a word such as ``вчера``."""
    if found.days > 1 or not found.is_possible():
        return None
    if not found.year and found.month == 2 and found.day > 27:
        return None  # what follows depends on the year
    day = date(found.year or 2000, found.month, found.day) + timedelta(days_before(word))
    year = found.year and day.year
    text = f"{word}, {found.text}"
    return replace(found, text=text, year=year, month=day.month, day=day.day)
