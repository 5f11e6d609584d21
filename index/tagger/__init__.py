"""The tagger: texts in, spans of persons, organizations and places out.

It runs slovnet's NER model for news, whose weights are in natasha's wheel
(https://github.com/natasha/slovnet), and gives the same tags; each text is one sequence.
"""

import gc
from collections.abc import Iterable, Iterator
from functools import cache

from index.mentions import Span
from index.tagger.model import Model
from index.tagger.tokens import Tokens, tokenize

__all__ = ["Model", "Tokens", "tag", "tokenize"]

COLLECTED_AFTER = 50_000
"""New objects after which garbage is looked for, not Python's 700: annotation makes many that
stay, in its caches, and hardly a cycle."""


def tag(texts: Iterable[str]) -> Iterator[list[Span]]:
    """The spans of each text, in the order of the texts; each list by position.

    Texts are read ahead until they make up a batch. The model is loaded at the first call.

    >>> next(tag(["В Баку выступил Фарид Шафиев."]))
    [Span(start=2, stop=6, type='LOC'), Span(start=16, stop=28, type='PER')]
    """
    return _model().tag(texts)


@cache
def _model() -> Model:
    model = Model()
    gc.freeze()  # it stays: no collection need walk it
    gc.set_threshold(max(COLLECTED_AFTER, gc.get_threshold()[0]), *gc.get_threshold()[1:])
    return model
