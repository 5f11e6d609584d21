"""Corrections that hold already: refused, also where several come at once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from click.testing import CliRunner

from index.indexing import index_sources
from search import Archive, CorrectionError, Request
from search.__main__ import commands

PEOPLE = ["Анна Щукина", "Олег Ершов", "Ершов"]


@pytest.fixture
def rivers(tmp_path, write_rows):
    row = {"id": "first", "text": "Щукина встретила Ершова.", "persons": PEOPLE, "mentions": []}
    index_sources(tmp_path / "index", [write_rows(tmp_path / "rows.jsonl", [row])])
    return Archive(tmp_path / "index")


def names(archive):
    answer = archive.search(Request())
    return {value["name"] for value in answer["facets"]["person"]["values"]}


@pytest.mark.parametrize(
    "op, names, to, complaint",
    [
        ("hide", PEOPLE, None, "hidden already: Анна Щукина, Олег Ершов, Ершов"),
        ("rename", ["Олег Ершов"], "Рыбак", "'Рыбак' is the name already"),
    ],
)
def test_the_same_correction_again_is_refused(rivers, op, names, to, complaint):
    written = rivers.correct("person", op, names, to)
    with pytest.raises(CorrectionError, match=complaint):
        rivers.correct("person", op, names, to)
    arguments = [op, *names, *([to] if to else []), "--index", str(rivers.folder)]
    again = CliRunner().invoke(commands, ["entities", *arguments])
    assert (again.exit_code, complaint in again.stderr) == (1, True)
    assert rivers.corrections() == (written,)


def test_a_name_is_not_given_to_who_has_it(rivers):
    with pytest.raises(CorrectionError, match="'Олег Ершов' is the name already"):
        rivers.correct("person", "rename", ["Ершов"], to="Олег  Ершов")
    rivers.correct("person", "rename", ["Ершов"], to="ОЛЕГ ЕРШОВ")
    assert names(rivers) == {"Анна Щукина", "ОЛЕГ ЕРШОВ"}


def test_one_of_several_may_be_hidden_already(rivers):
    rivers.correct("person", "hide", ["Анна Щукина"])
    rivers.correct("person", "hide", ["Анна Щукина", "Олег Ершов"])
    assert names(rivers) == set()


def test_of_equal_corrections_at_once_one_is_written(rivers):
    before, start = names(rivers), Barrier(4, timeout=60)

    def merge():
        start.wait()
        return rivers.correct("person", "merge", ["Анна Щукина", "Олег Ершов"])

    with ThreadPoolExecutor(4) as threads:
        made = [threads.submit(merge) for _ in range(4)]
    errors = [future.exception() for future in made]
    (written,) = (future.result() for future, error in zip(made, errors) if not error)
    assert [type(error) for error in errors if error] == [CorrectionError] * 3
    assert rivers.undo(written.id) == written
    assert names(rivers) == before
