"""What imports what: web → search → index, and commands load only what they need."""

import ast
import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ABOVE = {"index": {"search", "web"}, "search": {"web"}, "web": set()}
HEAVY = (
    "flask",
    "jinja2",
    "waitress",
    "web.app",
    "natasha",
    "slovnet",
    "navec",
    "razdel",
    "trafilatura",
    "index.tagger",
)
LIGHT = (
    ["--help"],
    ["search", "мост"],
    ["search", "мост", "--json"],
    ["show", "visit"],
    ["stats"],
    ["serve", "--help"],
)
"""Commands that load nothing of what is heavy."""


def imported(path: Path) -> set[str]:
    tree = ast.parse(path.read_text("utf-8"))
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {name.name.split(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.add(node.module.split(".")[0])
    return found


def imported_from(path: Path) -> set[str]:
    tree = ast.parse(path.read_text("utf-8"))
    return {n.module for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.module}


@pytest.mark.parametrize("package", ABOVE)
def test_imports_run_one_way(package):
    files = sorted((ROOT / package).rglob("*.py"))
    assert files
    for path in files:
        assert not imported(path) & ABOVE[package], path


@pytest.mark.parametrize("package", ABOVE)
def test_loading_a_package_whole_loads_nothing_above_it(package):
    code = (
        f"import importlib, pkgutil, sys, {package}\n"
        f"for module in pkgutil.walk_packages({package}.__path__, '{package}.'):\n"
        "    if not module.name.endswith('__main__'): importlib.import_module(module.name)\n"
        "print(*sorted({name.split('.')[0] for name in sys.modules}))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    loaded = set(done.stdout.split())
    assert package in loaded and not loaded & ABOVE[package]


def test_asking_commands_load_no_tagger_and_no_web_framework(folder):
    code = f"""
import sys
from web.__main__ import main
for command in {LIGHT}:
    sys.argv = ["podshivka", *command]
    try:
        main()
    except SystemExit as end:
        assert not end.code, (command, end.code)
    loaded = [name for name in {HEAVY} if name in sys.modules]
    assert not loaded, (command, loaded)
"""
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code],
        env=os.environ | {"PODSHIVKA_INDEX": str(folder)},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert all(told in done.stdout for told in ("Визит Токаева в Баку", "Usage: podshivka serve"))


def test_top_level_holds_what_the_layout_says():
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\n")
    top = {name.split("/")[0] for name in listed if name and not name.startswith(".")}
    assert top == {"pyproject.toml", "README.md", "index", "search", "web", "tests"}


ENGINE = (
    "search.answers.article", "search.answers.entity", "search.answers.highlight",
    "search.answers.search", "search.answers.snippet", "search.answers.stats",
    "search.entities.facet_entities", "search.entities.linked_entities",
    "search.facets.columns", "search.facets.counting", "search.facets.selection",
    "search.facets.stories", "search.facets.values", "search.matching", "search.opened", "search.ranking", "search.snapshot",
)  # fmt: skip
"""How search answers: for Archive alone, which says what a program can ask."""


def test_the_web_and_the_command_line_ask_through_the_archive():
    assert all(importlib.util.find_spec(name) for name in ENGINE)
    paths = [*(ROOT / "web").rglob("*.py"), *(ROOT / "search" / "commands").glob("*.py")]
    assert len(paths) > 50
    for path in paths:
        assert not {name for name in imported_from(path) if name.startswith(ENGINE)}, path


def test_nothing_that_answers_are_made_of_imports_answers():
    asking = {
        path.relative_to(ROOT / "search").parts[0]
        for path in (ROOT / "search").rglob("*.py")
        if any(name.startswith("search.answers") for name in imported_from(path))
    }
    assert asking == {"__init__.py", "answers", "archive.py", "commands"}
