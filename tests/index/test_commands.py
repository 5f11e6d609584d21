"""The commands that write, as a shell sees them."""

import json
import os
import re
import signal
import subprocess
import sys

import pytest
from click.testing import CliRunner

from index import row_annotation
from index.__main__ import commands
from index.rows import article_from_row

ROWS = [
    {"id": "1", "title": "Визит", "text": "Эркин Тукумов прибыл в Баку.", "date": "2022-08-19"},
    {"id": "2", "text": "Без заголовка."},
]


def run(*arguments, input=None):
    return CliRunner().invoke(commands, list(map(str, arguments)), input=input)


def test_index_reports(tmp_path, write_rows):
    source = write_rows(tmp_path / "a.jsonl", [*ROWS, {}])
    done = run("index", source, "--index", tmp_path / "index")
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith(
        "3 read: 2 new, 0 changed, 0 unchanged, 0 duplicates, 1 rejected ("
    )
    assert f"{source}, line 3: text: no title and no text" in done.stdout
    assert done.stderr == ""


def test_index_reports_as_json(tmp_path, write_rows):
    source = write_rows(tmp_path / "a.jsonl", ROWS)
    report = json.loads(run("index", source, "--index", tmp_path / "i", "--json").stdout)
    del report["seconds"]
    assert report == {
        "read": 2, "new": 2, "changed": 0, "unchanged": 0, "rejected": 0, "duplicates": 0,
        "undated": 1, "guessed": 0, "rejected_dates": 0, "conflicts": 0, "repaired": 0,
        "redecoded": 0,
        "warnings": 0, "interrupted": False,
        "findings": {
            "undated": [{"kind": "no date", "count": 1, "first": [f"{source}, line 2"]}],
        },
    }  # fmt: skip


def test_a_dry_run_shows_articles_with_their_repaired_text(tmp_path):
    page = tmp_path / "page.txt"
    page.write_text("Мост откро-\n\nют осенью, сообщили в управлении дорог края.\n", "utf-8")
    done = run("index", page, "--index", tmp_path / "i", "--dry-run")
    assert "1 with repaired text (newspaper text 1)" in done.stdout
    assert "Мост откроют осенью" in done.stdout
    (sample,) = json.loads(
        run("index", page, "--index", tmp_path / "i", "--dry-run", "--json").stdout
    )["samples"]
    assert sample["text"].startswith("Мост откроют осенью")
    assert not (tmp_path / "i").exists()


def test_strict_fails_when_something_is_rejected(tmp_path, write_rows):
    source = write_rows(tmp_path / "a.jsonl", [{}])
    assert run("index", source, "--index", tmp_path / "index").exit_code == 0
    assert run("index", source, "--index", tmp_path / "index", "--strict").exit_code == 1


def test_index_reads_standard_input(tmp_path):
    lines = "\n".join(json.dumps(row) for row in ROWS)
    done = run("index", "-", "--index", tmp_path / "index", input=lines)
    assert done.stdout.startswith("2 read: 2 new")


@pytest.mark.parametrize(
    "arguments, complaint",
    [
        (["nowhere.jsonl"], "nowhere.jsonl: no such file or folder"),
        (["а" * 300], f"{'а' * 300}: cannot be read: File name too long"),
        ([".", "--date", "вчера"], "'вчера' is no date; write it like 2024-05-31"),
        ([".", "--map", "text"], "'text'; write FIELD=COLUMN, FIELD one of id, title"),
        ([".", "--jobs", "0"], "0 is not in the range 1<=x<=256"),
        ([".", "--jobs", str(10**20)], "is not in the range 1<=x<=256"),
        ([".", "--max-unpacked", "inf"], "inf is not in the range 1<=x<="),
        ([".", "--max-unpacked", "nan"], "'nan' is no number"),
        ([".", "--max-article-size", "inf"], "inf is not in the range 0<x<="),
        ([".", "--max-file-size", "1e308"], "1e+308 is not in the range 0<x<="),
        ([".", "--memory", "inf"], "inf is not in the range 1<=x<="),
        ([], "Missing argument 'PATH...'"),
    ],
)
def test_wrong_usage_is_explained(tmp_path, monkeypatch, arguments, complaint):
    monkeypatch.chdir(tmp_path)
    done = run("index", *arguments)
    assert done.exit_code in (1, 2)
    assert complaint in done.stderr
    assert not (tmp_path / "podshivka-index").exists()


