"""Comparison: counts on one time line, what items share, and what may be asked."""

import csv
import io
import json
from urllib.parse import urlencode

import pytest
from click.testing import CliRunner

from search import Comparison, ParameterError, Request
from search.answers.comparison import comparison_csv
from web.app import create_app
from web.cli import podshivka

ASKED = [("q", "визит"), ("person", "Тукумов"), ("org", "ЦАМО")]


def compare(archive, *pairs):
    return archive.compare(Comparison.from_params(pairs))


def test_every_item_is_counted_on_the_same_months(archive):
    answer = compare(archive, *ASKED)
    items = [(item["field"], item["name"], item["articles"]) for item in answer["items"]]
    assert items == [("person", "Эркин Тукумов", 2), ("org", "ЦАМО", 3), ("q", "визит", 3)]
    assert (answer["interval"], answer["auto"]) == ("month", "month")
    assert answer["intervals"] == ["month", "year"]
    starts = [value["start"] for value in answer["values"]]
    assert (starts[0], starts[-1], len(starts)) == ("2021-05", "2023-01", 21)
    by_start = {value["start"]: value for value in answer["values"]}
    assert by_start["2022-08"] == {"start": "2022-08", "total": 2, "counts": [1, 1, 1]}
    assert by_start["2022-09"] == {"start": "2022-09", "total": 1, "counts": [0, 0, 0]}
    assert [(item["coarse"], item["missing"]) for item in answer["items"]] == [
        (0, 0),
        (1, 0),
        (0, 1),
    ]


def test_what_two_items_share_is_what_a_search_for_both_finds(archive):
    together = compare(archive, *ASKED)["together"]
    for row, (field, value) in enumerate([ASKED[1], ASKED[2], ASKED[0]]):
        for column, other in enumerate([ASKED[1], ASKED[2], ASKED[0]]):
            both = dict([(field, value), other])
            found = archive.search(Request.from_params(both.items()))["total"]
            assert together[row][column] == found


def test_a_range_of_dates_bounds_items_and_totals(archive):
    answer = compare(archive, *ASKED, ("from", "2022-08"), ("to", "2022-08"), ("interval", "day"))
    assert [value["start"] for value in answer["values"]] == [
        f"2022-08-{day}" for day in range(19, 25)
    ]
    assert sum(value["total"] for value in answer["values"]) == 2


def test_of_a_month_that_is_asked_for_in_part_only_that_part_is_counted(archive):
    part = compare(archive, ("q", "визит"), ("from", "2022-08-20"), ("interval", "month"))
    assert part["values"][0] == {"start": "2022-08", "total": 1, "counts": [1]}


def test_an_interval_holds_for_all_however_long_the_archive_is(tmp_path, write_rows):
    from index.indexing import index_sources
    from search import Archive

    rows = [
        {"text": text, "date": date, "mentions": []}
        for text, date in [("мост", "2022-08-19"), ("река", "2022-08-20"), ("лес", "1850-01-01")]
    ]
    index_sources(tmp_path / "index", [write_rows(tmp_path / "rows.jsonl", rows)])
    answer = compare(Archive(tmp_path / "index"), ("q", "мост"), ("q", "река"))
    assert answer["interval"] == "day"
    assert [value["total"] for value in answer["values"]] == [1, 1]


def test_names_that_are_unknown_or_several_are_told(archive):
    answer = compare(archive, ("person", "Никто"), ("person", "Сергей Иванов"), ("q", "(визит"))
    codes = [[w["code"] for w in item["warnings"]] for item in answer["items"]]
    assert codes == [["unknown-name"], ["ambiguous-name"], ["bracket"]]
    assert [item["articles"] for item in answer["items"]] == [0, 1, 3]


def test_nothing_is_compared_without_items(archive):
    answer = compare(archive)
    assert (answer["items"], answer["values"], answer["together"]) == ([], [], [])


@pytest.mark.parametrize(
    "pairs, rule",
    [
        ([("colour", "red")], "unknown"),
        ([("q", str(n)) for n in range(6)], "most"),
        ([("from", "вчера")], "date"),
        ([("q", "а"), ("from", "2023"), ("to", "2022")], "range"),
        ([("q", "date:вчера")], "query"),
        ([("interval", "week")], "choice"),
    ],
)
def test_what_cannot_be_understood_names_its_parameter(pairs, rule):
    with pytest.raises(ParameterError) as raised:
        Comparison.from_params(pairs)
    assert (raised.value.rule, raised.value.parameter) == (
        rule,
        pairs[-1][0] if rule != "range" else "from",
    )


def test_parameters_come_back_without_what_is_empty_or_twice():
    pairs = [("q", " мост "), ("q", "мост"), ("person", ""), ("to", "19.08.2022"), ("org", "А")]
    asked = Comparison.from_params([*pairs, ("interval", "auto")])
    assert asked.to_params() == [("org", "А"), ("q", "мост"), ("to", "2022-08-19")]


def test_the_table_has_a_column_an_item_and_no_formula(archive):
    answer = compare(archive, ("q", "=визит"), ("person", "Тукумов"), ("interval", "year"))
    rows = list(csv.reader(io.StringIO(comparison_csv(answer).removeprefix("\ufeff"))))
    assert rows == [
        ["year", "Эркин Тукумов", "'=визит", "all"],
        ["2021", "1", "1", "1"],
        ["2022", "1", "1", "4"],
    ]


def test_library_command_and_api_agree(archive, folder):
    pairs = [*ASKED, ("from", "2021"), ("interval", "year")]
    client = create_app(folder).test_client()
    arguments = ["--person=Тукумов", "--org=ЦАМО", "--query=визит", "--from=2021"]
    arguments += ["--interval=year", f"--index={folder}"]
    printed = CliRunner().invoke(podshivka, ["compare", "--json", *arguments])
    assert client.get(f"/api/v1/compare?{urlencode(pairs)}").json == json.loads(printed.stdout)
    assert json.loads(printed.stdout) == compare(archive, *pairs)
    table = client.get(f"/api/v1/compare?{urlencode([*pairs, ('format', 'csv')])}")
    assert table.mimetype == "text/csv"
    written = CliRunner().invoke(podshivka, ["compare", "--format=csv", *arguments])
    assert written.stdout_bytes == table.data


def test_the_command_prints_a_time_line(folder):
    done = CliRunner().invoke(
        podshivka,
        ["compare", f"--index={folder}", "--org=ЦАМО", "--query=визит", "--interval=year"],
    )
    assert done.stdout.splitlines() == [
        "1       3  ЦАМО",
        "2       3  визит",
        "1 and 2: 0 together",
        "",
        "      year       1       2     all",
        "      2021       0       1       1",
        "      2022       2       1       4",
        "      2023       1       0       1",
    ]


@pytest.mark.parametrize("arguments", [[], ["--from=x", "--query=а"], ["--json", "--format=csv"]])
def test_the_command_refuses_what_is_wrong(folder, arguments):
    done = CliRunner().invoke(podshivka, ["compare", f"--index={folder}", *arguments])
    assert done.exit_code == 2
