"""The date of an article, from all that its source shows of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from index.dates.address import date_in_address, date_in_file_name, file_name_of
from index.dates.expressions import Expression, expressions
from index.dates.partial import CACHED_DAYS, LONGEST_CACHED, DateError, days, parse_date
from index.dates.publication import shown_date

FIRST_YEAR = 1600
"""No news is older: the first printed newspaper is of 1605."""

FIRST_DAY = date(FIRST_YEAR, 1, 1).toordinal()

GIVEN, METADATA, URL, TEXT, FILE_NAME, OPTION, DOCUMENT, CRAWL = (
    "given", "metadata", "url", "text", "file name", "option", "document", "crawl",
)  # fmt: skip
PROVENANCES = (GIVEN, METADATA, URL, TEXT, FILE_NAME, OPTION, DOCUMENT, CRAWL)
"""Where a date comes from, the most reliable first."""

GUESSED = (URL, TEXT, FILE_NAME, DOCUMENT, CRAWL)
"""The provenances of dates that nobody gave as such."""

_WEAK = (OPTION, DOCUMENT, CRAWL)

_COMPLETED = (URL, FILE_NAME, OPTION)
_SAME_DAY = 1
"""Days between two dates that are no contradiction: time zones, evening editions."""


@dataclass(frozen=True, slots=True)
class Dating:
    """``date`` is partial, with its ``provenance``; both are None where there is none, and
    ``written`` then is a date without a year, as it stands there (``19 августа``). ``conflicts``
    are what contradicts the date that was taken, its provenance and date; ``refused`` says what
    was no date, and why."""

    date: str | None = None
    provenance: str | None = None
    written: str | None = None
    conflicts: tuple[tuple[str, str], ...] = ()
    refused: tuple[str, ...] = ()


def dating(
    stated: str | None,
    origin: str,
    url: str | None,
    text: str,
    key: str | None,
    option: str | None,
    today: date,
    crawled: str | None = None,
    made: str | None = None,
) -> Dating:
    """The date of an article.

    ``stated`` is what its source states and ``origin`` the provenance of that, ``url`` its address,
    ``key`` the address of the file that holds it alone, ``option`` a partial date for articles
    that have none, ``crawled`` the day when a crawler saved the page and ``made`` the one when its
    document was made: they count where nothing else is known, not even a day without a year. The
    most reliable date is taken; one after tomorrow, before FIRST_YEAR or in no calendar is
    refused. A year is never made up: a day without one stays ``written``, unless the address, the
    file name or the option name its month or year.
    """
    shown = shown_date(text, today)
    if not (url or shown or key or option or made or crawled):
        is_short = len(stated or "") <= LONGEST_CACHED
        return (_known if is_short else _as_stated)(stated, origin, today)
    evidence = _Evidence(today)
    if stated:
        evidence.add(origin, lambda: _stated(stated, today))
    if url:
        evidence.add(URL, lambda: date_in_address(url))
    if shown and (shown.stated or not evidence.dates or not shown.expression.year):
        evidence.add(TEXT, lambda: _readable(shown.expression), shown.stated)
    if key:
        evidence.add(FILE_NAME, lambda: date_in_file_name(file_name_of(key)))
    if option:
        evidence.add(OPTION, lambda: option)
    if made and not evidence.yearless:
        evidence.add(DOCUMENT, lambda: made)
    if crawled and not evidence.yearless:
        evidence.add(CRAWL, lambda: parse_date(crawled))
    return evidence.dating()


def _as_stated(stated: str | None, origin: str, today: date) -> Dating:
    """The date of an article that nothing but what its source states tells."""
    evidence = _Evidence(today)
    if stated:
        evidence.add(origin, lambda: _stated(stated, today))
    return evidence.dating()


_known = lru_cache(CACHED_DAYS)(_as_stated)
"""The same, kept for the articles that share it."""


def _stated(value: str, today: date) -> str | Expression:
    try:
        return parse_date(value)
    except DateError:
        found = expressions(value, today)
        if not found or found[0].text != " ".join(value.split()):
            raise
        return _readable(found[0])


def _readable(found: Expression) -> str | Expression:
    """The partial date of an expression, or itself where it has no year."""
    if not found.is_possible():
        raise DateError(f"{found.text!r} is in no calendar")
    return found.partial or found


class _Evidence:
    """What each provenance shows, the most reliable first."""

    def __init__(self, today: date):
        self._tomorrow = today.toordinal() + 1
        self.dates: list[tuple[str, str]] = []
        self.yearless: tuple[str, Expression, bool] | None = None
        self._refused: list[str] = []

    def add(
        self, provenance: str, find: Callable[[], str | Expression | None], stated: bool = True
    ) -> None:
        """Take what ``find`` finds, unless it is refused; what is not ``stated`` as the day of
        publication contradicts nothing."""
        try:
            found = find()
            if isinstance(found, Expression):
                self.yearless = self.yearless or (provenance, found, stated)
            elif found:
                self._check(found)
                self.dates.append((provenance, found))
        except DateError as error:
            self._refused.append(f"{provenance}: {error}")

    def _check(self, partial: str) -> None:
        first, last = days(partial)
        if first > self._tomorrow:
            raise DateError(f"{partial} is yet to come")
        if last < FIRST_DAY:
            raise DateError(f"{partial} is before the first newspapers")

    def dating(self) -> Dating:
        """The most reliable date, and what contradicts it."""
        if not self.dates:
            written = self.yearless[1].text if self.yearless else ""
            written = written[:1].lower() + written[1:] or None
            return Dating(written=written, refused=tuple(self._refused))
        if len(self.dates) == 1 and not self.yearless:
            ((provenance, chosen),) = self.dates
            return Dating(chosen, provenance, refused=tuple(self._refused))
        ranked = sorted(self.dates, key=lambda dated: PROVENANCES.index(dated[0]))
        provenance, chosen = ranked[0]
        conflicts = [
            (other, found)
            for other, found in ranked[1:]
            if other not in _WEAK and gap(chosen, found) > _SAME_DAY
        ]
        if self.yearless:
            origin, day, stated = self.yearless
            completed = _in_year_of(day, chosen)
            if completed and provenance in _COMPLETED:
                chosen = completed
                provenance = max(origin, provenance, key=PROVENANCES.index)
            elif stated and provenance not in _WEAK and not _agrees(day, chosen):
                conflicts.append((origin, day.text))
        return Dating(chosen, provenance, None, tuple(conflicts), tuple(self._refused))


def _in_year_of(day: Expression, partial: str) -> str | None:
    """The date without a year, in the year of a partial date that it lies in."""
    try:
        completed = day.in_year(int(partial[:4]))
    except DateError:
        return None
    return completed if gap(completed, partial) == 0 and len(completed) > len(partial) else None


def _agrees(day: Expression, partial: str) -> bool:
    """Whether a date without a year is within a day of a partial date."""
    for year in (-1, 0, 1):
        try:
            if gap(day.in_year(int(partial[:4]) + year), partial) <= _SAME_DAY:
                return True
        except DateError:
            continue
    return False


def gap(one: str, other: str) -> int:
    """The days between two partial dates, 0 where one lies in the other.

    >>> gap("2022-08-19", "2022"), gap("2022-08-19", "2022-08-21")
    (0, 2)
    """
    (first, last), (start, stop) = days(one), days(other)
    return max(start - last, first - stop, 0)
