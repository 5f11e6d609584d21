"""Rows: one article as a source gives it, checked and put into the fields of an Article."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Day
from datetime import datetime, timezone
from functools import lru_cache
from operator import itemgetter
from typing import Any

from index.article import Article
from index.dates import Dating, dating
from index.mentions import ORGANIZATION, PERSON, Mention

ALIASES = {
    "id": ("id", "_id", "guid", "uuid", "doc_id", "article_id"),
    "title": ("title", "headline", "heading", "name", "заголовок", "название"),
    "text": (
        "text", "body", "content", "article", "fulltext", "full_text",
        "текст", "текст статьи", "полный текст", "содержание",
    ),
    "date": (
        "date", "published", "published_at", "pubdate", "pub_date", "publish_date",
        "date_published", "datepublished", "datetime", "created_at", "timestamp", "дата",
        "дата публикации", "опубликовано",
    ),
    "url": ("url", "link", "href", "uri", "canonical_url", "ссылка"),
    "source": (
        "source", "site", "publisher", "sitename", "site_name", "outlet", "источник", "издание",
    ),
    "section": (
        "section", "topic", "category", "rubric", "tags", "рубрика", "раздел", "категория", "тема",
    ),
    "authors": ("authors", "author", "byline", "creator", "автор", "авторы"),
    "persons": ("persons", "people", "персоны"),
    "organizations": ("organizations", "orgs", "организации"),
    "mentions": ("mentions",),
}  # fmt: skip
"""Each field of an article and the names under which rows give it, the surest first."""

_FIELD = {alias: field for field, aliases in ALIASES.items() for alias in aliases}
_CONTROLS = re.compile("\r(?=\n)|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_SITE = re.compile(r"\w+://[^/]*/?")
_DIGITS = 16
"""Hexadecimal digits of an id that was derived."""

_EPOCH_MS = 10**11
_COMPACT_DATE = 99991231
_EPOCH = re.compile(r"(1[0-9]{9}|[1-9][0-9]{8})(?:\.[0-9]+)?|[0-9]{13}")
_DAY, _MONTH, _HOUR = "(?:0[1-9]|[12][0-9]|3[01])", "(?:0[1-9]|1[0-2])", "(?:[01][0-9]|2[0-3])"
_IN_DIGITS = re.compile(
    f"[0-9]{{2}}{_MONTH}{_DAY}{_HOUR}[0-5][0-9]|{_DAY}{_MONTH}(?:19|20)[0-9]{{2}}{_HOUR}"
)
"""``yymmddHHMM`` and ``ddmmyyyyHH``, which may be meant by what looks like a time since 1970."""
_YEARS = range(1900, 2100)
_LONGEST_TOLD = 40
_KINDS = (PERSON, ORGANIZATION)
_MONGO_TYPES = ("$oid", "$date", "$numberLong", "$numberInt", "$numberDouble")


class RowError(ValueError):
    """A row that is no article: ``field`` is the one to look at (or None), ``kind`` what a
    report groups it by, the message says what is wrong and what would be right."""

    def __init__(self, message: str, field: str | None = None, kind: str = "wrong value"):
        super().__init__(f"{field}: {message}" if field else message)
        self.field = field
        self.kind = kind


@dataclass(frozen=True, slots=True)
class Defaults:
    """What a run adds to rows that do not say it themselves; ``columns``: which column holds a
    field (field → column) in the sources that have that column; ``today``: the day of the run,
    the calendar's where it is None."""

    source: str | None = None
    date: str | None = None
    columns: Mapping[str, str] | None = None
    today: Day | None = None


