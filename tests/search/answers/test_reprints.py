"""Reprints in answers: how many there are, where, and stories counted once."""

import pytest

from index.indexing import delete_articles, index_sources
from search import Archive, Request

BRIDGE = """В Заречье открыли новый мост через Каменку. Его строили четыре года, и всё это время
жители левого берега добирались до больницы паромом. Первым по мосту проехал автобус."""
ROWS = [
    {"id": "b", "title": "Мост", "date": "2021-05-04", "source": "Б", "persons": ["Олег Седов"]},
    {"id": "a", "title": "Мост", "date": "2021-05-03", "source": "А", "persons": ["Олег Седов"]},
    {"id": "c", "title": "Паром", "date": "2021-06", "source": "Б", "persons": []},
    {"id": "d", "title": "Паром", "source": "А", "persons": ["Игнат Белых"]},
    {
        "id": "e",
        "title": "Магазин",
        "text": "Пекарня у моста закрыта.",
        "date": "2021-05-03",
        "source": "Б",
        "persons": [],
    },
]


@pytest.fixture
def folder(tmp_path, write_rows):
    rows = [{"text": BRIDGE, "mentions": []} | row for row in ROWS]
    index_sources(tmp_path / "index", [write_rows(tmp_path / "rows.jsonl", rows)])
    return tmp_path / "index"


def hits(answer):
    return [(hit["id"], hit["reprints"], hit["first_publication"]) for hit in answer["results"]]


def counts(answer, facet):
    return {value["name"]: value["count"] for value in answer["facets"][facet]["values"]}


def test_every_hit_says_how_often_it_was_reprinted(folder):
    answer = Archive(folder).search(Request())
    assert answer["total"] == 5
    assert hits(answer) == [
        ("c", 3, "a"),
        ("b", 3, "a"),
        ("a", 3, "a"),
        ("e", 0, "e"),
        ("d", 3, "a"),
    ]


def test_a_folded_story_is_its_first_publication_and_counts_once(folder):
    answer = Archive(folder).search(Request(group="reprints"))
    assert (answer["total"], answer["articles"]) == (2, 5)
    assert hits(answer) == [("a", 3, "a"), ("e", 0, "e")]
    assert counts(answer, "source") == {"А": 1, "Б": 2}
    assert counts(answer, "person") == {"Олег Седов": 1, "Игнат Белых": 1}
    assert answer["facets"]["person"]["missing"] == 2
    assert answer["facets"]["date"]["missing"] == 1
    assert answer["facets"]["date"]["values"] == [
        {"start": "2021-05-03", "count": 2, "all": 2},
        {"start": "2021-05-04", "count": 1, "all": 1},
    ]
    assert answer["links"]["self"].endswith("?group=reprints")


@pytest.mark.parametrize(
    "asked, shown",
    [
        ({"q": "паром"}, [("a", 3, "a")]),
        ({"q": "title:паром"}, [("c", 3, "a")]),
        ({"date_from": "2021-05-04"}, [("b", 3, "a")]),
        ({"sort": "date", "limit": 1, "offset": 1}, [("e", 0, "e")]),
    ],
)
def test_the_first_of_the_matching_publications_is_shown(folder, asked, shown):
    assert hits(Archive(folder).search(Request(group="reprints", **asked))) == shown


@pytest.mark.parametrize("group", ["articles", "reprints"])
@pytest.mark.parametrize("interval", ["day", "month", "year"])
@pytest.mark.parametrize("q", ["", "title:паром", "пекарня OR title:мост"])
def test_as_many_are_found_behind_a_bar_as_it_counts(folder, q, interval, group):
    archive = Archive(folder)
    asked = Request(q=q, interval=interval, group=group)
    dates = archive.search(asked)["facets"]["date"]
    for bar in dates["values"]:
        inside = archive.search(asked.replace(date_from=bar["start"], date_to=bar["start"]))
        assert inside["total"] == bar["count"] <= bar["all"]
        everything = inside["facets"]["date"]["values"]
        assert [one["all"] for one in everything if one["start"] == bar["start"]] == [bar["all"]]
    assert archive.search(asked.replace(date_missing=True))["total"] == dates["missing"]


def test_completions_count_stories(folder):
    archive = Archive(folder)
    for group, count in (("articles", 2), ("reprints", 1)):
        (value,) = archive.facet("person", "Сед", Request(group=group))["values"]
        assert value["count"] == count


def test_a_reprint_stands_where_its_story_does(folder):
    archive, asked = Archive(folder), Request(group="reprints", sort="date")
    for id in "abcd":
        beside = archive.neighbours(id, asked)
        assert (beside["position"], beside["total"]) == (1, 2)
        assert (beside["previous"], beside["next"]["id"]) == (None, "e")
    assert archive.neighbours("d", Request(q="пекарня", group="reprints")) is None


def test_an_article_lists_its_publications_the_first_one_first(folder):
    article = Archive(folder).article("c")
    assert (article["reprints"], article["first_publication"]) == (3, "a")
    publications = article["publications"]
    assert [one["id"] for one in publications] == ["a", "b", "c", "d"]
    assert (publications[1]["title"], publications[1]["source"]) == ("Мост", "Б")
    assert [one["date"] for one in publications] == ["2021-05-03", "2021-05-04", "2021-06", None]
    assert Archive(folder).article("e")["publications"][0]["id"] == "e"


def test_a_deletion_makes_another_publication_the_first(folder):
    archive = Archive(folder)
    archive.search(Request())
    delete_articles(folder, ["a"])
    assert hits(archive.search(Request(group="reprints"))) == [("b", 2, "b"), ("e", 0, "e")]
