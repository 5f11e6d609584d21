"""Search: a question in, an answer out."""

from index.folder import IndexUnusable
from search.archive import Archive, ArticleNotFound
from search.request import ParameterError, Request, Selection

__all__ = [
    "Archive",
    "ArticleNotFound",
    "IndexUnusable",
    "ParameterError",
    "Request",
    "Selection",
]