def article_from_row(
    row: Any,
    defaults: Defaults = Defaults(),
    origin: str = "given",
    key: str | None = None,
    crawled: str | None = None,
    made: str | None = None,
) -> tuple[Article, Dating]:
    """The article that a row describes, and how its date was found.

    ``origin`` is the provenance of the date that the row states; ``key`` names the row's place (a
    file) and identifies the article when it has neither ``id`` nor ``url``; without a key its text
    does. ``crawled`` is the day when a crawler saved it, ``made`` the one when its document was
    made.

    Raises RowError when the row is no object, has neither title nor text, or a field has a
    value of the wrong kind.
    """
    if not isinstance(row, Mapping):
        raise RowError(f"expected a JSON object, found {type(row).__name__}")
    fields = _named(row, defaults.columns or {})
    title, text = _text(fields, "title"), _text(fields, "text")
    if not title.strip() and not text.strip():
        held = ", ".join(map(str, row)) or "nothing"
        message = f"no title and no text; one of them is required, the row has {held}"
        if row and not {"title", "text"}.intersection(dict(_columns(tuple(row)))):
            message += "; index --map text=COLUMN names another column"
        raise RowError(message, "text", "no text")
    url = _text(fields, "url") or None
    today = defaults.today or Day.today()
    stated = _stated_date(fields)
    dated = dating(stated, origin, url, text, key, defaults.date, today, crawled, made)
    mentions = _mentions(fields, len(title) + 2 + len(text) if title else len(text))
    article = Article.sealed(
        id=_text(fields, "id").strip() or derived_id(url, key, title, text),
        title=title,
        text=text,
        date=dated.date,
        date_provenance=dated.provenance,
        date_written=dated.written,
        url=url,
        source=" ".join((_text(fields, "source") or defaults.source or "").split()) or None,
        section=", ".join(_names(fields, "section")) or None,
        authors=_names(fields, "authors"),
        persons=_joined(_names(fields, "persons"), mentions, PERSON),
        organizations=_joined(_names(fields, "organizations"), mentions, ORGANIZATION),
        mentions=mentions,
    )
    return article, dated


@lru_cache(1)
def derived_id(url: str | None, key: str | None, title: str, text: str) -> str:
    """The id of an article that has none of its own: its address's, else its place's, else its
    text's. The last one is kept: a run asks for it several times."""
    return _identity(page(url) or key or f"{title}\n\n{text}")


def is_derived(article: Article, url: str | None, key: str | None) -> bool:
    """Whether the id of an article is the one that it has where nothing gives it another."""
    # most ids that were given are told from a derived one by their length
    derived = len(article.id) == _DIGITS
    return derived and article.id == derived_id(url, key, article.title, article.text)


def _named(row: Mapping[str, Any], columns: Mapping[str, str]) -> dict[str, Any]:
    fields = {}
    for field, names in _columns(tuple(row)):
        for name in names:
            if (value := _unwrapped(row[name])) is not None:
                fields[field] = value
                break
    for field, column in columns.items():
        if (value := _unwrapped(row.get(column))) is not None:
            fields[field] = value
    return fields


def _unwrapped(value: Any) -> Any:
    """A value as it is, one that MongoDB exports with its type (``{"$date": …}``) without it."""
    if isinstance(value, (str, list)):
        return value
    while isinstance(value, Mapping) and len(value) == 1 and next(iter(value)) in _MONGO_TYPES:
        (value,) = value.values()
    return value


@lru_cache(1024)
def _columns(names: tuple[Any, ...]) -> tuple[tuple[str, list[Any]], ...]:
    """Each field and the columns of a row that give it, the surest first."""
    found: dict[str, list[tuple[int, Any]]] = {}
    for name in names:
        alias = str(name).strip().lower()
        if field := _FIELD.get(alias):
            found.setdefault(field, []).append((ALIASES[field].index(alias), name))
    return tuple(
        (field, [name for _, name in sorted(ranked, key=itemgetter(0))])
        for field, ranked in found.items()
    )


def _text(fields: Mapping[str, Any], field: str) -> str:
    return _string(fields.get(field, ""), field)


def _string(value: Any, field: str) -> str:
    """The string in a field, with control characters replaced one for one, so that the code
    points of mentions still count."""
    if not isinstance(value, str):
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise RowError(f"expected a string, found {type(value).__name__}", field)
        value = str(value)
    if value.isprintable() or value.replace("\n", "").replace("\xa0", "").isprintable():
        return value
    return _CONTROLS.sub(" ", value).replace("\r", "\n")


def _list(fields: Mapping[str, Any], field: str) -> list[Any]:
    value = fields.get(field, ())
    if isinstance(value, str):
        value = [part.strip() for part in value.split(";")]
    if not isinstance(value, (list, tuple)):
        raise RowError(f"expected a list, found {type(value).__name__}", field)
    return value


