"""A query class of Whoosh with what 2.7.4 gets wrong in it put right."""

from whoosh.query import And
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
