"""Words that follow each other, as a Whoosh query."""

from whoosh.query import And
from whoosh.query.spans import SpanNear2


class Near(SpanNear2):
    """Whoosh's SpanNear2 over alternatives of words, with two gaps of Whoosh 2.7.4 closed: its
    estimates name a class that it does not import, and an OR inside it may be evaluated
    without positions unless the context asks for them."""

    def _and_query(self):
        return And(self.qs)

    def matcher(self, searcher, context=None):
        context = (context or searcher.context()).set(needs_current=True)
        return super().matcher(searcher, context)
