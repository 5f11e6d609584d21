"""Search: a question in, an answer out.

``Archive`` and what it takes and raises are all that a program needs; the command line and the
web ask through it too. Beside it they use what requests and answers are made and written by:
``search.parameters``, ``search.answers.comparison``, ``search.answers.export``,
``search.answers.feed`` and the constants of ``search.facets.histogram``.

>>> from search import Archive, Request
>>> archive.search(Request.of("мост"))["total"]
2
"""

from index.folder import IndexUnusable
from index.ledger import OperationNotFound
from search.answers.comparison import Comparison
from search.answers.exported import Export
from search.archive import Archive, ArticleNotFound
from search.deadline import TimeLimit, limited
from search.entities.corrections import CorrectionError
from search.entities.lookup import EntityNotFound
from search.parameters import ParameterError
from search.request import Request, Selection

__all__ = [
    "Archive",
    "ArticleNotFound",
    "Comparison",
    "CorrectionError",
    "EntityNotFound",
    "Export",
    "IndexUnusable",
    "OperationNotFound",
    "ParameterError",
    "Request",
    "Selection",
    "TimeLimit",
    "limited",
]
