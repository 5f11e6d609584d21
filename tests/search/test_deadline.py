"""Deadlines: what takes too long is given up wherever it has got to, and nothing else is."""

import time

import pytest

from search import Archive, Comparison, Request, TimeLimit, limited
from search.deadline import check

ASKED = ("совет", "визит OR мост", "-спорт", "тран*", "т*н", "сов?т", "визот~2", '"совет экспертов"',
         "совет / Казахстан", '"визит Баку"~5', "!стали", "title:совет", "date:2022")  # fmt: skip


@pytest.fixture
def clock(monkeypatch):
    """A clock that goes on by a second whenever it is looked at."""
    seconds = iter(range(10**6))
    monkeypatch.setattr(time, "monotonic", lambda: next(seconds))


@pytest.mark.parametrize("q", ASKED)
def test_every_kind_of_query_looks_at_the_clock(archive, clock, q):
    with limited(0.5), pytest.raises(TimeLimit, match="longer than 0.5 s"):
        archive.search(Request(q=q))
    with limited(10**5):
        assert archive.search(Request(q=q))["query"]["q"] == q


def test_so_do_snippets_facets_exports_and_comparisons(archive, clock):
    everything = Request()
    for asked in (
        lambda: archive.search(everything),
        lambda: archive.search(everything.replace(facets=())),
        lambda: archive.search(everything.replace(limit=0)),
        lambda: list(archive.export(everything)),
        lambda: archive.facet("person", "", everything),
        lambda: archive.compare(Comparison.from_params([("q", "совет"), ("person", "Тукумов")])),
    ):
        with limited(0.5), pytest.raises(TimeLimit):
            asked()


def test_a_limit_ends_with_its_block_and_the_one_around_it_is_in_force_again(clock):
    check()
    with limited(100):
        with limited(0.5), pytest.raises(TimeLimit):
            check()
        check()
    check()


def test_an_answer_that_was_given_up_leaves_nothing_behind(folder, clock):
    archive = Archive(folder)
    for seconds in range(1, 12):
        try:
            with limited(seconds):
                archive.search(Request(q="т*н OR визот~2 OR совет"))
        except TimeLimit:
            continue
    again = archive.search(Request(q="т*н OR визот~2 OR совет"))
    fresh = Archive(folder).search(Request(q="т*н OR визот~2 OR совет"))
    for answer in (again, fresh):
        del answer["elapsed_ms"]
    assert again == fresh
