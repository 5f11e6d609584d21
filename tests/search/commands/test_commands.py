"""The commands that ask, as a shell sees them."""

import csv
import io
import json
import shutil

import pytest
from click.testing import CliRunner

from index.indexing import index_sources
from index.segment.arrays import Arrays
from search.__main__ import commands


@pytest.fixture
def run(folder):
    def run(*arguments, index=folder):
        return CliRunner().invoke(commands, [*arguments, "--index", str(index)])

    return run


def test_search_prints_hits(run):
    done = run("search", "тукумова")
    assert done.exit_code == 0
    assert done.stdout.splitlines() == [
        "1 found",
        "",
        "Первое заседание совета",
        "2022-08-19 · Каспийский вестник · council",
        "  Директор ИСИ Эркин Тукумов открыл заседание.",
        "  Э.Тукумов отметил рост перевозок.",
    ]
    assert done.stderr == ""


def test_words_of_a_query_need_no_quotes(run):
    assert run("search", "визит", "президента").stdout.startswith("1 found")
    assert run("search").stdout.startswith("8 found")


def test_a_query_may_begin_with_a_minus(folder):
    arguments = ["search", "--index", str(folder), "--", "-спорт"]
    assert CliRunner().invoke(commands, arguments).stdout.startswith("7 found")


def test_facets_are_printed_on_request(run):
    lines = run("search", "--facets", "person,date", "--facet-size", "2", "--limit", "0",
                "--person", "Фарид Шафиев", "--interval", "year").stdout.splitlines()  # fmt: skip
    assert lines == [
        "1 found",
        "",
        "person:",
        "       2  Андрей Ремизов",
        "       2  Екатерина Соловьёва",
        "*      1  Фарид Шафиев",
        "",
        "date:",
        "       1  2022",
    ]


def test_repairs_are_noted(run):
    assert "note: an opening bracket without a closing one" in run("search", "(визит").stdout


@pytest.mark.parametrize(
    "arguments, complaint",
    [
        (["--limit", "1000"], "limit: expected a number from 0 to 100, found '1000'"),
        (["--from", "вчера"], "from: 'вчера' is no date; write it like 2024-05-31"),
        (["--person-mode", "both"], "'both' is not one of 'any', 'all'"),
        (["date:вчера"], "'вчера' is no date; write it like 2024-05-31 (at 5)"),
        (["--persn", "А"], "No such option"),
        (["-спорт"], "Write -- before a query that begins with a minus"),
        (["визит", "-спорт"], "Write -- before a query that begins with a minus"),
        (["--after", "nothing"], "after: 'nothing' is neither a cursor nor the id of an article"),
        (["--format", "csv", "--after", "nothing"], "after: 'nothing' is neither a cursor nor"),
        (["визит", "--after", "visit"], "after: by relevance, or with group, it goes on only"),
        (["--format", "csv", "--limit", "all"], "limit: expected a number from 0 to 1000000000"),
        (["--json", "--format", "csv"], "--json and --format exclude each other"),
    ],
)
def test_wrong_usage_exits_with_2(run, arguments, complaint):
    done = run("search", *arguments)
    assert done.exit_code == 2
    assert complaint in done.stderr


def test_an_empty_archive_is_noted(run, tmp_path):
    for command in ("search", "stats"):
        done = run(command, index=tmp_path / "none")
        assert done.exit_code == 0
        assert done.stderr == (
            f"{tmp_path / 'none'}: no articles yet; add some with: podshivka index PATH\n"
        )


def test_exports_hold_every_hit(tmp_path, write_rows):
    rows = [{"id": str(n), "text": "мост", "mentions": []} for n in range(250)]
    index_sources(tmp_path / "index", [write_rows(tmp_path / "a.jsonl", rows)])

    def exported(*options):
        arguments = ["search", "мост", "--format", "csv", "--index", str(tmp_path / "index")]
        done = CliRunner().invoke(commands, [*arguments, *options])
        return [
            row["id"] for row in csv.DictReader(io.StringIO(done.stdout.removeprefix("\ufeff")))
        ]

    assert len(exported()) == len(set(exported())) == 250
    assert len(exported("--limit", "5")) == 5
    assert len(exported("--limit", "101")) == 101


@pytest.mark.parametrize("field", ["cursor", "id"])
def test_an_export_goes_on_after_its_last_line(run, field):
    whole = run("search", "--format", "jsonl", "--sort", "date").stdout.splitlines()
    begun = run("search", "--format", "jsonl", "--sort", "date", "--limit", "3").stdout.splitlines()
    last = json.loads(begun[-1])[field]
    rest = run("search", "--format", "jsonl", "--sort", "date", "--after", last).stdout.splitlines()
    assert begun + rest == whole
    answer = json.loads(run("search", "--json", "--sort", "date", "--after", last).stdout)
    assert [hit["id"] for hit in answer["results"]] == [json.loads(line)["id"] for line in rest]


def test_show(run):
    lines = run("show", "council").stdout.splitlines()
    assert lines[:2] == ["Первое заседание совета", "2022-08-19 · Каспийский вестник"]
    assert lines[-3:] == ["Persons: Эркин Тукумов; Фарид Шафиев", "", "Organizations: ИСИ; ЦАМО"]
    assert json.loads(run("show", "council", "--json").stdout)["id"] == "council"


def test_show_of_an_unknown_article(run):
    done = run("show", "nothing")
    assert (done.exit_code, done.stderr) == (1, "Error: no article has the id 'nothing'\n")


def test_stats(run):
    assert json.loads(run("stats", "--json").stdout)["articles"] == 8
    assert "articles  8" in run("stats").stdout


def test_search_says_what_was_meant(run):
    lines = run("search", "призидент", "щщщщ").stdout.splitlines()
    assert lines == ["0 found", "note: no article has the word 'призидент'",
                     "note: no article has the word 'щщщщ'"]  # fmt: skip
    assert run("search", "призидент").stdout.splitlines()[1] == "did you mean: президент (2 found)"


def test_a_value_may_begin_with_a_minus(run):
    newest = run("search", "визит", "--sort", "-date")
    assert newest.stdout == run("search", "визит", "--sort=-date").stdout
    assert newest.stdout.index("2022-08-24") < newest.stdout.index("2021-05-02")


def test_a_damaged_file_over_which_a_command_fails_is_named(run, folder, tmp_path):
    copied = tmp_path / "index"
    shutil.copytree(folder, copied)
    path = max(copied.glob("*.seg"), key=lambda path: path.stat().st_size)
    entry = Arrays(path).facts["arrays"]["store.bytes"]
    content = bytearray(path.read_bytes())
    content[entry["offset"]] ^= 1
    path.write_bytes(content)
    done = run("search", "тукумова", index=copied)
    assert done.exit_code == 1
    assert done.stderr == f"Error: {path}: store.bytes is not what was written; index anew\n"
