"""Types: the public modules pass the type checker, and so does a program that uses them."""

import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest

pytestmark = pytest.mark.once

ROOT = Path(__file__).parent.parent
PROGRAM = """
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from search import Archive, ArticleNotFound, Comparison, Export, IndexUnusable, Request, limited


def titles(folder: Path, words: str) -> list[str]:
    archive = Archive(folder)
    with archive.one_generation(), limited(5):
        answer = archive.search(Request.of(words, person=["Котов"], limit=5, date_missing=True))
    return [hit["title"] for hit in answer["results"]]


def texts(folder: str) -> Iterator[str]:
    rows: Iterator[dict[str, Any]] = Archive(folder).export(Request(q="мост"))
    yield from (row["text"] for row in rows)


def pieces(archive: Archive, request: Request) -> Iterator[list[str]]:
    piece: Export = archive.export(request, limit=1000)
    yield [row["id"] for row in piece]
    if piece.next:
        yield from pieces(archive, request.replace(after=piece.next))


def one(archive: Archive, id: str) -> dict[str, Any] | None:
    try:
        return archive.article(id) | archive.facet("person", "", Request())
    except (ArticleNotFound, IndexUnusable):
        return None


def compared(archive: Archive) -> int:
    return int(archive.compare(Comparison.from_params([("q", "мост")]))["generation"])
"""
WRONG = """
from search import Archive, Request

Archive(1).search("мост")
Archive(".").search(Request(limit="ten"))
Archive(".").article(id=5)
"""


def mypy(*arguments: str) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "mypy", "--no-error-summary", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True)


def test_the_public_modules_are_typed(tmp_path):
    found = mypy(f"--cache-dir={tmp_path}")
    assert (found.returncode, found.stdout) == (0, "")


def test_a_program_that_asks_is_checked(tmp_path):
    right, wrong = tmp_path / "right.py", tmp_path / "wrong.py"
    right.write_text(PROGRAM, "utf-8")
    wrong.write_text(WRONG, "utf-8")
    options = ("--strict", "--follow-imports=silent", f"--cache-dir={tmp_path}")
    found = mypy(*options, str(right), str(wrong))
    errors = [line.split(":")[0] for line in found.stdout.splitlines() if ": error:" in line]
    assert errors == [str(wrong)] * 4, found.stdout


@pytest.mark.parametrize("package", ["index", "search", "web"])
def test_packages_say_that_they_are_typed(package):
    assert files(package).joinpath("py.typed").is_file()
