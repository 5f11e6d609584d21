"""The demo corpus: what it promises to those who try it."""

import re
from collections import Counter
from importlib.resources import files
from statistics import median

import orjson
import pytest

from search import Archive, Request

SHARED_RUN = 8
WORDS = re.compile(r"[\w’-]+")


@pytest.fixture(scope="module")
def articles():
    sources = sorted(files("index").joinpath("demo").iterdir())
    return [orjson.loads(line) for path in sources for line in path.read_bytes().splitlines()]


def test_size(articles):
    assert len(articles) >= 120
    assert len({article["id"] for article in articles}) == len(articles)
    assert median(len(WORDS.findall(article["text"])) for article in articles) >= 150
    years = Counter(article.get("date", "")[:4] for article in articles)
    assert all(years[str(year)] >= 3 for year in range(2019, 2027))


def test_reprints_name_their_originals(articles):
    ids = {article["id"] for article in articles}
    originals = [article["reprint_of"] for article in articles if "reprint_of" in article]
    assert len(originals) >= 5 and set(originals) <= ids


def test_no_two_articles_share_a_run_of_words(articles):
    first_seen, shared = {}, []
    for article in articles:
        story = article.get("reprint_of", article["id"])
        folded = f"{article['title']}\n{article['text']}".lower().replace("ё", "е")
        words = WORDS.findall(folded)
        for start in range(len(words) - SHARED_RUN + 1):
            run = tuple(words[start : start + SHARED_RUN])
            if first_seen.setdefault(run, story) != story:
                shared.append((article["id"], " ".join(run)))
    assert shared == []


def test_facets_look_alive(demo_folder):
    facets = Archive(demo_folder).search(Request(facet_size=200))["facets"]
    persons = [value for value in facets["person"]["values"] if " " in value["name"]]
    assert len(persons) >= 60
    assert facets["org"]["total"] >= 40
    assert facets["source"]["total"] >= 6
    months = [value["count"] for value in facets["date"]["values"]]
    assert min(months) == 0 and max(months) >= 4
