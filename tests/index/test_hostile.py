"""Hostile and broken input: each case is one rejected item that says why, and the rest goes in."""

import json
import os
import socket
from pathlib import Path

import pytest
import regex
from click.testing import CliRunner

from index.__main__ import commands
from index.indexing import index_sources
from index.readers import Limits, Reading, Row, find_sources, read_source
from index.readers.json_document import DEEPEST
from index.readers.table_records import records

TEXT = "Мост через реку открыли утром, сообщило управление дорог края."


@pytest.fixture
def read(tmp_path):
    """The texts, or kinds and reasons, of a file's items."""

    def write_and_read(content, name, split=None, **limits):
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        items = read_source(path, Reading(split=split, limits=Limits(**limits)))
        return [
            (item.content["text"] if isinstance(item, Row) else (item.kind, item.reason))
            for item in items
        ]

    return write_and_read


def refusals(paths, home):
    """What find_sources and read_source refuse: places below ``home``, kinds and reasons."""
    found = [item for path in find_sources(paths) for item in read_source(path)]
    return {
        item.place.removeprefix(f"{home}/"): (item.kind, item.reason)
        for item in found
        if not isinstance(item, Row)
    }


LONG = "а" * 600


@pytest.mark.parametrize(
    "name, content, expected",
    [
        (
            "a.jsonl",
            f'{{"text": "а"}}\n{{"text": "{LONG}"}}\n{{"text": "б"}}\n',
            ["а", ("too large", "a line of more than 1000 bytes; see --max-article-size"), "б"],
        ),
        (
            "a.json",
            f'[{{"text": "а"}}, {{"text": "{LONG * 200}"}}, {{"text": "б"}}]',
            ["а", ("too large", "an item of more than 1000 bytes; see --max-article-size")],
        ),
        (
            "a.csv",
            f"text,id\nа,1\n{LONG * 2},2\nб,3\n",
            ["а", ("too large", "a record of more than 1000 bytes; see --max-article-size"), "б"],
        ),
        (
            "a.txt",
            f"а\f{LONG}\fб",
            ["а", ("too large", "an article of more than 1000 bytes; see --max-article-size"), "б"],
        ),
        (
            "a.html",
            f"<html><body><article><p>{LONG}</p></article></body></html>",
            [("too large", "larger than 1000 bytes; see --max-article-size")],
        ),
    ],
)
def test_an_article_that_is_too_large_costs_no_other(read, name, content, expected):
    assert read(content, name, article_bytes=1000) == expected


def test_a_file_that_must_be_read_whole_and_is_too_large(read):
    feed = f'<rss version="2.0"><channel><item><title>{LONG}</title></item></channel></rss>'
    refusal = "too large", "larger than 1000 bytes; see --max-file-size"
    assert read(feed, "a.xml", file_bytes=1000) == [refusal]
    assert read(LONG, "a.txt", file_bytes=1000) == [refusal]


@pytest.mark.parametrize(
    "name, content, kind",
    [
        ("a.html", f"<html><body>{'<div>' * 10_000}<p>{TEXT}</p></body></html>", "nested too deep"),
        ("a.html", f"<html><body>{'<p>а</p>' * 40_000}</body></html>", "too large"),
        ("a.json", "[" * 100_000, "nested too deep"),
        ("a.json", '[{"text": ' + "[" * 100_000, "nested too deep"),
        ("a.json", '{"text":\n' * 100_000, "nested too deep"),
        ("a.jsonl", '{"text": ' * 100_000, "broken"),
    ],
)
def test_what_is_nested_too_deep(read, name, content, kind):
    ((found, _),) = read(content, name)
    assert found == kind


def test_json_may_be_nested_as_deep_as_any_article_is(read):
    deep = "[" * (DEEPEST - 2) + "]" * (DEEPEST - 2)
    assert read(f'[{{"text": "а", "x": {deep}}}]', "a.json") == ["а"]


ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
BOMB = f"""<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY e0 "ха">{ENTITIES}]>
<rss version="2.0"><channel><title>Река</title><item><title>&e9;</title></item></channel></rss>"""
FILE = """<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY e SYSTEM "file:///etc/passwd">]>
<rss version="2.0"><channel><item><title>Мост</title><description>&e;</description></item>
</channel></rss>"""


