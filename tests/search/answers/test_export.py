import csv
import io
import re
from concurrent.futures import ThreadPoolExecutor

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import Archive, Request
from search.answers.export import FORMATS


@pytest.fixture
def export(archive):
    def run(format, **fields):
        results = archive.search(Request(**fields))["results"]
        return "".join(FORMATS[format].lines(results)), results

    return run


def test_csv(export):
    text, results = export("csv", q="заседание")
    assert text.startswith("\ufeff")
    header, row = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    assert dict(zip(header, row)) == {
        "id": "council",
        "title": "Первое заседание совета",
        "date": "2022-08-19",
        "source": "Каспийский вестник",
        "section": "",
        "url": "",
        "authors": "",
        "persons": "Эркин Тукумов; Фарид Шафиев",
        "organizations": "ИСИ; ЦАМО",
    }


@pytest.mark.parametrize("title", ["=1+1", "+7", "-5", "@x", " =1", "\t=1"])
def test_csv_values_are_no_formulas(archive, title):
    (result,) = archive.search(Request(q="заседание"))["results"]
    row = "".join(FORMATS["csv"].lines([result | {"title": title}])).splitlines()[1]
    assert row.split(",")[1].lstrip('"').startswith("'")


def test_jsonl_is_what_the_api_gives(export):
    text, results = export("jsonl")
    assert [orjson.loads(line) for line in text.splitlines()] == orjson.loads(orjson.dumps(results))


def test_ris(export):
    text, _ = export("ris", q="визит переговоры")
    assert text.split("\r\n") == [
        "TY  - NEWS",
        "TI  - Визит Токаева в Баку",
        "T2  - Каспийский вестник",
        "PY  - 2022",
        "DA  - 2022/08/24/",
        "UR  - https://kaspiy.example/visit",
        "ID  - visit",
        "KW  - Касым-Жомарт Токаев",
        "ER  - ",
        "",
        "",
    ]


def test_bibtex(export):
    text, _ = export("bibtex", q="визит переговоры")
    assert text == (
        "@misc{visit,\n  title = {Визит Токаева в Баку},\n  howpublished = {Каспийский вестник},\n"
        "  year = {2022},\n  month = {8},\n  date = {2022-08-24},\n  url = {https://kaspiy.example/visit}\n}\n\n"
    )


def test_bibtex_is_escaped(archive):
    (result,) = archive.search(Request(q="заседание"))["results"]
    text = "".join(FORMATS["bibtex"].lines([result | {"title": "50% {и} $1 \\ a_b", "id": "я/1"}]))
    assert r"title = {50\% \{и\} \$1 \textbackslash{} a\_b}" in text
    assert text.startswith("@misc{1-")


def test_every_hit_whatever_the_page(archive):
    page = archive.search(Request(limit=1, offset=1))
    exported = list(archive.export(Request(limit=1)))
    assert len(exported) == page["total"] > 1
    assert exported[1].items() >= page["results"][0].items()
    assert len({result["id"] for result in exported}) == len(exported)
    assert all(result["text"] for result in exported)


def test_an_export_keeps_to_its_filters_and_order(archive):
    request = Request.from_params([("source", "Каспийский вестник"), ("sort", "date")])
    exported = list(archive.export(request))
    assert [result["source"] for result in exported] == ["Каспийский вестник"] * len(exported)
    dates = [result["date"] or "undated" for result in exported]
    assert dates == sorted(dates)


def test_bibtex_keys_differ_and_are_the_same_in_every_export(archive):
    (result,) = archive.search(Request(q="заседание"))["results"]

    def keys(*ids):
        text = "".join(FORMATS["bibtex"].lines([result | {"id": id} for id in ids]))
        return re.findall(r"^@misc\{(\S+),$", text, re.M)

    ids = ("я/1", "ю/1", "1", "", "a b", "a/b", "a-b", "-a-b", "a1")
    assert len(set(keys(*ids))) == len(ids)
    assert keys(*ids) == [key for id in ids for key in keys(id)]
    assert keys("a-b") == ["a-b"]


@pytest.mark.parametrize("format", ["ris", "bibtex", "csv"])
@given(title=st.text())
def test_no_title_breaks_a_record(format, title):
    result = {
        "id": "x", "title": title, "source": title, "url": None, "date": "2022", "persons": [],
        "organizations": [], "authors": [title],
    }  # fmt: skip
    text = "".join(FORMATS[format].lines([result]))
    assert not set(text) & set(map(chr, range(9)))
    if format == "csv":
        header, row = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
        assert len(row) == len(header)
    elif format == "ris":
        assert all(re.match(r"[A-Z][A-Z0-9]  - |$", line) for line in text.split("\r\n"))
    else:
        bare = re.sub(r"\\textbackslash\{\}|\\.\{\}|\\.", "", text)
        assert bare.count("{") == bare.count("}") and "%" not in bare


def test_an_archive_can_be_asked_for_an_export_first(archive):
    """Nobody has opened a snapshot yet: neither has the first request after a commit."""
    exported = ThreadPoolExecutor(1).submit(lambda: list(Archive(archive.folder).export(Request())))
    assert exported.result(timeout=20)
