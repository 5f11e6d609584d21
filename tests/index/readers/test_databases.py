"""SQLite and Parquet: which table, which values, what cannot be read."""

import sqlite3
import sys
import zipfile
from datetime import date, datetime
from decimal import Decimal

import pyarrow as arrow
import pytest
from click.testing import CliRunner
from pyarrow import parquet

from index.__main__ import commands
from index.readers import Reading, Row, Unreadable, read_source
from index.readers.reading import Limits
from index.rows import article_from_row

BRIDGE = "Губернатор открыл в Заозёрске мост."
SNOW = "В крае сошёл снег."


@pytest.fixture
def database(tmp_path):
    """Makes a database by SQL; returns its path."""

    def make(*statements: str, name: str = "a.db"):
        path = tmp_path / name
        with sqlite3.connect(path) as connection:
            for statement in statements:
                connection.execute(statement)
        connection.close()
        return path

    return make


NEWS = (
    "CREATE TABLE news (id INTEGER PRIMARY KEY, headline TEXT, body TEXT, published TEXT, logo BLOB)",
    f"INSERT INTO news VALUES (7, 'Мост', '{BRIDGE}', '2022-08-19', x'00ff'), (9, NULL, '{SNOW}', 2021, NULL)",
)  # fmt: skip


def test_the_only_table_with_a_column_of_texts(database):
    path = database(*NEWS, "CREATE TABLE tags (news_id INTEGER, tag TEXT)")
    before = path.read_bytes()
    rows = list(read_source(path))
    assert [row.place for row in rows] == [f"{path}, table news, row {n}" for n in (1, 2)]
    assert rows[0].content == {
        "id": 7, "headline": "Мост", "body": BRIDGE, "published": "2022-08-19", "logo": None,
    }  # fmt: skip
    assert [article_from_row(row.content)[0].date for row in rows] == ["2022-08-19", "2021"]
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == ["a.db"]


@pytest.mark.parametrize(
    "reading, texts",
    [
        (Reading(table="old news"), [SNOW]),
        (Reading(table='a"b'), [BRIDGE]),
        (Reading(text_column="слова"), ["слово"]),
        (Reading(table="recent"), [SNOW]),
    ],
)
def test_a_table_that_is_named(database, reading, texts):
    path = database(
        *NEWS,
        f"CREATE TABLE \"old news\" AS SELECT 1 AS id, '{SNOW}' AS text",
        f'CREATE TABLE "a""b" AS SELECT 1 AS id, \'{BRIDGE}\' AS text',
        "CREATE TABLE third AS SELECT 'слово' AS слова",
        f"CREATE VIEW recent AS SELECT '{SNOW}' AS text",
    )
    found = [row.content.get("text") or row.content["слова"] for row in read_source(path, reading)]
    assert found == texts


@pytest.mark.parametrize(
    "statements, reading, reason",
    [
        ([*NEWS, "CREATE TABLE blog (text TEXT)"], Reading(),
         "several tables hold texts: blog, news; name one by --table"),
        (["CREATE TABLE tags (tag TEXT)"], Reading(),
         "no table with a column of texts; there are tags; name one by --table, and its column by "
         "--map text=COLUMN"),
        (["CREATE TABLE a (text)", "DROP TABLE a"], Reading(),
         "no table with a column of texts; there are none; name one by --table, and its column by "
         "--map text=COLUMN"),
        (NEWS, Reading(table="news2"), "no table 'news2'; there are news"),
    ],
)  # fmt: skip
def test_a_table_that_cannot_be_told(database, statements, reading, reason):
    (rejected,) = read_source(database(*statements), reading)
    assert (rejected.kind, rejected.reason) == ("no table", reason)


def test_table_and_map_on_the_command_line(database, tmp_path):
    path = database(f"CREATE TABLE t AS SELECT '{BRIDGE}' AS слова", "CREATE TABLE u (text)")

    def run(*options):
        arguments = ["index", str(path), "--index", str(tmp_path / "i"), "--dry-run", *options]
        return CliRunner().invoke(commands, arguments)

    assert BRIDGE in run("--table", "t", "--map", "text=слова").stdout
    assert BRIDGE in run("--map", "text=слова").stdout
    assert "0 read" in run().stdout


