"""The schema: what of an article is a Whoosh field."""

from whoosh.columns import FixedBytesColumn, NumericColumn, VarBytesColumn
from whoosh.fields import COLUMN, ID, KEYWORD, STORED, TEXT, Schema

from index.analyzer import LemmaAnalyzer
from index.mentions import ORGANIZATION, PERSON

FACETS = ("person", "org", "source", "section")
"""The fields whose values are names: a term and a facet value each."""

KINDS_OF_FACETS = {"person": PERSON, "org": ORGANIZATION}
"""The kind of entity that a facet holds, of those that hold one."""

TITLE_BOOST = 2.0
DIGEST_SIZE = 16
NO_DATE = 0
"""In the date columns: the article has no date."""

_SEPARATOR = "\n"
_STANDS_FOR = "\t"


def _names() -> KEYWORD:
    return KEYWORD(scorable=False, sortable=VarBytesColumn())


SCHEMA = Schema(
    id=ID(unique=True, sortable=VarBytesColumn()),
    digest=COLUMN(FixedBytesColumn(DIGEST_SIZE)),
    title=TEXT(analyzer=LemmaAnalyzer(), field_boost=TITLE_BOOST),
    text=TEXT(analyzer=LemmaAnalyzer()),
    person=_names(),
    org=_names(),
    source=_names(),
    section=_names(),
    alias=COLUMN(VarBytesColumn()),
    first_day=COLUMN(NumericColumn("i", default=NO_DATE)),
    last_day=COLUMN(NumericColumn("i", default=NO_DATE)),
    article=STORED,
)
"""``id``, ``title`` and ``text`` as one expects; the FACETS as verbatim names; in ``alias``, what
abbreviations stood for (``index.linking.aliases``); the days that a date spans, as ordinals from
``index.dates.days``; the whole article as JSON."""


def column_names(value: bytes) -> list[str]:
    """The names in a value of a facet's column."""
    return value.decode().split(_SEPARATOR) if value else []


def column_aliases(value: bytes) -> list[tuple[str, str]]:
    """The pairs of a short form and a name in a value of the column ``alias``."""
    pairs = (line.split(_STANDS_FOR) for line in column_names(value))
    return [(short, name) for short, name in pairs]
