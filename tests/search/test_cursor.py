"""Going on from a cursor: nothing comes twice and nothing is lost, whatever is added and deleted
between two pages."""

import re
from itertools import islice

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.rows import article_from_row
from index.schema import NO_DATE
from index.writer import IndexWriter
from search import Archive, ParameterError, Request
from search.cursor import Cursor

WORDS = "мост река лодка паром".split()
SORTS = ["relevance", "date", "-date"]
QUERIES = ["", "мост", "мост OR река", "лодка паром", '"мост река"', "-мост", "title:мост"]

contents = st.fixed_dictionaries(
    {
        "title": st.sampled_from(["", "Мост", "Паром через реку"]),
        "text": st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join),
        "date": st.sampled_from([None, "2021", "2022-08-19", "2022-08-20"]),
        "mentions": st.just([]),
    }
)
ids = st.text("абя/=-09z", min_size=1, max_size=3)
corpora = st.dictionaries(ids, contents, min_size=1, max_size=30)
of_a_folder = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def write(folder, rows, deleted=(), merged=False):
    with IndexWriter(folder) as writer:
        for id in deleted:
            writer.delete(id)
        for id, row in rows.items():
            writer.add(article_from_row(row | {"id": id})[0])
        writer.commit(optimize=merged)


@pytest.fixture
def written(tmp_path_factory):
    """Writes rows by their ids into an index of its own; its folder."""

    def build(rows):
        folder = tmp_path_factory.mktemp("index")
        write(folder, rows)
        return folder

    return build


def pages(archive, request):
    """The ids of each page, from one cursor to the next."""
    while True:
        answer = archive.search(request)
        yield [hit["id"] for hit in answer["results"]]
        if answer["next"] is None:
            return
        request = request.replace(after=answer["next"])


@of_a_folder
@given(
    corpora, st.sampled_from(QUERIES), st.integers(1, 9), st.sampled_from(["articles", "reprints"])
)
def test_the_pages_are_the_whole_list_cut(written, rows, q, limit, group):
    archive = Archive(written(rows))
    for sort in SORTS:
        request = Request(q=q, sort=sort, group=group, facets=(), limit=limit)
        whole = archive.search(request.replace(limit=100))
        expected = [hit["id"] for hit in whole["results"]]
        cut = [expected[n : n + limit] for n in range(0, len(expected), limit)] or [[]]
        assert list(pages(archive, request)) == cut
        assert whole["next"] is None


steps = st.lists(
    st.tuples(corpora, st.sets(ids, max_size=4), st.booleans()), min_size=1, max_size=4
)


@of_a_folder
@given(corpora, steps, st.sampled_from(QUERIES), st.sampled_from(SORTS[1:]), st.integers(1, 6))
def test_what_is_there_all_the_time_comes_once_by_date(written, rows, steps, q, sort, limit):
    folder = written(rows)
    archive = Archive(folder)
    request = Request(q=q, sort=sort, facets=(), limit=limit)
    lasting = {hit["id"] for hit in archive.search(request.replace(limit=100))["results"]}
    read, changes = [], iter(steps)
    for page in pages(archive, request):
        read += page
        added, deleted, merged = next(changes, ({}, (), False))
        # the article at which the cursor stands may go too
        deleted = {*deleted, *page[-1:]} if merged else deleted
        write(folder, added, deleted, merged)
        lasting -= {*added, *deleted}
    assert [id for id in read if id in lasting] == list(
        dict.fromkeys(i for i in read if i in lasting)
    )
    assert lasting <= set(read)


@of_a_folder
@given(corpora, steps, st.sampled_from(SORTS[1:]), st.integers(1, 6))
def test_so_it_does_in_an_export_that_goes_on_from_a_line(written, rows, steps, sort, limit):
    folder = written(rows)
    archive = Archive(folder)
    request = Request(sort=sort)
    lasting, read = set(rows), []
    for added, deleted, merged in steps:
        lines = list(islice(archive.export(request), limit))
        read += [line["id"] for line in lines]
        write(folder, added, deleted, merged)
        lasting -= {*added, *deleted}
        if lines:
            request = request.replace(after=lines[-1]["cursor"])
    read += [line["id"] for line in archive.export(request)]
    left = [id for id in read if id in lasting]
    assert len(left) == len(set(left)) == len(lasting)