def test_annotate_adds_to_rows_and_keeps_the_rest():
    lines = json.dumps(ROWS[0] | {"extra": [1]}) + "\n"
    done = run("annotate", input=lines)
    (row,) = map(json.loads, done.stdout.splitlines())
    assert row == ROWS[0] | {
        "extra": [1],
        "persons": ["Эркин Тукумов"],
        "organizations": [],
        "mentions": [
            {
                "kind": "person", "entity": "Эркин Тукумов", "start": 7, "stop": 20,
                "text": "Эркин Тукумов", "role": None,
            }
        ],
    }  # fmt: skip


def test_an_address_that_is_none_costs_nothing(tmp_path):
    lines = json.dumps(ROWS[0] | {"url": "http://[::1"})
    assert len(run("annotate", input=lines).stdout.splitlines()) == 1
    done = run("index", "-", "--index", tmp_path / "index", input=lines)
    assert (done.exit_code, done.stdout[:13]) == (0, "1 read: 1 new")


def test_annotate_goes_on_after_a_row_that_fails_in_an_unforeseen_way(monkeypatch):
    def article(row):
        if row["id"] == "1":
            raise KeyError("odd")
        return article_from_row(row)

    monkeypatch.setattr(row_annotation, "article_from_row", article)
    done = run("annotate", input="\n".join(f'{{"id": "{n}", "text": "а"}}' for n in (1, 2)))
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["2"]
    assert done.stderr == "stdin, line 1: cannot be read: KeyError('odd')\n"


def test_annotate_keeps_the_order_and_names_what_it_cannot_read():
    lines = ['{"id": "1", "text": "а"}', "{", "[]", '{"id": "2", "text": "б"}', '{"id": "3"}']
    done = run("annotate", input="\n".join(lines))
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["1", "2"]
    complaints = done.stderr.splitlines()
    assert [line.split(":")[0] for line in complaints] == [
        "stdin, line 2",
        "stdin, line 3",
        "stdin, line 5",
    ]
    assert done.exit_code == 1


def test_annotated_rows_are_indexed_as_they_are(tmp_path):
    annotated = run("annotate", input=json.dumps(ROWS[0])).stdout
    assert run("index", "-", "--index", tmp_path / "i", input=annotated).stdout.startswith(
        "1 read: 1 new"
    )


def test_delete(tmp_path, write_rows):
    run("index", write_rows(tmp_path / "a.jsonl", ROWS), "--index", tmp_path / "index")
    done = run("delete", "1", "9", "--index", tmp_path / "index")
    assert (done.exit_code, done.stdout) == (1, "1 deleted\n")
    assert done.stderr == "Error: not in the index: 9\n"


def test_index_folder_comes_from_the_environment(tmp_path, monkeypatch, write_rows):
    monkeypatch.setenv("PODSHIVKA_INDEX", str(tmp_path / "elsewhere"))
    run("index", write_rows(tmp_path / "a.jsonl", ROWS))
    assert (tmp_path / "elsewhere").is_dir()


@pytest.mark.parametrize("jobs", [1, 2])
def test_ctrl_c_ends_a_run_with_a_report(tmp_path, jobs):
    from index.folder import open_index
    from index.known import digests

    command = [sys.executable, "-m", "index", "index", "-", "--index", str(tmp_path / "index")]
    process = subprocess.Popen(
        [*command, "--jobs", str(jobs)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    rows = (ROWS[1] | {"id": str(number)} for number in range(4000))
    process.stdin.write(b"".join(json.dumps(row).encode() + b"\n" for row in rows))
    process.stdin.flush()  # most of them have been read then
    os.killpg(process.pid, signal.SIGINT)
    stdout, stderr = process.communicate(timeout=60)
    assert process.returncode == 1
    assert b"interrupted; what is counted as new or changed is in the index; run the" in stdout
    assert stderr == b""
    new = int(re.search(rb"(\d+) new", stdout)[1])
    assert len(dict(digests(open_index(tmp_path / "index")))) == new >= 32


def test_annotate_mends_newspaper_text_on_request():
    text = "Встреча прошла накануне визита Президента Казах-\n\nстана Токаева в нашу страну."
    lines = json.dumps({"id": "1", "text": text})
    (row,) = map(json.loads, run("annotate", "--repair", input=lines).stdout.splitlines())
    assert row["text"] == text.replace("-\n\n", "")
    assert row["persons"] == ["Токаев"]
    assert json.loads(run("annotate", input=lines).stdout)["text"] == text
