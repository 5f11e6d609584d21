"""The report of a run: every number in it, for a folder with one file of each kind."""

import json
import shutil
from pathlib import Path

import pytest
from article_writers import jsonl
from click.testing import CliRunner
from one_of_each import TEXTS, files

from index.__main__ import commands
from index.findings import NAMED
from index.indexing import index_sources
from index.readers import FORMATS, find_sources

FILES = Path(__file__).parent / "files"


def counts(report) -> dict:
    told = report.to_dict()
    return {name: told[name] for name in told if name not in ("seconds", "findings")}


def kinds(report, home: Path) -> dict:
    """What was found: for each sort the kinds, with what is named of each."""
    return {
        name: {
            kind["kind"]: [line.replace(f"{home}/", "") for line in kind["first"]] for kind in found
        }
        for name, found in report.to_dict()["findings"].items()
    }


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    """A copy of the files, in a folder of its own."""
    return Path(shutil.copytree(FILES, tmp_path_factory.mktemp("report") / "files"))


@pytest.fixture(scope="module")
def first(home):
    """The report of indexing the files into an index beside them."""
    return index_sources(home.parent / "index", find_sources([str(home)]))


def test_the_stored_files_hold_what_their_writer_writes():
    assert {path.name for path in FILES.iterdir()} == set(files())


def test_every_number(first):
    assert counts(first) == {
        "read": 34, "new": 26, "changed": 0, "unchanged": 0, "rejected": 7, "duplicates": 1,
        "undated": 10, "guessed": 4, "rejected_dates": 1, "conflicts": 2, "repaired": 1,
        "redecoded": 2, "warnings": 0, "interrupted": False,
    }  # fmt: skip


def test_every_finding(first, home):
    found = kinds(first, home)
    assert found["rejected"] == {
        "no text": [
            "archive.jsonl, line 3: text: no title and no text; one of them is required, the row has id; index --map text=COLUMN names another column",
            "empty.txt: empty",
        ],
        "broken": ["archive.jsonl, line 5: not JSON: unexpected end of data (column 18)"],
        "damaged": ["damaged.docx: a damaged ZIP archive: File is not a zip file"],
        "path leaves the archive": [
            "folder.zip!/../выше.txt: its path leaves the archive; it is not read"
        ],
        "unknown format": [f"picture.jpg: not one of: {', '.join(FORMATS)}"],
        "no text layer": [
            "scan.pdf: no text layer: it holds pictures of pages; recognise them (OCR) first"
        ],
    }
    assert found["duplicates"] == {
        "at another address": ["archive.jsonl, line 2: the same as 'jsonl-1'"]
    }
    assert found["undated"] == {
        "no date": [
            "cp866.txt", "decoded-wrongly.txt", "document.odt",
            "folder.tar.gz!/рыбаки.txt", "koi8-r.txt", "letter.eml!/вода.txt",
            "table.tsv, line 2", "text.gz", "utf-16.txt", "windows-1251.txt",
        ]
    }  # fmt: skip
    assert found["guessed"] == {
        "file name": ["folder.zip!/туристы-2022-08-18.txt: 2022-08-18"],
        "text": ["newspaper.txt: 2022-08-19"],
        "document": ["document.docx: 2013-12-23", "page.pdf: 2022-08-20"],
    }
    assert found["rejected_dates"] == {
        "given": ["table.tsv, line 2: given: 2199-01-01 is yet to come"]
    }
    assert found["conflicts"] == {
        "url against metadata": [
            "crawl.warc!/https://gazeta.example/warc: 2021-03-04 against 2022-08-19, which is kept",
            "page.html: 2021-03-04 against 2022-08-19, which is kept",
        ]
    }
    assert found["repaired"] == {"newspaper text": ["newspaper.txt"]}
    assert found["redecoded"] == {
        "wrong encoding": ["archive.jsonl, line 4", "decoded-wrongly.txt"]
    }
    assert "warnings" not in found


def test_what_goes_in_is_what_was_written(first, home):
    from search import Archive
    from search.request import Request

    found = Archive(home.parent / "index").search(Request(limit=100))
    assert found["total"] == first.new
    texts = " ".join(
        result["snippets"][0]["text"] for result in found["results"] if result["snippets"]
    )
    assert "утвердили" in texts


def test_the_same_again_changes_nothing(first, home):
    again = index_sources(home.parent / "index", find_sources([str(home)]))
    assert (again.read, again.new, again.changed) == (first.read, 0, 0)
    assert (again.unchanged, again.duplicates.total) == (first.new, 1)
    assert again.rejections.counts == first.rejections.counts
    nothing = ("undated", "guessed", "rejected_dates", "conflicts", "repaired", "redecoded")
    assert {name: counts(again)[name] for name in nothing} == dict.fromkeys(nothing, 0)


def test_what_is_edited_is_changed(tmp_path):
    names = ("koi8-r.txt", "cp866.txt", "page.html")
    paths = [Path(shutil.copy(FILES / name, tmp_path)) for name in names]
    assert index_sources(tmp_path / "index", paths).new == 3
    paths[0].write_text(f"{TEXTS['koi8']} Мосты целы.", "utf-8")
    report = index_sources(tmp_path / "index", paths)
    assert (report.new, report.changed, report.unchanged) == (0, 1, 2)


def test_no_more_than_the_first_of_a_kind_are_named(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(jsonl({"text": 1}) + jsonl({}) * 30 + b"{\n" * 25)
    report = index_sources(tmp_path / "index", [path], dry_run=True)
    assert report.rejections.counts == {"no text": 30, "broken": 25}
    assert [len(named) for named in report.rejections.first.values()] == [NAMED, NAMED]
    assert report.rejections.first["no text"][0].startswith(f"{path}, line 2: ")
    lines = list(report.lines())
    assert lines.count("    … and 10 more") == lines.count("    … and 5 more") == 1


def test_on_the_command_line(home, tmp_path):
    def run(*options):
        arguments = ["index", str(home), "--index", str(tmp_path / "i"), "--dry-run", *options]
        return CliRunner().invoke(commands, arguments)

    shown = run()
    assert shown.exit_code == 0
    assert shown.stdout.startswith(
        "34 read: 26 new, 0 changed, 0 unchanged, 1 duplicate, 7 rejected ("
    )
    for line in (
        "10 without a date (no date 10)",
        "1 with repaired text (newspaper text 1)",
        "2 decoded wrongly once, put right (wrong encoding 2)",
    ):
        assert line in shown.stdout.splitlines()
    assert shown.stdout.count("\n--- ") == 3
    told = json.loads(run("--json").stdout)
    assert (told["read"], told["new"], told["rejected"], len(told["samples"])) == (34, 26, 7, 3)
    assert not (tmp_path / "i").exists()
    assert run("--strict").exit_code == 1
