"""The compiler: a query tree to Whoosh's query classes."""

from collections.abc import Mapping

from whoosh import query as whoosh

from index.analyzer import query_lemmas
from index.dates import days
from index.morphology import fold
from index.tokens import spelling
from search.daterange import DateRange
from search.entities import Entities
from search.queries import Near, Without
from search.syntax import TEXT_FIELDS, And, Dates, Name, Node, Not, Or, Phrase, Prefix, Word

FIRST_DAY, LAST_DAY = 1, 9999 * 366


def compile_query(node: Node | None, entities: Mapping[str, Entities]) -> whoosh.Query:
    """The Whoosh query for a tree; names are looked up in ``entities`` (by facet)."""
    match node:
        case None:
            return whoosh.Every()
        case And(children):
            positive = [compile_query(c, entities) for c in children if not isinstance(c, Not)]
            negative = [compile_query(c.child, entities) for c in children if isinstance(c, Not)]
            asked = whoosh.And(positive) if positive else whoosh.Every()
            return Without(asked, whoosh.Or(negative)) if negative else asked
        case Or(children):
            return whoosh.Or([compile_query(child, entities) for child in children])
        case Not(child):
            return Without(whoosh.Every(), compile_query(child, entities))
        case Word(text, field):
            return whoosh.Or([_word(text, name) for name in _fields(field)])
        case Prefix(text, field):
            prefix = fold(spelling(text))
            return whoosh.Or([whoosh.Prefix(name, prefix) for name in _fields(field)])
        case Phrase(words, field):
            return whoosh.Or([_phrase(words, name) for name in _fields(field)])
        case Dates(first, last):
            return DateRange(
                days(first)[0] if first else FIRST_DAY, days(last)[1] if last else LAST_DAY
            )
        case Name(field, name):
            return _names(field, entities[field], entities[field].find(name))
    raise TypeError(f"no query tree: {node!r}")


def _fields(field: str | None) -> tuple[str, ...]:
    return (field,) if field else TEXT_FIELDS


def _word(word: str, field: str) -> whoosh.Query:
    return whoosh.Or([whoosh.Term(field, lemma) for lemma in query_lemmas(word)])


def _phrase(words: tuple[str, ...], field: str) -> whoosh.Query:
    return Near([_word(word, field) for word in words], slop=1, ordered=True)


def _names(field: str, entities: Entities, ordinals: list[int]) -> whoosh.Query:
    numbers = [number for ordinal in ordinals for number in entities.members(ordinal)]
    names = [entities.names[number] for number in numbers if entities.counts[number]]
    if not names:
        return whoosh.NullQuery
    return whoosh.ConstantScoreQuery(whoosh.Or([whoosh.Term(field, name) for name in names]), 0.0)