@pytest.mark.parametrize("content", [BOMB, FILE])
def test_entities_of_a_feed_are_refused(read, content):
    assert read(content, "a.xml") == [
        ("declares entities", "it declares entities, which no feed needs")
    ]


@pytest.mark.parametrize("name", ["a.jsonl", "a.html", "a.csv", "a"])
def test_nul_bytes(read, name):
    assert read(b"\0" * 5000, name)[0][0] == "unknown format"


BROKEN, GOOD = "Мо\0ст", "Паром ходит по расписанию, капитан обещает не опаздывать."


@pytest.mark.parametrize(
    "name, content, found",
    [
        ("a.jsonl", f'{{"text": "{BROKEN}"}}\n\0\0\n{{"text": "{GOOD}"}}\n', ["broken", "broken", GOOD]),
        ("a.json", f'[{{"text": "{GOOD}"}}, {{"text": "{BROKEN}"}}]', [GOOD, "broken"]),
        ("a.csv", f"id;text\n{BROKEN};а\n2;{GOOD}\n", ["а", GOOD]),
        ("a.html", f"<html><body><article><p>{GOOD}\0</p></article></body></html>", [GOOD]),
    ],
)  # fmt: skip
def test_nul_bytes_cost_what_they_stand_in(read, name, content, found):
    assert [item if isinstance(item, str) else item[0] for item in read(content, name)] == found


def test_what_is_no_file_is_named_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "fifo.jsonl")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "socket.txt"))
        assert refusals([str(tmp_path)], tmp_path) == {
            "fifo.jsonl": ("not a file", "a FIFO (JSONL can be piped to -); only files are read"),
            "socket.txt": ("not a file", "a socket; only files are read"),
        }
    assert refusals(["/dev/zero"], "/dev") == {
        "zero": ("not a file", "a device; only files are read")
    }


def test_links_are_followed_inside_the_folder_only(tmp_path):
    folder, other = tmp_path / "in", tmp_path / "out"
    for home in (folder, other):
        home.mkdir()
        (home / "a.txt").write_text(TEXT, "utf-8")
    (folder / "b.txt").symlink_to("a.txt")
    (folder / "c.txt").symlink_to(other / "a.txt")
    (folder / "d").symlink_to(other)
    (folder / "e").symlink_to("e")
    (folder / "f").symlink_to(".")
    out = "link", "a link that leads out of the folder; name it to have it read"
    nowhere = "link", "a link that leads nowhere"
    assert refusals([str(folder)], folder) == {"c.txt": out, "d": out, "e": nowhere}
    report = index_sources(tmp_path / "index", find_sources([str(folder)]))
    assert (report.new, report.duplicates.total, report.rejected) == (1, 1, 3)
    assert find_sources([str(folder / "c.txt"), str(folder / "d")]) == [
        folder / "c.txt",
        folder / "d" / "a.txt",
    ]


