"""Search: a question in, an answer out."""

from index.folder import IndexUnusable
from index.ledger import OperationNotFound
from search.archive import Archive, ArticleNotFound
from search.comparison import Comparison
from search.corrections import CorrectionError
from search.deadline import TimeLimit, limited
from search.lookup import EntityNotFound
from search.parameters import ParameterError
from search.request import Request, Selection

__all__ = [
    "Archive",
    "ArticleNotFound",
    "Comparison",
    "CorrectionError",
    "EntityNotFound",
    "IndexUnusable",
    "OperationNotFound",
    "ParameterError",
    "Request",
    "Selection",
    "TimeLimit",
    "limited",
]