def _names(fields: Mapping[str, Any], field: str) -> tuple[str, ...]:
    if field not in fields:
        return ()
    names = _list(fields, field)
    if not _are_in_line(names):
        names = [" ".join(_string(name, field).split()) for name in names]
    return tuple(dict.fromkeys(filter(None, names)))


def _are_in_line(names: Sequence[Any]) -> bool:
    """Whether all names are strings in one line, with single spaces between words, as most are:
    told of all of them at a time."""
    try:
        line = " ".join(names)
    except TypeError:
        return False
    return line.isprintable() and "  " not in f" {line} "


def _stated_date(fields: Mapping[str, Any]) -> str | None:
    """The date in a row's field, as a string; a number, of digits too, may be a time since
    1970. What is neither is a string that is no date."""
    value = fields.get("date", "")
    if isinstance(value, str) and _is_epoch(value.strip()):
        value = float(value)
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return str(value)[:_LONGEST_TOLD]
    if isinstance(value, str):
        return _text(fields, "date").strip() or None
    if not _is_compact(value):
        return _from_epoch(value)
    return str(int(value)) if value == int(value) else str(value)


def _is_epoch(value: str) -> bool:
    """Whether a string can be nothing but a time since 1970, in seconds or thousandths."""
    match = _EPOCH.fullmatch(value)
    return bool(match) and not (match[1] and _IN_DIGITS.fullmatch(match[1].zfill(10)))


def _is_compact(value: float) -> bool:
    """Whether a number is the digits of a date: 20220819, with hours and minutes behind it, or
    with seconds too."""
    in_time = value // 10**8 in _YEARS or value // 10**10 in _YEARS
    return 0 <= value <= _COMPACT_DATE or in_time


def _from_epoch(seconds: float) -> str:
    thousandths = abs(seconds) >= _EPOCH_MS
    try:
        time = datetime.fromtimestamp(seconds / 1000 if thousandths else seconds, timezone.utc)
    except (OverflowError, OSError, ValueError):
        return str(seconds)
    return time.date().isoformat()


def page(url: str | None) -> str | None:
    """The address, where it is of one page and not of a whole site."""
    return url if url and not _SITE.fullmatch(url.strip()) else None


def _identity(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=_DIGITS // 2).hexdigest()


def _mentions(fields: Mapping[str, Any], length: int) -> tuple[Mention, ...] | None:
    if "mentions" not in fields:
        return None
    mentions = [_mention(item, length) for item in _list(fields, "mentions")]
    if mentions and not _are_in_line([mention.entity for mention in mentions]):
        mentions = [
            m._replace(entity=" ".join(_string(m.entity, "entity").split())) for m in mentions
        ]
    return tuple(mentions)


def _joined(
    names: tuple[str, ...], mentions: tuple[Mention, ...] | None, kind: str
) -> tuple[str, ...]:
    """The names with those of the entities of a kind that are mentioned."""
    if not mentions:
        return names
    found = [mention.entity for mention in mentions if mention.kind == kind]
    return tuple(dict.fromkeys([*names, *found]))


def _mention(item: Any, length: int) -> Mention:
    try:
        mention = Mention(**item)
    except TypeError:
        raise RowError(
            "a mention has kind, entity, start, stop, text and role", "mentions"
        ) from None
    kind, entity, start, stop, text, role = mention
    if kind not in _KINDS:
        raise RowError(f"kind is {PERSON} or {ORGANIZATION}, found {kind!r}", "mentions")
    if not isinstance(entity, str) or not entity.strip():
        raise RowError("entity is the name of a person or an organization", "mentions")
    if not isinstance(text, str) or not (role is None or isinstance(role, str)):
        raise RowError("text is a string, role one too or null", "mentions")
    numbers = isinstance(start, int) and isinstance(stop, int)
    if not numbers or not 0 <= start < stop <= length:
        raise RowError(
            f"start and stop lie inside the article's title and text, 0 to {length}; "
            f"found {start!r} and {stop!r}",
            "mentions",
        )
    return mention