@of_a_folder
@given(corpora, st.sampled_from(QUERIES), st.sampled_from(SORTS), st.integers(1, 9))
def test_pieces_of_an_export_put_together_are_the_whole(written, rows, q, sort, limit):
    archive = Archive(written(rows))
    request = Request(q=q, sort=sort)
    whole, pieces = list(archive.export(request)), []
    piece = archive.export(request, limit)
    while True:
        pieces += piece
        if piece.next is None:
            break
        piece = archive.export(request.replace(after=piece.next), limit)
    assert pieces == whole


def test_an_id_will_do_by_date(archive):
    def after(id, sort):
        return [row["id"] for row in archive.export(Request(sort=sort, after=id))]

    whole = [row["id"] for row in archive.export(Request(sort="date"))]
    assert [after(id, "date") for id in whole] == [whole[n:] for n in range(1, len(whole) + 1)]
    assert after("council", "-date") == ["year", "sport", "names/1", "undated"]


def test_an_offset_counts_from_the_cursor(archive):
    first, *others = archive.export(Request())
    answer = archive.search(Request(after=first["cursor"], offset=2, limit=1))
    assert [hit["id"] for hit in answer["results"]] == [others[2]["id"]]
    assert "previous" not in answer["links"]
    assert archive.search(Request(after=first["cursor"], limit=0))["next"] is None


def test_by_relevance_a_changed_order_is_said(written):
    rows = {f"n{n}": {"text": "мост " * (n % 5 + 1), "mentions": []} for n in range(40)}
    folder = written(rows)
    archive = Archive(folder)
    request = Request(q="мост", facets=(), limit=15)
    answer = archive.search(request)
    following = request.replace(after=answer["next"])
    assert archive.search(following)["query"]["warnings"] == []
    write(folder, {"new": {"text": "Мост через реку.", "mentions": []}}, ["n7"])
    again = archive.search(following)
    (warning,) = again["query"]["warnings"]
    assert (warning["code"], "by date, each comes once" in warning["message"]) == (
        "reordered",
        True,
    )
    known = {hit["id"] for hit in answer["results"]}
    assert not known & {hit["id"] for hit in again["results"]}
    with pytest.raises(ParameterError, match="after: by relevance, .* sort by date"):
        archive.export(following)
    fresh = archive.search(following.replace(after=again["next"]))
    assert fresh["query"]["warnings"] == []


def test_by_relevance_it_goes_on_where_a_deleted_article_stood(written):
    rows = {f"n{n}": {"text": "река " * n + "мост", "mentions": []} for n in range(1, 30)}
    folder = written(rows)
    archive = Archive(folder)
    request = Request(q="мост", facets=(), limit=12)
    shown, left = list(islice(pages(archive, request), 2))
    cursor = archive.search(request)["next"]
    write(folder, {}, [shown[-1]])
    answer = archive.search(request.replace(after=cursor))
    assert [hit["id"] for hit in answer["results"]] == left
    assert [note["code"] for note in answer["query"]["warnings"]] == ["reordered"]


STORY = (
    "В городе открыли новый мост через реку, движение по которому начнётся после испытаний, "
    "сообщил министр транспорта на совещании с подрядчиками и жителями района. "
)


