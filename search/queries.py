"""Query classes of Whoosh with what 2.7.4 gets wrong in them put right."""

from whoosh.matching import AndNotMatcher
from whoosh.query import And, AndNot
from whoosh.query.spans import SpanNear2


class Near(SpanNear2):
    """Words that follow each other.

    SpanNear2's estimates name a class that its module does not import, and an OR inside it is
    evaluated without positions unless the context asks for them.
    """

    def _and_query(self):
        return And(self.qs)

    def matcher(self, searcher, context=None):
        context = (context or searcher.context()).set(needs_current=True)
        return super().matcher(searcher, context)


class Without(AndNot):
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
