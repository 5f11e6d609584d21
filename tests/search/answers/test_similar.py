"""Similar articles: what is near comes first, what has nothing in common stays away."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from index.indexing import delete_articles, index_sources
from search import Archive, ArticleNotFound
from web.cli import podshivka

FERRY = "Паром через Каменку отдадут музею речного флота, капитан водит там экскурсии."
MUSEUM = """Экскурсии вернутся осенью, пока музей меняет крышу и окна. Билеты, купленные
заранее, примут в любой день до конца года."""
ROWS = [
    {
        "id": "ferry",
        "title": "Паром станет музеем",
        "text": f"{FERRY} Судно подняли на слип в апреле. Экскурсии начнутся в мае.",
        "persons": ["Олег Седов"],
        "organizations": ["Речфлот"],
    },
    {
        "id": "captain",
        "title": "Капитан и его судно",
        "text": "Олег Седов сорок лет водил паром. Теперь капитан учит водить экскурсии: судно "
        "на слипе, и в нём будет музей.",
        "persons": ["Олег Седов"],
        "organizations": ["Речфлот"],
    },
    {
        "id": "namesake",
        "title": "Выставка кактусов",
        "text": "Олег Седов вырастил двести растений на подоконнике и открыл двери для соседей.",
        "persons": ["Олег Седов"],
    },
    {
        "id": "museum",
        "title": "Музей закрыли на ремонт",
        "text": MUSEUM,
        "date": "2021-05-03",
    },
    {
        "id": "museum-again",
        "title": "Ремонт музея начался",
        "text": MUSEUM,
        "date": "2021-05-04",
        "source": "Заречье",
    },
    {
        "id": "ferry-again",
        "title": "Музей на воде",
        "text": f"{FERRY} Судно подняли на слип в апреле. Экскурсии начнутся в мае!",
        "source": "Заречье",
        "persons": ["Олег Седов"],
        "organizations": ["Речфлот"],
    },
    {"id": "frost", "title": "Мороз", "text": "Ночью столбик термометра опустится до тридцати."},
    {"id": "frost-too", "title": "Снова холод", "text": "Термометр ночью показал сорок, столбик не выдержал."},
    *({"id": f"other{n}", "text": f"Сводка номер {n}: происшествий нет."} for n in range(60)),
]  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory, write_rows) -> Path:
    home = tmp_path_factory.mktemp("similar")
    rows = [{"mentions": []} | row for row in ROWS]
    index_sources(home / "index", [write_rows(home / "rows.jsonl", rows)])
    return home / "index"


@pytest.fixture
def archive(folder) -> Archive:
    return Archive(folder)


def ids(archive, id, **options):
    return [result["id"] for result in archive.similar(id, **options)["results"]]


def test_the_nearest_come_first_and_reprints_are_told_once(archive):
    found = archive.similar("ferry")["results"]
    assert [one["id"] for one in found] == ["captain", "museum-again"]
    assert [one["score"] for one in found] == sorted((o["score"] for o in found), reverse=True)
    assert all(0 < one["score"] < 1 for one in found)


def test_each_says_what_it_has_in_common(archive):
    (captain, *_) = archive.similar("ferry")["results"]
    assert [one["name"] for one in captain["shared"]["persons"]] == ["Олег Седов"]
    assert [one["name"] for one in captain["shared"]["organizations"]] == ["Речфлот"]
    assert {"паром", "экскурсия", "капитан"} <= set(captain["shared"]["lemmas"])
    assert "седов" not in captain["shared"]["lemmas"]
    assert captain["reprints"] == 0 and captain["title"] == "Капитан и его судно"
    (cold,) = archive.similar("frost")["results"]
    assert (cold["id"], cold["shared"]["persons"]) == ("frost-too", [])
    assert {"термометр", "столбик"} <= set(cold["shared"]["lemmas"])


def test_no_more_than_asked(archive):
    assert ids(archive, "ferry", limit=1) == ["captain"]
    assert ids(archive, "ferry", limit=0) == []


def test_titles_alone_are_enough(tmp_path, write_rows):
    titles = ["Паром через Каменку", "Каменка: паром встал", "Мороз и солнце", "Снова мороз"]
    rows = [{"id": title, "title": title, "mentions": []} for title in titles]
    index_sources(tmp_path / "index", [write_rows(tmp_path / "rows.jsonl", rows)])
    archive = Archive(tmp_path / "index")
    assert ids(archive, titles[0]) == [titles[1]]
    assert ids(archive, titles[3]) == [titles[2]]


def test_an_unknown_article_is_told(archive):
    with pytest.raises(ArticleNotFound):
        archive.similar("nothing")


def test_the_answer_does_not_depend_on_segments_nor_on_the_order_of_indexing(
    archive, tmp_path, write_rows
):
    rows = [{"mentions": []} | row for row in reversed(ROWS)]
    for first in range(0, len(rows), 20):
        index_sources(tmp_path, [write_rows(tmp_path.parent / "part.jsonl", rows[first : first + 20])])  # fmt: skip
    for row in ROWS[:9]:
        assert Archive(tmp_path).similar(row["id"]) == archive.similar(row["id"])


def test_deleted_and_hidden_ones_are_left_out(tmp_path, write_rows):
    rows = [{"mentions": []} | row for row in ROWS]
    index_sources(tmp_path / "index", [write_rows(tmp_path / "rows.jsonl", rows)])
    delete_articles(tmp_path / "index", ["captain"])
    archive = Archive(tmp_path / "index")
    assert ids(archive, "ferry") == ["museum-again"]
    assert "ferry" in ids(archive, "namesake")
    archive.correct("person", "hide", ["Олег Седов"])
    assert "ferry" not in ids(archive, "namesake")


def test_the_command_line_prints_them(folder, archive):
    def show(*options):
        return CliRunner().invoke(podshivka, ["show", "--index", str(folder), "ferry", *options])

    assert json.loads(show("--similar", "--json").stdout) == archive.similar("ferry")
    text = show("--similar").stdout
    assert text.startswith("Капитан и его судно\ncaptain\n  in common: Олег Седов; Речфлот; ")
    alone = CliRunner().invoke(podshivka, ["show", "--index", str(folder), "other1", "--similar"])
    assert alone.stdout == "no article has much in common with it\n"
    assert show("--similar", "--versions").exit_code == 2