def test_a_story_that_an_earlier_reprint_moves_is_said(written):
    def story(date):
        return {"text": STORY * 2, "date": date, "mentions": []}

    rows = {
        f"n{n}": {"text": f"Новость {n}.", "date": f"2022-06-0{n}", "mentions": []}
        for n in range(1, 7)
    }
    folder = written(rows | {"later": story("2022-06-09"), "story": story("2022-06-08")})
    archive = Archive(folder)
    request = Request(sort="-date", group="reprints", facets=(), limit=2)
    following = request.replace(after=archive.search(request)["next"])
    assert archive.search(following)["query"]["warnings"] == []
    write(folder, {"first": story("2022-06-01")})
    answer = archive.search(following)
    assert [note["code"] for note in answer["query"]["warnings"]] == ["reordered"]
    with pytest.raises(ParameterError, match="after: .* with group"):
        archive.export(following)
    with pytest.raises(ParameterError, match="after: .* with group"):
        archive.search(request.replace(after="n5"))
    assert (
        archive.search(following.replace(group="articles", after="n5"))["query"]["warnings"] == []
    )


def test_the_same_in_another_order_is_the_same_search(archive):
    request = Request.of("", person=["Эркин Тукумов", "Сергей Иванов"], limit=1)
    cursor = archive.search(request)["next"]
    turned = Request.of("", person=["Сергей Иванов", "Эркин Тукумов"], after=cursor)
    assert len(archive.search(turned)["results"]) == archive.search(request)["total"] - 1


def test_what_is_shown_may_change_and_what_is_searched_may_not(archive):
    cursor = archive.search(Request(q="мост OR визит OR совет", sort="date", limit=2))["next"]
    same = Request(q="мост OR визит OR совет", sort="date", after=cursor, limit=1, facets=("org",))
    assert archive.search(same.replace(explain=True, interval="year"))["results"]
    for other in (
        same.replace(q="мост"),
        same.replace(sort="-date"),
        same.replace(sort=None),
        same.replace(group="reprints"),
        same.replace(date_from="2021"),
        same.replace(date_missing=True),
    ):
        with pytest.raises(ParameterError, match="after: a cursor of another search") as error:
            archive.search(other)
        assert (error.value.parameter, error.value.rule) == ("after", "search")
    assert same.select("person", "Эркин Тукумов").after is None


@pytest.mark.parametrize("given", ["nothing", "é", "AQ", "=", "A" * 55, "\udcff", "a" * 5000])
def test_what_is_no_cursor_is_refused(archive, given):
    for ask in (archive.search, archive.export):
        with pytest.raises(ParameterError, match="neither a cursor nor the id of an article"):
            ask(Request(after=given))


def test_a_part_of_a_cursor_is_none(archive):
    cursor = archive.search(Request(limit=1))["next"]
    assert re.fullmatch(r"[\w-]{40,80}", cursor)
    for n in range(1, len(cursor)):
        with pytest.raises(ParameterError, match="neither a cursor"):
            archive.search(Request(after=cursor[:n]))


def test_an_id_says_nothing_of_the_order_by_relevance(archive):
    with pytest.raises(ParameterError, match="by relevance") as error:
        archive.search(Request(q="визит", after="visit"))
    assert error.value.rule == "order"


@given(
    st.binary(min_size=4, max_size=4),
    st.integers(0, 2**32 - 1),
    st.integers(NO_DATE, 3_652_059),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(st.characters(codec="utf-8")),
)
def test_a_cursor_is_read_as_it_was_written(search, generation, day, score, id):
    cursor = Cursor(search, generation, day, score, id)
    assert Cursor.read(str(cursor)) == cursor


@given(st.text() | st.binary().map(lambda content: content.hex()))
def test_any_other_text_is_no_cursor(text):
    assert Cursor.read(text) is None


def test_a_cursor_of_another_archive_is_read_by_its_date(archive, written):
    rows = {f"n{n}": {"text": "мост", "date": f"202{n}", "mentions": []} for n in range(5)}
    foreign = Archive(written(rows)).search(Request(sort="date", limit=3))["next"]
    answer = archive.search(Request(sort="date", after=foreign))
    found = [hit["id"] for hit in answer["results"]]
    assert found == ["year", "council", "visit", "steel", "given", "undated"]
