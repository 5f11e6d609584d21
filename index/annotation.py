"""Annotation: who is in an article."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from index.article import Article
from index.mentions import Annotation, Mention, Span
from index.workers import ALONE, Workers

BATCH = 32
"""Articles that are tagged together."""

AHEAD = 40
"""Batches a process that are read ahead: they keep it busy while a segment is written."""

_Packed = tuple[tuple[str, ...], tuple[str, ...], list[tuple]]
"""An annotation as it crosses from one process to another: tuples are pickled several times as
fast as objects."""


@dataclass(frozen=True, slots=True)
class AnnotationFailure:
    """An article that could not be annotated, and why."""

    article: Article
    reason: str


def annotate(
    articles: Iterable[Article], workers: Workers = ALONE
) -> Iterator[Article | AnnotationFailure]:
    """The articles, in their order, with their persons, organizations and mentions.

    Articles that carry mentions come back as they are. ``workers`` share the work.

    Raises ProcessLost when one of them dies or cannot be started.
    """
    tasks = ((batch, _unread(batch)) for batch in _batches(articles))
    for batch, found in workers.each(_found_packed, tasks, AHEAD):
        yield from _joined(batch, map(_unpacked, found or ()))


def _batches(articles: Iterable[Article]) -> Iterator[list[Article]]:
    articles = iter(articles)
    while batch := list(islice(articles, BATCH)):
        yield batch


def _unread(batch: list[Article]) -> list[str]:
    return [article.full_text for article in batch if article.mentions is None]


def _joined(
    batch: list[Article], found: Iterable[Annotation | str]
) -> Iterator[Article | AnnotationFailure]:
    """The articles of a batch with what was found in those that were unread, or why not."""
    found = iter(found)
    for article in batch:
        if article.mentions is not None:
            yield article
        elif isinstance(annotation := next(found), str):
            yield AnnotationFailure(article, annotation)
        else:
            yield article.annotated(annotation)


def _found(texts: list[str]) -> list[Annotation | str]:
    """Who is in each text, or why that cannot be said."""
    try:
        return list(annotations(texts))
    except Exception as error:
        if len(texts) > 1:
            return [found for text in texts for found in _found([text])]
        return [f"annotation failed: {error!r}"]


def _found_packed(texts: list[str]) -> list[_Packed | str]:
    """What ``_found`` gives, as it crosses over."""
    return [
        found
        if isinstance(found, str)
        else (found.persons, found.organizations, list(map(tuple, found.mentions)))
        for found in _found(texts)
    ]


def _unpacked(packed: _Packed | str) -> Annotation | str:
    if isinstance(packed, str):
        return packed
    persons, organizations, mentions = packed
    return Annotation(persons, organizations, tuple(map(Mention._make, mentions)))


def annotations(texts: Iterable[str]) -> Iterator[Annotation]:
    """Who is in each text, in the order of the texts. Only for some is the tagger loaded."""
    texts = list(texts)
    if not texts:
        return
    from index.entities.capitals import calmed
    from index.tagger import tag

    plain = list(map(calmed, texts))
    for text, calm, spans in zip(texts, plain, tag(plain)):
        found = annotation(calm, spans)
        yield found if calm == text else _as_in(text, found)


def _as_in(text: str, found: Annotation) -> Annotation:
    """What was found in a text without its capitals, with each mention as the text has it."""
    mentions = (m._replace(text=text[m.start : m.stop]) for m in found.mentions)
    return replace(found, mentions=tuple(mentions))


def annotation(text: str, spans: list[Span]) -> Annotation:
    """Who is in a text whose tagged spans are given."""
    from index.entities.organizations import organizations
    from index.entities.persons import persons

    people = persons(text, spans)
    bodies = organizations(text, spans, people)
    return Annotation(
        persons=tuple(dict.fromkeys(mention.entity for mention in people)),
        organizations=tuple(dict.fromkeys(mention.entity for mention in bodies)),
        mentions=tuple(sorted(people + bodies, key=lambda mention: mention.start)),
    )
