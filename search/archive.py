"""The archive: an index folder, opened for asking."""

import os
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from index import ledger
from index.folder import IndexUnusable
from index.morphology import analyzer
from search.answers.article import article_answer
from search.answers.comparison import Comparison, comparison_answer
from search.answers.entity import entity_answer
from search.answers.exported import Export, exported
from search.answers.health import health_answer
from search.answers.neighbours import neighbours_answer
from search.answers.overview import overview_answer
from search.answers.search import facet_answer, search_answer
from search.answers.similar import similar_answer
from search.answers.stats import stats_answer
from search.entities.corrections import correction
from search.entities.lookup import entity
from search.entities.references import identified, referred
from search.opened import Opened
from search.parameters import GROUPS
from search.request import Request
from search.snapshot import Snapshot
from search.suggest.completion import complete_first_letters, completion


class ArticleNotFound(LookupError):
    """No article has this ``id``."""

    def __init__(self, id: str):
        super().__init__(f"no article has the id {id!r}")
        self.id = id


class Archive:
    """The articles of an index folder.

    Follows new commits and changes of the ledger by itself; a folder without a commit is an
    empty archive. May be shared between threads: each answer comes from one snapshot, and they
    only wait for each other while a new one is opened, and not even then while it is ``followed``.

    Answers are what the JSON API gives, as dicts and lists:

    >>> answer = archive.search(Request.of("визит", person="Токаев"))
    >>> answer["total"], answer["results"][0]["title"]
    (1, 'Визит Токаева в Баку')
    >>> [(value["name"], value["count"]) for value in answer["facets"]["source"]["values"]]
    [('Каспийский вестник', 1)]

    ``answer["next"]`` is what ``after`` of the next page's request is, None on the last one.

    Its methods raise IndexUnusable when the folder cannot be read.
    """

    def __init__(self, folder: str | os.PathLike[str]):
        self.folder = Path(folder)
        self._opened = Opened(self.folder, prepare)

    def __contains__(self, id: str) -> bool:
        """Whether an article has this id."""
        return self._newest().docid(id) is not None

    def search(self, request: Request) -> dict[str, Any]:
        """The answer of ``GET /api/v1/search``, with ``elapsed_ms``."""
        started = time.perf_counter()
        answer = search_answer(self._newest(), request)
        return answer | {"elapsed_ms": round(1000 * (time.perf_counter() - started), 2)}

    def export(self, request: Request, limit: int | None = None) -> Export:
        """Every result of a search, of one generation of the index, from the request's offset or
        ``after`` on, whatever its limit: what a page of hits says of it, its text, section and
        authors, and a ``cursor`` to go on after it. With a ``limit``, so many of them at the most.

        >>> for article in archive.export(Request.of("совет", sort="date")):
        ...     print(article["date"], article["title"], len(article["text"]))
        2022-08-19 Первое заседание совета 112
        2022-08-24 Визит Токаева в Баку 159
        2023-01-10 Совет без экспертов 58

        What was broken off goes on after the last article, or its id, and a piece after
        ``next``. By date, each article that is found all the time comes once, whatever is added
        and deleted meanwhile; an export by relevance can only go on while the index stays as it is.

        >>> piece = archive.export(Request.of("совет", sort="date"), limit=2)
        >>> [article["id"] for article in piece]
        ['council', 'visit']
        >>> rest = archive.export(Request.of("совет", sort="date", after=piece.next))
        >>> [article["id"] for article in rest], rest.next
        (['given'], None)

        Raises ParameterError for an ``after`` that cannot be gone on from.
        """
        return exported(self._newest(), request, limit)

    def facet(self, field: str, prefix: str, request: Request) -> dict[str, Any]:
        """The answer of ``GET /api/v1/facets/<field>``.

        >>> found = archive.facet("person", "тук", Request())
        >>> [(value["name"], value["count"]) for value in found["values"]]
        [('Эркин Тукумов', 2)]
        """
        return facet_answer(self._newest(), field, prefix, request)

    def suggest(self, q: str, limit: int = 10) -> dict[str, Any]:
        """The answer of ``GET /api/v1/suggest``: what ``q`` may be the beginning of."""
        return {"q": q, "suggestions": completion(self._newest(), q, limit)}

    def article(self, id: str, query: str = "") -> dict[str, Any]:
        """The answer of ``GET /api/v1/articles/<id>``.

        >>> article = archive.article("council")
        >>> article["date"], [person["name"] for person in article["persons"]]
        ('2022-08-19', ['Эркин Тукумов', 'Фарид Шафиев'])

        Raises ArticleNotFound.
        """
        snapshot = self._newest()
        return article_answer(snapshot, _docid(snapshot, id), query)

    def similar(self, id: str, limit: int = 10) -> dict[str, Any]:
        """The answer of ``GET /api/v1/articles/<id>/similar``: the articles that have most in
        common with one, reprints left out.

        Raises ArticleNotFound.
        """
        snapshot = self._newest()
        return similar_answer(snapshot, _docid(snapshot, id), limit)

    def neighbours(self, id: str, request: Request) -> dict[str, Any] | None:
        """Where an article stands among the hits of a search, and those beside it; None where
        it is no hit. See ``search.answers.neighbours``.

        Raises ArticleNotFound.
        """
        snapshot = self._newest()
        return neighbours_answer(snapshot, _docid(snapshot, id), request)

    def compare(self, asked: Comparison) -> dict[str, Any]:
        """The answer of ``GET /api/v1/compare``."""
        return comparison_answer(self._newest(), asked)

    def person(self, value: str) -> dict[str, Any]:
        """The answer of ``GET /api/v1/persons/<id>``; ``value`` is an id or any name.

        Raises EntityNotFound.
        """
        return self._entity("person", value)

    def organization(self, value: str) -> dict[str, Any]:
        """The answer of ``GET /api/v1/organizations/<id>``, like ``person``."""
        return self._entity("org", value)

    def _entity(self, facet: str, value: str) -> dict[str, Any]:
        snapshot = self._newest()
        return entity_answer(snapshot, facet, entity(snapshot, facet, value))

    def identified(self, pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
        """Parameters of a search with the id in place of each value that stands for one person,
        organization, source or section."""
        return identified(self._newest(), pairs)

    def referred(self, pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
        """The same with what addresses that people read have in its place.

        >>> archive.referred([("person", "Токаев"), ("source.not", "Каспийский вестник")])
        [('person', 'kasym-zhomart-tokaev-f2c40e9af5'), ('source.not', 'kaspiysky-vestnik-9c7cfd2751')]
        """
        return referred(self._newest(), pairs)

    def correct(
        self,
        facet: str,
        op: str,
        names: Sequence[str],
        to: str | None = None,
        by: str | None = None,
    ) -> ledger.Operation:
        """Write a correction of entities of a facet (``person`` or ``org``) to the ledger; that
        operation, with its line and id. It is checked while nobody else can write another. See
        ``search.entities.corrections``.

        Raises EntityNotFound and CorrectionError.
        """
        with self._writing_ledger():
            return ledger.append(
                self.folder, lambda: correction(self._opened.latest(), facet, op, names, to, by)
            )

    def corrections(self) -> tuple[ledger.Operation, ...]:
        """The operations of the ledger that are in force, in the order of its lines."""
        return self._newest().ledger.operations

    def undo(self, id: str) -> ledger.Operation:
        """Take the operation with an id out of the ledger; that operation.

        Raises OperationNotFound.
        """
        with self._writing_ledger():
            return ledger.remove(self.folder, id)

    @contextmanager
    def _writing_ledger(self) -> Iterator[None]:
        """What is written inside is in every answer from then on."""
        try:
            yield
        except OSError as error:
            raise IndexUnusable(
                f"{self.folder / ledger.FILE}: cannot be written: {error.strerror or error}"
            ) from error
        self._opened.overtake()

    def state(self) -> tuple[int, ...]:
        """What tells what the archive answers from now on from what it has answered before: it
        changes with every commit and every correction."""
        return self._opened.state()

    @contextmanager
    def one_generation(self) -> Iterator[None]:
        """All that is asked inside, in this thread, is answered from one snapshot."""
        with self._opened.held():
            yield

    @contextmanager
    def followed(self) -> Iterator[None]:
        """Inside, what another process commits is opened and read beside, and answered from when
        that is done, a second or a few later: nobody waits for it. Corrections that are written
        through this archive are in its next answer, as ever, and so are commits before them."""
        analyzer()  # before anything is opened, as all that is there then is never let go
        with self._opened.followed():
            yield

    def health(self) -> dict[str, Any]:
        """The answer of ``GET /api/v1/health``; see ``search.answers.health``."""
        return health_answer(self._newest(), self.folder, self._opened.fault)

    def answered_generation(self) -> int | None:
        """The generation that answers come from inside ``one_generation``; None before the
        first."""
        snapshot = self._opened.answered
        return snapshot.generation if snapshot else None

    def overview(self) -> dict[str, Any]:
        """What the start page tells of the archive; see ``search.answers.overview``."""
        return overview_answer(self._newest())

    def stats(self) -> dict[str, Any]:
        """What the archive holds, as ``podshivka stats`` prints it."""
        return stats_answer(self._newest(), self.folder)

    def _newest(self) -> Snapshot:
        return self._opened.newest()


def prepare(snapshot: Snapshot, earlier: Snapshot | None = None) -> None:
    """Read what first answers from a snapshot would have to read, and whatever those from an
    earlier one needed."""
    if earlier:
        snapshot.read_like(earlier)
    overview_answer(snapshot)
    for group in GROUPS:
        search_answer(snapshot, Request(group=group))
    complete_first_letters(snapshot)


def _docid(snapshot: Snapshot, id: str) -> int:
    docid = snapshot.docid(id)
    if docid is None:
        raise ArticleNotFound(id)
    return docid
