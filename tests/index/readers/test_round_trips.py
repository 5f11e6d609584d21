"""Articles that are written in a format and read again are what they were."""

from datetime import date

import pytest
from article_writers import FORMATS, PACKINGS
from hypothesis import given, settings
from hypothesis import strategies as st

from index.article import Article
from index.readers import Row, read_source
from index.rows import article_from_row

ALL = ("id", "title", "text", "date", "url", "source", "section", "authors")
KEPT = {
    "jsonl": ALL, "json": ALL, "csv": ALL, "semicolons": ALL, "tsv": ALL, "sqlite": ALL,
    "parquet": ALL,
    "rss": ("title", "text", "date", "url", "source", "section", "authors"),
    "html": ("title", "text", "date", "url", "source"),
    "docx": ("title", "text", "date", "authors"), "odt": ("title", "text", "date", "authors"),
    "eml": ("title", "text", "date", "authors"),
    "txt": ("title", "text"), "pdf": ("title", "text", "date"),
}  # fmt: skip
"""The fields that each format has a place for."""

TABLES = [name for name, fields in KEPT.items() if fields == ALL]
IN_UTF8 = ("jsonl", "json", "csv", "semicolons", "tsv", "rss", "html", "txt")

words = st.sampled_from(
    "мост река город губернатор открыл вчера министр дорога жители ждали завод край новый автобус "
    "школа область поезд суд решение больница театр сезон снег весна рабочие построили".split()
)
sentences = st.lists(words, min_size=6, max_size=14).map(
    lambda words: f"{' '.join(words).capitalize()}."
)
paragraphs = st.lists(sentences, min_size=2, max_size=4).map(" ".join)
news = st.fixed_dictionaries(
    {
        "id": st.integers(1, 10**6).map(str),
        "title": st.lists(words, min_size=3, max_size=6).map(lambda w: " ".join(w).capitalize()),
        "text": st.lists(paragraphs, min_size=2, max_size=4, unique=True).map("\n\n".join),
        "date": st.dates(min_value=date(1995, 1, 1), max_value=date(2024, 12, 31)).map(str),
        "url": st.integers(1, 10**6).map("https://vestnik.example/news/{}".format),
        "source": words.map(str.capitalize),
        "section": words.map(str.capitalize),
        "authors": st.sampled_from(["Анна Волкова", "Пётр Соколов", "Эркин Тукумов"]),
    }
)
free = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff")).map(
    lambda text: f"а{text}"
)
lines = st.lists(free, min_size=1, max_size=3).map("\n".join)


SUFFIXES = {"semicolons": "csv", "gzip": "gz", "bzip2": "bz2", "xz": "xz", "zstd": "zst"}


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    home = tmp_path_factory.mktemp("written")

    def read(content: bytes, format: str, packing: str = "utf-16") -> Article:
        path = home / name(format)
        if packing in SUFFIXES:
            path = path.with_name(f"{path.name}.{SUFFIXES[packing]}")
        elif packing != "utf-16":
            path = home / "archive"
        path.write_bytes(content)
        rows = list(read_source(path))
        assert all(isinstance(row, Row) for row in rows), rows
        row = rows[-1]
        return article_from_row(row.content, origin=row.origin, key=row.key, made=row.made)[0]

    return read


def name(format: str) -> str:
    """The name of a file; only those of tables tell the format."""
    suffix = SUFFIXES.get(format, format)
    return f"article.{suffix}" if suffix in ("csv", "tsv") else "article"


def fields(article: Article, names: tuple[str, ...]) -> dict:
    return {name: getattr(article, name) for name in names}


def expected(article: dict, names: tuple[str, ...]) -> dict:
    return fields(article_from_row(article)[0], names)


@pytest.mark.parametrize("format", FORMATS)
@settings(max_examples=20, deadline=None)
@given(article=news)
def test_news_in_each_format(read, format, article):
    found = read(FORMATS[format](article), format)
    names = KEPT[format]
    assert fields(found, names) == expected(article, names)


@pytest.mark.parametrize("format", TABLES)
@settings(max_examples=60, deadline=None)
@given(title=free, text=lines, source=free)
def test_any_text_in_tables(read, format, title, text, source):
    article = {"id": "1", "title": title, "text": text, "source": source}
    names = tuple(article)
    assert fields(read(FORMATS[format](article), format), names) == expected(article, names)


@pytest.mark.parametrize("packing", PACKINGS)
@pytest.mark.parametrize("format", FORMATS)
@settings(max_examples=2, deadline=None)
@given(article=news)
def test_news_packed_in_each_way(read, format, packing, article):
    if packing == "utf-16" and format not in IN_UTF8:
        packing = "zip"
    names = KEPT[format]
    found = read(PACKINGS[packing](name(format), FORMATS[format](article)), format, packing)
    assert fields(found, names) == expected(article, names)