def test_texts_in_another_encoding(database):
    path = database("CREATE TABLE news (text TEXT)")
    with sqlite3.connect(path) as connection:
        connection.execute("INSERT INTO news VALUES (CAST(? AS TEXT))", (BRIDGE.encode("cp1251"),))
    connection.close()
    assert [row.content for row in read_source(path)] == [{"text": BRIDGE}]


def test_a_database_in_an_archive(database, tmp_path):
    path = database(*NEWS)
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.write(path, "in/a.db")
    rows = list(read_source(tmp_path / "a.zip"))
    assert [row.place for row in rows] == [
        f"{tmp_path}/a.zip!/in/a.db, table news, row {n}" for n in (1, 2)
    ]


def test_a_damaged_database_gives_the_rows_before_the_damage(database):
    path = database(
        "CREATE TABLE news (text TEXT)",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500) "
        f"INSERT INTO news SELECT '{BRIDGE}' || i FROM n",
    )
    content = bytearray(path.read_bytes())
    middle = len(content) // 2 // 4096 * 4096
    content[middle : middle + 4096] = b"\xff" * 4096
    path.write_bytes(content)
    *rows, broken = read_source(path)
    assert rows and all(isinstance(row, Row) for row in rows)
    assert broken.kind == "damaged"
    assert broken.reason.startswith(f"a damaged database after row {len(rows)}: ")


def test_a_view_without_an_end_is_stopped(database, monkeypatch):
    monkeypatch.setattr("index.readers.sqlite_table._STEPS", 1000)
    path = database(
        "CREATE VIEW endless AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
        "SELECT 'а' AS text FROM n WHERE i < 0"
    )
    (rejected,) = read_source(path)
    assert rejected.reason == "a damaged database: interrupted"


def test_a_row_that_is_too_large(database):
    path = database("CREATE TABLE a (text)", f"INSERT INTO a VALUES ('{'а' * 2000}'), ('б')")
    first, second = read_source(path, Reading(limits=Limits(article_bytes=1000)))
    assert (first.kind, first.place) == ("too large", f"{path}, table a, row 1")
    assert second.content == {"text": "б"}


def table(path, **columns):
    parquet.write_table(arrow.table(columns), path)
    return path


def test_parquet(tmp_path):
    path = table(
        tmp_path / "a.bin",
        title=["Мост", None],
        body=[BRIDGE, SNOW],
        published=[date(2022, 8, 19), None],
        authors=[["Анна Волкова", "Пётр Соколов"], []],
        updated=[datetime(2022, 8, 20, 10), None],
        price=[Decimal("1.50"), None],
        raw=[BRIDGE.encode("cp1251"), None],
    )
    rows = list(read_source(path))
    assert [row.place for row in rows] == [f"{path}, row 1", f"{path}, row 2"]
    assert rows[0].content == {
        "title": "Мост", "body": BRIDGE, "published": "2022-08-19",
        "authors": ["Анна Волкова", "Пётр Соколов"], "updated": "2022-08-20T10:00:00",
        "price": "1.50", "raw": BRIDGE,
    }  # fmt: skip
    article, dated = article_from_row(rows[0].content)
    assert (article.date, dated.provenance) == ("2022-08-19", "given")
    assert article.authors == ("Анна Волкова", "Пётр Соколов")


def test_parquet_of_many_rows_in_an_archive(tmp_path):
    path = table(tmp_path / "a.parquet", text=[f"Снег {n}" for n in range(1000)])
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.write(path, "a.parquet")
    texts = [row.content["text"] for row in read_source(tmp_path / "a.zip")]
    assert texts == [f"Снег {n}" for n in range(1000)]


@pytest.mark.parametrize("size", [4, 100, -20])
def test_a_damaged_parquet_file(tmp_path, size):
    path = table(tmp_path / "a.parquet", text=[f"{BRIDGE} {n}" for n in range(1000)])
    path.write_bytes(path.read_bytes()[:size])
    (rejected,) = read_source(path)
    assert (rejected.kind, rejected.reason[:22]) == ("damaged", "a damaged Parquet file")


def test_parquet_without_its_reader_says_how_to_get_it(tmp_path, monkeypatch):
    path = table(tmp_path / "a.parquet", text=[BRIDGE])
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    (rejected,) = read_source(path)
    assert rejected == Unreadable(
        str(path), "Parquet needs pyarrow; install it by pip install 'podshivka[parquet]'",
        "reader not installed", rejected.size,
    )  # fmt: skip
