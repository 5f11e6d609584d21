import csv
import io

import orjson
import pytest

from search import Request
from search.export import FORMATS


@pytest.fixture
def export(archive):
    def run(format, **fields):
        results = archive.search(Request(**fields))["results"]
        return "".join(FORMATS[format](results)), results

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
        "url": "",
        "persons": "Эркин Тукумов; Фарид Шафиев",
        "organizations": "ИСИ; ЦАМО",
    }


@pytest.mark.parametrize("title", ["=1+1", "+7", "-5", "@x", " =1", "\t=1"])
def test_csv_values_are_no_formulas(archive, title):
    (result,) = archive.search(Request(q="заседание"))["results"]
    row = "".join(FORMATS["csv"]([result | {"title": title}])).splitlines()[1]
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
        "DA  - 2022/08/24",
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
        "  date = {2022-08-24},\n  url = {https://kaspiy.example/visit}\n}\n\n"
    )


def test_bibtex_is_escaped(archive):
    (result,) = archive.search(Request(q="заседание"))["results"]
    text = "".join(FORMATS["bibtex"]([result | {"title": "50% {и} $1 \\ a_b", "id": "я/1"}]))
    assert r"title = {50\% \{и\} \$1 \textbackslash{} a\_b}" in text
    assert text.startswith("@misc{1,")
