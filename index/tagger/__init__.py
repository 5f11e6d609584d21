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
    return model
