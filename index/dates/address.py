"""Dates in addresses and file names: ``/2021/08/19/``, ``20210819``, ``19.08.2021``."""

import re
from urllib.parse import unquote, urlsplit

from index.dates.partial import DateError, joined, parse_date

_YEAR = r"(?P<year>(?:19|20)\d\d)"
_MONTH, _DAY = r"(?P<month>0[1-9]|1[0-2])", r"(?P<day>0[1-9]|[12]\d|3[01])"
_ENGLISH = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_ANY_YEAR = re.compile(r"(?:19|20)\d\d")
_IN_ADDRESS = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"/{_YEAR}/{_MONTH}/{_DAY}(?=[/_.-]|$)",
        rf"/{_YEAR}/(?P<name>{'|'.join(_ENGLISH)})/(?P<day>0?[1-9]|[12]\d|3[01])(?=/|$)",
        rf"(?<!\d)(?<!\d-){_YEAR}(?P<mark>[-_.]){_MONTH}(?P=mark){_DAY}(?!\d|-\d)",
        rf"(?<!\d)(?<!\d-){_DAY}(?P<mark>[-_.]){_MONTH}(?P=mark){_YEAR}(?!\d|-\d)",
        rf"/{_DAY}/{_MONTH}/{_YEAR}(?=/|$)",
        # eight digits at the end of an address are rather a number than a day
        rf"/{_YEAR}{_MONTH}{_DAY}(?=[/_-])",
        rf"[?&=]{_YEAR}{_MONTH}{_DAY}(?=&|$)",
        rf"/{_YEAR}[/-]{_MONTH}(?=/|$)",
    )
)
_IN_NAME = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"(?<!\d){_YEAR}(?P<mark>[-_. ]){_MONTH}(?P=mark){_DAY}(?!\d)",
        rf"(?<!\d){_DAY}(?P<mark>[-_. ]){_MONTH}(?P=mark){_YEAR}(?!\d)",
        rf"(?<!\d){_YEAR}{_MONTH}{_DAY}(?!\d)",
        rf"(?<![\d-]){_YEAR}[-_]{_MONTH}(?![\d-])",
    )
)
_IN_WORDS = re.compile(r"(?<!\d)(?:\d{1,2}[ _])?[а-яё]{3,8}[ _]\d{4}(?!\d)", re.I)
_CAMERA = re.compile(r"(?:img|dsc|scan|vid|pxl|screenshot|whatsapp|скан|снимок|фото)", re.I)
_SUFFIX = re.compile(r"\.[a-z]\w{0,5}$", re.I)


def date_in_address(address: str) -> str | None:
    """The partial date that a page's address holds: a day or a month with its year.

    Raises DateError where it is in no calendar.

    >>> date_in_address("https://gazeta.example/news/2021/08/19/most.html")
    '2021-08-19'
    """
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return None
    held = f"{parts.path}?{parts.query}" if parts.query else parts.path
    return _found(_IN_ADDRESS, held) if _ANY_YEAR.search(held) else None


def date_in_file_name(name: str) -> str | None:
    """The partial date in the name of a file that holds one article; a file that is called by a
    camera or a scanner has the day of the picture, not of the news.

    Raises DateError where it is in no calendar.

    >>> date_in_file_name("Вестник 19.08.2022, с. 3.txt")
    '2022-08-19'
    """
    stem = name
    while _SUFFIX.search(stem):
        stem = _SUFFIX.sub("", stem)
    if _CAMERA.match(stem):
        return None
    if found := _found(_IN_NAME, stem):
        return found
    for match in _IN_WORDS.finditer(stem):
        try:
            return parse_date(match.group().replace("_", " "))
        except DateError:
            continue
    return stem if re.fullmatch(r"(?:19|20)\d\d", stem) else None


def file_name_of(key: str) -> str:
    """The name of the file that a row's key addresses."""
    return unquote(re.split(r"[/#!]", key.partition("?")[0])[-1])


def _found(patterns: tuple[re.Pattern, ...], text: str) -> str | None:
    for pattern in patterns:
        if match := pattern.search(text):
            held = match.groupdict()
            name = held.get("name")
            month = _ENGLISH.index(name.lower()) + 1 if name else int(held["month"])
            return joined(int(held["year"]), month, int(held["day"]) if held.get("day") else None)
    return None
