"""A small archive of eight articles, built once; each article is there for a reason."""

import json
from pathlib import Path

import pytest
from hypothesis import settings

from index.indexing import delete_articles, index_sources
from index.readers import find_sources
from search import Archive

settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")

ARTICLES = [
    {
        "id": "visit",
        "title": "Визит Токаева в Баку",
        "text": "Президент Казахстана Касым-Жомарт Токаев прибыл с визитом в Баку. "
        "Переговоры президентов прошли в узком составе.\n\n"
        "Совет экспертов двух стран собрался накануне.",
        "date": "2022-08-24",
        "source": "Каспийский вестник",
        "section": "Политика",
        "url": "https://kaspiy.example/visit",
        "persons": ["Касым-Жомарт Токаев"],
        "organizations": [],
    },
    {
        "id": "council",
        "title": "Первое заседание совета",
        "text": "Директор ИСИ Эркин Тукумов открыл заседание. Эксперты совета обсудили транзит. "
        "Э.Тукумов отметил рост перевозок.",
        "date": "2022-08-19",
        "source": "Каспийский вестник",
        "section": "Политика",
        "persons": ["Эркин Тукумов", "Фарид Шафиев"],
        "organizations": ["ИСИ", "ЦАМО"],
    },
    {
        "id": "steel",
        "title": "Сталь подорожала",
        "text": "Заводы подняли цены: тонна стали стоит дороже на пять процентов. "
        "Металлурги стали осторожнее.",
        "date": "2022-09",
        "source": "Деловая газета",
        "section": "Экономика",
        "persons": ["Андрей Ремизов"],
        "organizations": ["НМЗ"],
    },
    {
        "id": "sport",
        "title": "Сборная вернулась домой",
        "text": "Борцы вернулись с турнира; визит на базу сорвался. Спорт требует терпения.",
        "date": "2021-05-02",
        "source": "Деловая газета",
        "section": "Спорт",
        "persons": ["Андрей Ремизов", "Эркин Тукумов"],
        "organizations": [],
    },
    {
        "id": "year",
        "title": "Итоги года",
        "text": "За год компании построили мост. Соловьёва подвела итоги.",
        "date": "2022",
        "source": "Деловая газета",
        "section": "Экономика",
        "persons": ["Екатерина Соловьёва"],
        "organizations": ["НМЗ", "ЦАМО"],
    },
    {
        "id": "undated",
        "title": "Из архива",
        "text": "Старая заметка о мосте через реку; визитов и поездок в ней нет.",
        "source": "Каспийский вестник",
        "persons": [],
        "organizations": [],
    },
    {
        "id": "given",
        "title": "Совет без экспертов",
        "text": "Экспертов в совет не позвали. Поездка президента отложена.",
        "date": "2023-01-10",
        "source": "Каспийский вестник",
        "persons": ["екатерина соловьева"],
        "organizations": ["ЦАМО"],
    },
    {
        "id": "names/1",
        "title": "Два Иванова",
        "text": "Сергей Иванов и его тёзка не знакомы.",
        "date": "2020-02-29",
        "source": "Каспийский вестник",
        "persons": ["Сергей Михайлович Иванов", "Сергей Анатольевич Иванов"],
        "organizations": [],
    },
]
"""Rows that carry ``mentions``, so that no tagger runs."""


def _write_rows(path: Path, rows: list) -> Path:
    lines = (json.dumps(row, ensure_ascii=False) for row in rows)
    path.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    return path


@pytest.fixture(scope="session")
def write_rows():
    """Writes rows to a path as JSONL; returns the path."""
    return _write_rows


@pytest.fixture(scope="session")
def folder(tmp_path_factory) -> Path:
    """The folder of the small archive's index."""
    home = tmp_path_factory.mktemp("small")
    rows = [article | {"mentions": []} for article in ARTICLES]
    source = _write_rows(home / "articles.jsonl", rows)
    report = index_sources(home / "index", [source])
    assert (report.new, report.rejected) == (len(ARTICLES), 0)
    return home / "index"


@pytest.fixture(scope="session")
def archive(folder) -> Archive:
    """The small archive."""
    return Archive(folder)


@pytest.fixture(scope="session")
def changed(tmp_path_factory) -> Archive:
    """The small archive in two segments, of each of which an article is deleted."""
    home = tmp_path_factory.mktemp("changed")
    rows = [article | {"mentions": []} for article in ARTICLES]
    for part in (rows[:4], rows[4:]):
        index_sources(home / "index", [_write_rows(home / "articles.jsonl", part)])
    assert len(delete_articles(home / "index", ["council", "year"])) == 0
    return Archive(home / "index")


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory) -> Path:
    """An index of the demo articles that the package ships, annotated as a user's would be."""
    from importlib.resources import files

    folder = tmp_path_factory.mktemp("demo") / "index"
    report = index_sources(folder, find_sources([str(files("index") / "demo")]))
    assert report.rejected == 0, report.rejections
    return folder


@pytest.fixture(scope="session")
def foreign_folder(tmp_path_factory) -> Path:
    """An index of articles whose every field tries to be something else than text: markup,
    scripts, styles, formulas, control sequences, lines of other formats."""
    folder = tmp_path_factory.mktemp("foreign") / "index"
    report = index_sources(folder, [Path(__file__).with_name("hostile.jsonl")])
    assert report.new > 15, report.rejections
    return folder
