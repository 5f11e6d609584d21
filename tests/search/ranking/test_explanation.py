"""Explanations: their parts add up to the score, by the formula that they name."""

import json

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search import Archive, Request
from web.cli import podshivka

QUERIES = [
    "мост",
    "сталь",
    "визит президента",
    "визит OR сталь OR совет",
    '"совет экспертов"',
    '"президент президентов"~9 | стали',
    "эксперт / транзит",
    "метал* OR пре?идент OR визет~",
    "!стали тонна",
    "-спорт",
    "визит -спорт date:2022",
    "стали\\стать OR совет",
    "title:совет экспертов",
    "person:Тукумов заседание",
]


def explained(archive, q, **asked):
    return archive.search(Request(q=q, explain=True, facets=(), **asked))["results"]


@pytest.mark.parametrize("q", QUERIES)
def test_parts_add_up_to_the_score(archive, q):
    results = explained(archive, q)
    assert results
    for hit in results:
        assert hit["explanation"]
        assert hit["score"] == pytest.approx(sum(p["score"] for p in hit["explanation"]), abs=1e-4)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(QUERIES), min_size=1, max_size=3), st.sampled_from([" ", " OR "]))
def test_parts_of_any_mixture_add_up(archive, queries, joint):
    for hit in explained(archive, joint.join(f"({q})" for q in queries)):
        assert hit["score"] == pytest.approx(sum(p["score"] for p in hit["explanation"]), abs=1e-4)


@pytest.mark.parametrize("q", QUERIES)
def test_words_score_by_the_formula(archive, q):
    for hit in explained(archive, q):
        for part in hit["explanation"]:
            if part["kind"] == "word":
                norm = 1.2 * (0.25 + 0.75 * part["length"] / part["mean_length"])
                score = part["rarity"] * part["share"] * part["weight"] * 2.2
                assert part["score"] == pytest.approx(score / (part["weight"] + norm), rel=1e-3)


def test_what_is_told(archive):
    (hit,) = explained(archive, "тонну стали")
    told = [{k: p[k] for k in ("kind", "lemma", "frequency", "share") if k in p}
            for p in hit["explanation"]]  # fmt: skip
    assert told == [
        {"kind": "word", "lemma": "тонна", "frequency": 1, "share": 1.0},
        {"kind": "word", "lemma": "сталь", "frequency": 1, "share": 0.3},
        {"kind": "word", "lemma": "стать", "frequency": 2, "share": 1.0},
        {"kind": "word", "lemma": "сталь", "frequency": 2, "share": 0.3},
        {"kind": "near"},
        {"kind": "form"},
    ]
    near, form = hit["explanation"][-2:]
    assert (near["words"], near["distance"]) == (["тонну", "стали"], 1)
    assert form["word"] == "стали"


def test_no_parts_where_hits_are_not_ranked_or_not_asked_for(archive):
    assert all(hit["explanation"] == [] for hit in explained(archive, "визит", sort="date"))
    assert all(hit["explanation"] == [] for hit in explained(archive, ""))
    assert "explanation" not in archive.search(Request(q="визит"))["results"][0]


def test_the_command_line_explains(folder):
    arguments = ["search", "--index", str(folder), "--explain", "тонну стали"]
    done = CliRunner().invoke(podshivka, arguments)
    assert done.exit_code == 0, done.output
    assert "word: field text, lemma тонна, frequency 1" in done.stdout
    assert "near: words тонну стали, distance 1" in done.stdout
    (result,) = json.loads(CliRunner().invoke(podshivka, [*arguments, "--json"]).stdout)["results"]
    assert result["explanation"] == explained(Archive(folder), "тонну стали")[0]["explanation"]
