"""The page of a facet: how many of its values it says it shows."""

import html
import re

import pytest

from index.indexing import index_sources
from web.app import create_app
from web.pages.facet import MOST_SHOWN


@pytest.fixture(scope="module")
def client(tmp_path_factory, write_rows):
    """A client over more persons than the page shows, of whom the tenth part begin with «А»."""
    home = tmp_path_factory.mktemp("facet")
    persons = [f"{'Анна' if n % 10 == 0 else 'Олег'} Белых-{n}" for n in range(MOST_SHOWN + 20)]
    row = {"text": "Паром отдадут музею.", "persons": persons, "mentions": []}
    index_sources(home / "index", [write_rows(home / "rows.jsonl", [row])])
    return create_app(home / "index").test_client()


@pytest.mark.parametrize(
    "page, told",
    [
        ("/facets/person", "Персоны: первые 100"),
        ("/facets/person?lang=en", "Persons: the first 100"),
        ("/facets/person?prefix=анна", "Персоны: 12"),
    ],
)
def test_a_reader_who_does_not_see_it_is_told_whether_all_are_shown(client, page, told):
    answer = html.unescape(client.get(page).text)
    assert re.findall('role="status">([^<]*)', answer) == [told]
