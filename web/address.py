"""Addresses: every state of the page as a URL."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from urllib.parse import quote, urlencode

from flask import current_app, url_for
from flask import request as asked

from search import Request
from search.entities.references import VALUES
from search.parameters import GROUPS, OF_A_PAGE
from web.messages import DEFAULT_LANGUAGE

SHARES = ("bars", "share")
"""The parameter of pages that draw bars as shares of the archive."""

RANGE = "from=DATE&to=DATE"
"""What stands for a range of dates in ``Address.ranged``; no value can be written so."""


def every_one(named: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The parameters of a search for every one of some values of facets."""
    named = list(named)
    fields = [field for field, _ in named]
    modes = [(f"{f}.mode", "all") for f in dict.fromkeys(fields) if fields.count(f) > 1]
    return named + modes


STORIES = Request(group=GROUPS[1])
"""What pages ask for without parameters: reprints are folded, where the API has every article. A
request means the same on both sides, and its address leads to just what it finds."""


def asked_by(params: Iterable[tuple[str, str]]) -> Request:
    """The request that parameters of a page describe.

    Raises ParameterError.
    """
    return Request.from_params(params, STORIES)


def page_params(request: Request) -> list[tuple[str, str]]:
    """The parameters of a page for a request, as ``asked_by`` reads them."""
    return request.to_params(STORIES)


def search_params(request: Request) -> list[tuple[str, str]]:
    """The parameters of the search page for a request. It is asked for an order where nothing
    else is asked for: without parameters it is the start page."""
    return page_params(request) or [("sort", request.sorting)]


ENTITY_PAGES = {"person": "pages.person", "org": "pages.organization"}


@lru_cache(16)
def _search_path(root: str) -> str:
    """The search page's path where the application is reached under a root; a page has hundreds
    of links there."""
    return url_for("pages.search")


