"""Query classes of Whoosh: what 2.7.4 gets wrong put right, and what it lacks.

``search.matching.evaluator`` answers them; their own matchers let plain Whoosh find the same documents.
"""

from __future__ import annotations

from collections.abc import Sequence

from whoosh import query as whoosh
from whoosh.matching import AndNotMatcher, FilterMatcher, NullMatcher
from whoosh.query.spans import SpanNear2


class Near(SpanNear2):
    """Words that follow each other.

    SpanNear2's estimates name a class that its module does not import, and an OR inside it is
    evaluated without positions unless the context asks for them.
    """

    def _and_query(self):
        return whoosh.And(self.qs)

    def matcher(self, searcher, context=None):
        context = (context or searcher.context()).set(needs_current=True)
        return super().matcher(searcher, context)


class Without(whoosh.AndNot):
    """What the first query finds and the second does not.

    AndNot lets its first document pass where the second query begins with an earlier one, and
    fails where skipping leads past the last one.
    """

    def matcher(self, searcher, context=None):
        excluded = self.b.matcher(searcher, searcher.boolean_context())
        return _WithoutMatcher(self.a.matcher(searcher, context), excluded)


class _WithoutMatcher(AndNotMatcher):
    def _find_first(self):
        if self.a.is_active() and self.b.is_active():
            self._find_next()

    def _find_next(self):
        return super()._find_next() if self.a.is_active() else False


class Placed(whoosh.Query):
    """Finds those documents of another query, ``loose``, in which the words of a field stand as
    they should (``search.matching.spans.hold``); scores as that query does."""

    def __init__(self, field: str, loose: whoosh.Query):
        self.field = field
        self.loose = loose

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and vars(other) == vars(self)

    def __hash__(self) -> int:
        return hash((type(self), self.field, self.loose))

    def __repr__(self) -> str:
        facts = ", ".join(f"{k}={v!r}" for k, v in vars(self).items() if k != "loose")
        return f"{type(self).__name__}({facts})"

    def estimate_size(self, reader) -> int:
        return self.loose.estimate_size(reader)

    def matcher(self, searcher, context=None):
        from search.matching.spans import hold

        reader = searcher.reader()
        if not reader.doc_count_all():
            return NullMatcher()
        data = reader.segment().data(reader.storage())
        docids = list(self.loose.matcher(searcher, searcher.boolean_context()).all_ids())
        held = {docid for docid, kept in zip(docids, hold(data, self, docids)) if kept}
        return FilterMatcher(self.loose.matcher(searcher, context), held)


class Form(Placed):
    """A lemma in some of its forms (folded), or, ``excluded``, in any but these."""

    def __init__(self, field: str, lemma: str, forms: frozenset[str], excluded: bool = False):
        super().__init__(field, whoosh.Term(field, lemma))
        self.forms = forms
        self.excluded = excluded

    def fits(self, form: str) -> bool:
        """Whether it is one of the forms asked for."""
        return (form in self.forms) != self.excluded


class Beginning(Placed):
    """A lemma in those of its forms (folded) that begin so."""

    def __init__(self, field: str, lemma: str, text: str):
        super().__init__(field, whoosh.Term(field, lemma))
        self.text = text

    def fits(self, form: str) -> bool:
        """Whether it is one of the forms asked for."""
        return form.startswith(self.text)


class Adjacent(Placed):
    """Words of any kind that follow each other (Near is faster, for those that are terms)."""

    def __init__(self, field: str, words: Sequence[whoosh.Query]):
        super().__init__(field, whoosh.And(list(dict.fromkeys(words))))
        self.words = tuple(words)


class Within(Placed):
    """Words in any order, at most ``distance`` positions from the first to the last, a word of
    the text for each of them; so many that they can stand side by side in any case."""

    def __init__(self, field: str, words: Sequence[whoosh.Query], distance: int):
        super().__init__(field, whoosh.And(list(dict.fromkeys(words))))
        self.words = tuple(words)
        self.distance = max(distance, len(words) - 1)


class SameSentence(Placed):
    """What ``inner`` (an AND, OR or Without of words and phrases) finds when every sentence is
    a document."""

    def __init__(self, field: str, inner: whoosh.Query):
        super().__init__(field, _anywhere(inner))
        self.inner = inner


def _anywhere(query: whoosh.Query) -> whoosh.Query:
    """A query without what it excludes: that may stand in another sentence."""
    if isinstance(query, Without):
        return _anywhere(query.a)
    if isinstance(query, (whoosh.And, whoosh.Or)):
        return type(query)([_anywhere(part) for part in query.subqueries])
    return query
