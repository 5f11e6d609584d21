"""Annotation: who is in an article."""

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, replace
from itertools import islice
from multiprocessing import get_context

from index.article import Article
from index.mentions import Annotation, Span

BATCH = 32
"""Articles that are tagged together."""

AHEAD = 16
"""Batches a process that are read ahead: they keep it busy while a commit is written."""


@dataclass(frozen=True, slots=True)
class AnnotationFailure:
    """An article that could not be annotated, and why."""

    article: Article
    reason: str


def annotate(articles: Iterable[Article], jobs: int = 1) -> Iterator[Article | AnnotationFailure]:
    """The articles, in their order, with their persons, organizations and mentions.

    Articles that carry mentions come back as they are. ``jobs`` processes share the work.

    Raises BrokenProcessPool when one of them dies.
    """
    batches = _batches(articles)
    if jobs == 1:
        for batch in batches:
            yield from _annotate_batch(batch)
        return
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    with ProcessPoolExecutor(jobs, get_context("spawn"), _leave_interrupts_to_parent) as pool:
        running: deque[Future] = deque()
        for batch in batches:
            running.append(pool.submit(_annotate_batch, batch))
            if len(running) > AHEAD * jobs:
                yield from running.popleft().result()
        while running:
            yield from running.popleft().result()


def _leave_interrupts_to_parent() -> None:
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _batches(articles: Iterable[Article]) -> Iterator[list[Article]]:
    articles = iter(articles)
    while batch := list(islice(articles, BATCH)):
        yield batch


def _annotate_batch(articles: list[Article]) -> list[Article | AnnotationFailure]:
    unread = [article for article in articles if article.mentions is None]
    try:
        found = dict(zip(map(id, unread), annotations(a.full_text for a in unread)))
    except Exception as error:
        if len(articles) > 1:
            return [result for article in articles for result in _annotate_batch([article])]
        return [AnnotationFailure(articles[0], f"annotation failed: {error!r}")]
    return [a.annotated(found[id(a)]) if a.mentions is None else a for a in articles]


def annotations(texts: Iterable[str]) -> Iterator[Annotation]:
    """Who is in each text, in the order of the texts."""
    from index.entities.capitals import calmed
    from index.tagger import tag

    texts = list(texts)
    plain = list(map(calmed, texts))
    for text, calm, spans in zip(texts, plain, tag(plain)):
        found = annotation(calm, spans)
        yield found if calm == text else _as_in(text, found)


def _as_in(text: str, found: Annotation) -> Annotation:
    """What was found in a text without its capitals, with each mention as the text has it."""
    mentions = (replace(m, text=text[m.start : m.stop]) for m in found.mentions)
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
