"""The compiler: a query tree to Whoosh's query classes."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from whoosh import query as whoosh

from index.analyzer import query_lemmas
from index.dates import days
from index.morphology import fold, is_known
from index.tokens import spelling
from search.entities.facet_entities import Entities
from search.matching.daterange import DateRange
from search.matching.queries import Adjacent, Beginning, Form, Near, SameSentence, Within, Without
from search.query.syntax import (
    EXACTLY,
    TEXT_FIELDS,
    And,
    Dates,
    Exact,
    Fuzzy,
    Name,
    Node,
    Not,
    OneWord,
    Or,
    Phrase,
    Prefix,
    Sentence,
    Wildcard,
    Word,
)

_KEPT = 256
"""Words and phrases whose queries are kept: a question is answered, paged through and counted."""

FIRST_DAY, LAST_DAY = 1, 9999 * 366

DOUBTFUL = 0.3
"""What a lemma of a word in a query weighs beside the likeliest one."""


def compile_query(
    node: Node | None, entities: Mapping[str, Entities], fields: Sequence[str] = TEXT_FIELDS
) -> whoosh.Query:
    """The Whoosh query for a tree, its words looked for in ``fields``; names are looked up in
    ``entities`` (by facet)."""
    match node:
        case None:
            return whoosh.Every()
        case And(children):
            children = tuple(dict.fromkeys(children))
            asked = [compile_query(c, entities, fields) for c in children if type(c) is not Not]
            negative = [c.child for c in children if isinstance(c, Not)]
            found = whoosh.And(asked) if asked else whoosh.Every()
            if not negative:
                return found
            return Without(found, compile_query(Or(tuple(negative)), entities, fields))
        case Or(children):
            return whoosh.Or([compile_query(child, entities, fields) for child in children])
        case Not(child):
            return Without(whoosh.Every(), compile_query(child, entities, fields))
        case Sentence(children):
            inner = [(f, compile_query(And(children), entities, (f,))) for f in fields]
            return whoosh.Or([SameSentence(field, query) for field, query in inner])
        case Dates(first, last):
            return DateRange(
                days(first)[0] if first else FIRST_DAY, days(last)[1] if last else LAST_DAY
            )
        case Name(field, name):
            return _names(field, entities[field], entities[field].find(name))
    return _of_text(node, tuple(fields))


@lru_cache(_KEPT)
def _of_text(node: Phrase | OneWord, fields: tuple[str, ...]) -> whoosh.Query:
    """The Whoosh query for words and phrases, which no names of entities change."""
    asked = [field for field in fields if node.field in (None, field)]
    if isinstance(node, Phrase):
        return whoosh.Or([_phrase(node.words, field, node.distance) for field in asked])
    return whoosh.Or([one_word(node, field) for field in asked])


def lemmas_of(word: Word) -> tuple[str, ...]:
    """The lemmas that a word of a query stands for, the likeliest first."""
    return tuple(lemma for lemma in query_lemmas(word.text) if lemma not in word.without)


def one_word(word: OneWord, field: str) -> whoosh.Query:
    """The Whoosh query for a word in a text field."""
    text = fold(spelling(word.text))
    match word:
        case Exact():
            return Form(field, query_lemmas(word.text)[0], frozenset((text,)))
        case Prefix():
            return _beginning(field, text)
        case Wildcard():
            return whoosh.Wildcard(field, text)
        case Fuzzy(distance=distance):
            spelt = dict.fromkeys((text, query_lemmas(word.text)[0]))
            return whoosh.Or([whoosh.FuzzyTerm(field, s, maxdist=distance, prefixlength=1)
                              for s in spelt])  # fmt: skip
    forms = frozenset(w.removeprefix(EXACTLY) for w in word.without if w.startswith(EXACTLY))
    if forms:
        return whoosh.Or([Form(field, lemma, forms, excluded=True) for lemma in lemmas_of(word)])
    return whoosh.Or(
        [whoosh.Term(field, lemma, DOUBTFUL if n else 1.0)
         for n, lemma in enumerate(lemmas_of(word))]
    )  # fmt: skip


def _beginning(field: str, text: str) -> whoosh.Query:
    """The words whose lemma begins so and, of a text that is a form of others, those forms."""
    begun = whoosh.Prefix(field, text)
    others = [lemma for lemma in query_lemmas(text) if not lemma.startswith(text)]
    if not others or not is_known(text):
        return begun
    return whoosh.Or([begun, *(Beginning(field, lemma, text) for lemma in others)])


def _phrase(words: Sequence[OneWord], field: str, distance: int) -> whoosh.Query:
    parts = [one_word(word, field) for word in words]
    if distance:
        return Within(field, parts, distance)
    plain = all(isinstance(word, Word) and not word.without for word in words)
    return Near(parts, slop=1, ordered=True) if plain else Adjacent(field, parts)


def _names(field: str, entities: Entities, ordinals: list[int]) -> whoosh.Query:
    numbers = [number for ordinal in ordinals for number in entities.members(ordinal)]
    names = [entities.names[number] for number in numbers if entities.counts[number]]
    if not names:
        return whoosh.NullQuery
    return whoosh.ConstantScoreQuery(whoosh.Or([whoosh.Term(field, name) for name in names]), 0.0)