@dataclass(frozen=True, slots=True)
class Address:
    """The addresses that lead on from a request, in a language, with ``view``: the page's own
    parameters, of which the archive knows nothing. ``own`` are the other parameters by which the
    page is asked for.

    Here persons, organizations, sources and sections go by their ids; addresses have references
    in their place."""

    request: Request
    language: str
    view: tuple[tuple[str, str], ...] = ()
    own: tuple[tuple[str, str], ...] = ()

    def home(self) -> str:
        """The start page."""
        return self._url(_search_path(asked.script_root), ())

    def search(self, request: Request) -> str:
        """The search page for a request."""
        return self._url(_search_path(asked.script_root), search_params(request))

    def article(self, id: str) -> str:
        """An article's page, from which the way leads back to this request."""
        return self._url(url_for("pages.article", id=id), page_params(self.request))

    def entity(self, facet: str, id: str, *params: tuple[str, str]) -> str:
        """The page of a person or an organization, asked with its own parameters."""
        return self._url(url_for(ENTITY_PAGES[facet], id=self.reference(facet, id)), params)

    def export(self, format: str) -> str:
        """All that the request finds, as a file or a feed."""
        finding = [pair for pair in self.request.to_params() if pair[0] not in OF_A_PAGE]
        return (
            f"{url_for('export.export')}?{urlencode([('format', format), *self.written(finding)])}"
        )

    def both(self, *named: tuple[str, str]) -> str:
        """The search page for the articles that hold all of some persons and organizations,
        reprints too."""
        return self.search(Request.from_params(every_one(named)))

    def against(self, id: str, other: str) -> str:
        """An article's page that shows how it differs from another one."""
        params = [*page_params(self.request), ("against", other)]
        return self._url(url_for("pages.article", id=id), params)

    def selected(self, field: str, value: str) -> str:
        """The search page with a facet value more."""
        return self.search(self.request.select(field, value))

    def excluding(self, field: str, value: str) -> str:
        """The search page without the articles of a facet value."""
        return self.search(self.request.exclude(field, value))

    def only(self, field: str, value: str) -> str:
        """The search page with nothing asked for but a facet value."""
        return self.search(asked_by([(field, value)]))

    def asking(self, q: str) -> str:
        """The search page for a query with nothing selected."""
        return self.search(STORIES.replace(q=q))

    def rephrased(self, q: str) -> str:
        """The search page for another query with the same things selected."""
        return self.search(self.request.replace(q=q, offset=0))

    def ranged(self) -> str:
        """The search page narrowed to dates, for which RANGE stands."""
        ends = {"date_from": "DATE", "date_to": "DATE", "date_missing": False}
        return self.search(self.request.replace(**ends, offset=0))

    def dated(self) -> Callable[[str], str]:
        """What makes of a partial date the search page narrowed to it."""
        before, _, after = self.ranged().partition(RANGE)
        return lambda partial: f"{before}from={partial}&to={partial}{after}"

    def always(self) -> str:
        """The search page with articles of all dates."""
        undated = {"date_from": None, "date_to": None, "date_missing": False}
        return self.search(self.request.replace(**undated, offset=0))

    @property
    def shares(self) -> bool:
        """Whether bars are drawn as shares of the archive."""
        return SHARES in self.view

    def switched(self) -> "Address":
        """The addresses of pages whose bars are shares where these are counts, or the reverse."""
        others = tuple(pair for pair in self.view if pair != SHARES)
        return replace(self, view=others if self.shares else (*others, SHARES))

    def undated(self) -> str:
        """The search page narrowed to articles without a date."""
        undated = self.request.replace(date_from=None, date_to=None, date_missing=True, offset=0)
        return self.search(undated)

    def counted(self, interval: str) -> str:
        """The search page with a bar for each day, month or year."""
        return self.search(self.request.replace(interval=interval))

    def everything(self) -> str:
        """The search page with all stories."""
        return self.search(STORIES)

    def page(self, endpoint: str, *params: tuple[str, str]) -> str:
        """A page that is asked with its own parameters."""
        return self._url(url_for(endpoint), params)

    def sorted(self, sort: str) -> str:
        """The search page in another order."""
        unsorted = self.request.replace(sort=None, offset=0)
        return self.search(unsorted if sort == unsorted.sorting else unsorted.replace(sort=sort))

    def regrouped(self) -> str:
        """The search page with reprints folded into stories, or, where they are, with all."""
        (group,) = (group for group in GROUPS if group != self.request.group)
        return self.search(self.request.replace(group=group, offset=0))

    @property
    def articles(self) -> "Address":
        """The addresses that lead on from the same request with reprints, for counts of
        articles."""
        return replace(self, request=self.request.replace(group=GROUPS[0]))

    @property
    def asks(self) -> bool:
        """Whether the request asks for anything but all stories."""
        return bool(page_params(self.request))

    def explaining(self) -> str:
        """The search page with what each hit's score is made of, or, where it is, without."""
        return self.search(self.request.replace(explain=not self.request.explain))

    def at(self, offset: int) -> str:
        """The search page from another hit on."""
        return self.search(self.request.replace(offset=offset))

    def showing(self, limit: int) -> str:
        """The search page with more or fewer hits on it."""
        return self.search(self.request.replace(limit=limit, offset=0))

    def sized(self, field: str, size: int) -> str:
        """The search page with a longer or shorter facet."""
        return self.search(self.request.sized(field, size))

    def without(self, *left_out: tuple[str, str]) -> str:
        """The search page without some of the request's parameters, from the first hit on."""
        left_in = (pair for pair in self.request.to_params() if pair not in left_out)
        return self.search(Request.from_params(left_in).replace(offset=0))

    def params(self) -> list[tuple[str, str]]:
        """The parameters of the request's pages, as addresses and forms write them."""
        return self._with_view(page_params(self.request))

    def here(self) -> list[tuple[str, str]]:
        """The parameters of this page, as its address writes them."""
        return self._with_view(self.own)

    def in_language(self, language: str, path: str) -> str:
        """The page at a path, with this page's parameters, in a language."""
        return replace(self, language=language)._url(quote(path), self.own)

    def reference(self, facet: str, value: str) -> str:
        """How addresses write an entity."""
        return self.written([(facet, value)])[0][1]

    def written(self, params: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
        """Parameters with references in place of ids."""
        params = list(params)
        if not any(name in VALUES for name, _ in params):
            return params
        return current_app.config["ARCHIVE"].referred(params)

    def _url(self, path: str, params: Iterable[tuple[str, str]]) -> str:
        pairs = self._with_view(params)
        return f"{path}?{urlencode(pairs)}" if pairs else path

    def _with_view(self, params: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
        foreign = self.language != DEFAULT_LANGUAGE
        own = [*self.view, *([("lang", self.language)] if foreign else [])]
        return [*self.written(params), *own]