def test_a_folder_that_cannot_be_read_is_named(tmp_path, monkeypatch):
    scandir = os.scandir
    (tmp_path / "shut").mkdir()
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")

    def shut(path):
        if str(path).endswith("shut"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", shut)
    assert refusals([str(tmp_path)], tmp_path) == {
        "shut": ("unreadable", "cannot be read: Permission denied")
    }


def test_a_folder_that_tells_names_only_costs_what_lies_in_it(tmp_path, monkeypatch):
    stat, folder = Path.stat, tmp_path / "in"
    (folder / "names").mkdir(parents=True)
    for path in (folder / "a.txt", folder / "names" / "b.txt"):
        path.write_text(TEXT, "utf-8")

    def shut(path, **options):
        if path.parent.name == "names":
            raise PermissionError(13, "Permission denied", str(path))
        return stat(path, **options)

    monkeypatch.setattr(Path, "stat", shut)
    done = CliRunner().invoke(commands, ["index", str(folder), "--index", str(tmp_path / "index")])
    assert done.stdout.startswith("2 read: 1 new, 0 changed, 0 unchanged, 0 duplicates, 1 rejected")
    assert f"{folder / 'names' / 'b.txt'}: cannot be read: Permission denied" in done.stdout


def test_a_file_that_changes_while_it_is_read_is_reported(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "а"}\n{"text": "б"}\n', "utf-8")
    items = read_source(path)
    next(items)
    with path.open("a", encoding="utf-8") as file:
        file.write('{"text": "в"')
    last = list(items)[-1]
    assert (last.kind, last.place) == ("changed while read", str(path))
    assert last.reason == "changed while it was read; index it again when it is complete"


def test_many_tiny_files(tmp_path):
    folder = tmp_path / "news"
    for number in range(3000):
        home = folder / str(number % 30)
        home.mkdir(parents=True, exist_ok=True)
        (home / f"{number}.txt").write_text(f"Статья {number}", "utf-8")
    report = index_sources(tmp_path / "index", find_sources([str(folder)]), dry_run=True)
    assert (report.new, report.rejected) == (3000, 0)


def test_a_separator_that_takes_for_ever_is_given_up(read, monkeypatch):
    monkeypatch.setattr("index.readers.plain_text.LONGEST_SPLIT_S", 0.2)
    items = read("а" * 5000 + "!", "a.txt", split=regex.compile("(а|а?)+$"))
    assert items == [("cannot be split", "--split takes more than 0.2 s on it")]


@pytest.mark.parametrize(
    "options, complaint",
    [
        (["--split", "("], "'(' is no regular expression: missing )"),
        (["--split", "=*"], "'=*' matches nothing at all, and so between any two letters"),
        (["--max-unpacked", "0.5"], "0.5 is not in the range 1<=x"),
        (["--max-file-size", "0"], "0.0 is not in the range 0<x"),
    ],
)
def test_wrong_limits_are_wrong_usage(tmp_path, options, complaint):
    done = CliRunner().invoke(commands, ["index", str(tmp_path), *options])
    assert (done.exit_code, complaint in done.stderr) == (2, True), done.stderr


def test_limits_are_options(tmp_path):
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": "a" * 5000, "mentions": []}), "utf-8")
    command = ["index", str(tmp_path / "a.jsonl"), "--index", str(tmp_path / "i"), "--json"]
    done = CliRunner().invoke(commands, [*command, "--max-article-size", "0.001"])
    (found,) = json.loads(done.stdout)["findings"]["rejected"]
    assert (found["kind"], found["count"]) == ("too large", 1)
    assert json.loads(CliRunner().invoke(commands, command).stdout)["new"] == 1


@pytest.mark.parametrize(
    "name, line, head",
    [
        ("a.jsonl", "\n", '{"text": "а"}\n'),
        ("a.jsonl", "x\n", '{"text": "а"}\n'),
        ("a.csv", "\n", "text\nа\n"),
        ("a.csv", "x,y,z\n", "text,id\nа,1\n"),
        ("a.json", "1,", '[{"text": "а"},'),
    ],
)
def test_a_source_of_endless_nothing_is_given_up(read, monkeypatch, name, line, head):
    for module in ("lines", "sources", "csv_table"):
        monkeypatch.setattr(f"index.readers.{module}.MOST_IN_VAIN", 50)
    first, *others = read(head + line * 100, name)
    assert first == "а"
    assert others[-1][0] == "given up" and len(others) <= 51


def test_broken_records_are_read_again_up_to_a_limit(monkeypatch):
    monkeypatch.setattr("index.readers.table_records.LONGEST_RECORD", 100)
    monkeypatch.setattr("index.readers.table_records.MOST_AGAIN", 500)
    lines = ["title,text\n", *['x","\n'] * 1000, "Паром,Слова\n"]
    first, *found = records(lines, 10**6, strict=True)
    assert first == (1, ["title", "text"])
    assert len(found) < 30
    assert "lines are passed over" in str(found[-1][1])


def test_a_broken_record_costs_its_first_line_only():
    lines = ["title,text\n", '"x,"y\n', "Паром,Слова\n", '"x,\n', "Паром,Слова\n"]
    found = records(lines, 10**6, strict=True)
    assert [values for _, values in found if not isinstance(values, Exception)] == [
        ["title", "text"],
        ["Паром", "Слова"],
        ["Паром", "Слова"],
    ]
