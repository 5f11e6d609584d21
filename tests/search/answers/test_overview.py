"""The overview: the last month, the calendar of sources, and examples that find something."""

from index.indexing import index_sources
from search import Archive, Request


def test_who_is_named_in_the_last_month_is_held_against_the_month_before(tmp_path, write_rows):
    rows = [
        {"text": f"{n}", "date": date, "persons": persons, "organizations": ["Совет"]}
        for n, (date, persons) in enumerate(
            [
                ("2022-01-31", ["Анна Белых"]),
                ("2021-12-01", ["Анна Белых"]),
                ("2021-12", ["Анна Белых", "Ольга Дюма"]),
                ("2021", ["Ольга Дюма"]),
                ("2021-11-30", ["Ольга Дюма"]),
            ]
        )
    ]
    rows = [row | {"mentions": []} for row in rows]
    index_sources(tmp_path / "index", [write_rows(tmp_path / "rows.jsonl", rows)])
    named = Archive(tmp_path / "index").overview()["named"]
    assert (named["month"], named["before"]) == ("2022-01", "2021-12")
    assert (named["articles"], named["articles_before"]) == (1, 2)
    assert [(p["name"], p["count"], p["before"]) for p in named["persons"]] == [
        ("Анна Белых", 1, 2)
    ]
    assert [(o["name"], o["count"], o["before"]) for o in named["organizations"]] == [
        ("Совет", 1, 2)
    ]


def test_the_calendar_counts_months_by_source(archive):
    calendar = archive.overview()["calendar"]
    assert calendar["sources"] == 2
    whole, first, second = calendar["rows"]
    assert (whole["source"], whole["articles"], whole["undated"]) == (None, 8, 1)
    assert [year["year"] for year in whole["years"]] == [2020, 2021, 2022, 2023]
    assert whole["years"][0]["months"] == [None, 1, *[0] * 10]
    assert whole["years"][2] == {
        "year": 2022, "months": [0] * 7 + [2, 1, 0, 0, 0], "coarse": 1, "articles": 4
    }  # fmt: skip
    assert whole["years"][3]["months"] == [1, *[None] * 11]
    assert whole["gaps"] == 36 - 5
    assert (first["source"], first["articles"]) == ("Каспийский вестник", 5)
    assert (second["source"], second["gaps"]) == ("Деловая газета", 15)


def test_the_calendar_counts_every_dated_article_once(demo_folder):
    for row in Archive(demo_folder).overview()["calendar"]["rows"]:
        dated = sum(year["articles"] for year in row["years"])
        assert dated + row["undated"] == row["articles"]
        for year in row["years"]:
            assert sum(filter(None, year["months"])) + year["coarse"] == year["articles"]


def test_examples_find_something_here(archive, demo_folder):
    for one in (archive, Archive(demo_folder)):
        examples = one.overview()["examples"]
        assert {"words", "phrase", "person", "org", "date"} <= {row["kind"] for row in examples}
        for row in examples:
            assert (
                one.search(Request(q=row["q"], group="reprints"))["total"] == row["stories"] > 0
            ), row


def test_an_empty_archive_has_an_empty_overview(tmp_path):
    overview = Archive(tmp_path / "none").overview()
    assert overview["named"] is None and overview["examples"] == []
    assert overview["calendar"]["rows"][0]["years"] == []


def test_stats_say_when_the_index_changed(archive, tmp_path):
    assert archive.stats()["indexed"].endswith("+00:00")
    assert Archive(tmp_path / "none").stats()["indexed"] is None
