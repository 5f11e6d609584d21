"""The examples in docstrings; ``archive`` in them is the small archive of the tests."""

import doctest
import importlib
import pkgutil

import pytest

import index
import search
import web


def modules() -> list[str]:
    found = [package.__name__ for package in (index, search, web)]
    for package in (index, search, web):
        walked = pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
        found += [one.name for one in walked if not one.name.endswith("__main__")]
    return found


def has_examples(name: str) -> bool:
    finder = doctest.DocTestFinder(exclude_empty=True)
    return any(found.examples for found in finder.find(importlib.import_module(name)))


EXAMPLES = [name for name in modules() if has_examples(name)]


@pytest.mark.parametrize("module", EXAMPLES)
def test_examples_are_true(module, archive):
    found = doctest.testmod(importlib.import_module(module), extraglobs={"archive": archive})
    assert found.attempted and not found.failed


def test_what_a_program_needs_has_examples():
    assert {"search", "search.archive", "search.request"} <= set(EXAMPLES)
