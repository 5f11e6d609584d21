import json

import pytest
import regex

from index.readers import FORMATS, Reading, Row, Unreadable, find_sources, read_source
from index.rows import article_from_row

TEXT = (
    "Президент прибыл с визитом в Баку. Переговоры прошли в узком составе, сообщает пресс-служба."
)
PAGE = f"""<!DOCTYPE html>
<html lang="ru"><head><meta charset="utf-8"><title>Визит президента — Вестник</title>
<meta property="og:title" content="Визит президента"><meta property="og:site_name" content="Вестник">
<meta property="article:published_time" content="2022-08-24T10:00:00+03:00">
<link rel="canonical" href="https://vestnik.example/2022/08/24/visit"></head>
<body><nav><a href="/">Главная</a> <a href="/sport">Спорт</a></nav>
<article><h1>Визит президента</h1><p>{TEXT}</p><p>{TEXT.replace("Баку", "столицу")}</p></article>
<footer>© Вестник</footer></body></html>"""


def rows(path, **reading):
    found = list(read_source(path, Reading(**reading)))
    assert all(isinstance(row, Row) for row in found), found
    return [dict(row.content) for row in found]


def complaints(path):
    return [(row.place, row.reason) for row in read_source(path) if isinstance(row, Unreadable)]


def test_jsonl(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('\ufeff{"text": "а"}\n\n{"text": "б"}\n{"text": \n', "utf-8")
    read = list(read_source(path))
    assert [row.content for row in read[:2]] == [{"text": "а"}, {"text": "б"}]
    assert read[1].place == f"{path}, line 3"
    assert read[2].place == f"{path}, line 4"
    assert read[2].reason.startswith("not JSON: ")


def test_jsonl_is_known_by_its_content(tmp_path):
    path = tmp_path / "dump.txt"
    path.write_text('{"text": "а"}\n', "utf-8")
    assert rows(path) == [{"text": "а"}]


@pytest.mark.parametrize("indent", [None, 2])
def test_json_array_and_object(tmp_path, indent):
    path = tmp_path / "a.json"
    items = [{"text": "а"}, {"text": "б"}]
    path.write_text(json.dumps(items, indent=indent), "utf-8")
    assert rows(path) == items
    assert [row.place for row in read_source(path)] == [f"{path}, item 1", f"{path}, item 2"]
    path.write_text(json.dumps(items[0], indent=indent), "utf-8")
    assert rows(path) == items[:1]


def test_broken_json_array(tmp_path):
    path = tmp_path / "a.json"
    path.write_text('[{"text": "а"}, {"text"}]', "utf-8")
    row, broken = read_source(path)
    assert row.content == {"text": "а"}
    assert (broken.place, broken.kind) == (str(path), "broken")
    assert broken.reason.startswith("not JSON after item 1: object key and value must be ")


def test_text_in_brackets_is_text(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("[Фото] Визит президента", "utf-8")
    assert rows(path) == [{"text": "[Фото] Визит президента"}]


def test_jsonl_in_windows_1251(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(json.dumps({"text": TEXT}, ensure_ascii=False).encode("cp1251"))
    assert rows(path) == [{"text": TEXT}]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_csv(tmp_path, delimiter):
    path = tmp_path / "a.csv"
    lines = [["title", "text", "date"], ["Т", f'"а{delimiter} ""б""\nв"', "2022"], ["Д", "г", ""]]
    path.write_text("\n".join(delimiter.join(line) for line in lines), "utf-8-sig")
    assert rows(path) == [
        {"title": "Т", "text": f'а{delimiter} "б"\nв', "date": "2022"},
        {"title": "Д", "text": "г", "date": None},
    ]


def test_csv_names_the_line_of_a_bad_row(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('title,text\n"Т\nТ",а\nТ,б,в\n', "utf-8")
    assert complaints(path) == [(f"{path}, line 4", "3 values under 2 columns")]


def test_an_unclosed_quote_costs_its_line_only(tmp_path):
    path = tmp_path / "a.csv"
    good = "".join(f"{n},Статья {n}\n" for n in range(3, 50))
    path.write_text(f'id,text\n1,"Незакрытая\n2,Хорошая\n{good}', "utf-8")
    read = list(read_source(path))
    assert [row.content["id"] for row in read if isinstance(row, Row)] == list(
        map(str, range(2, 50))
    )
    assert complaints(path) == [(f"{path}, line 2", "not CSV: unexpected end of data")]


def test_a_quote_in_the_middle_of_a_quoted_value_is_named(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('id,text\n1,"ООО "Ромашка" открылось"\n2,б\n', "utf-8")
    assert complaints(path) == [(f"{path}, line 2", "not CSV: ',' expected after '\"'")]


def test_csv_without_a_line(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("\n\n", "utf-8")
    assert complaints(path) == [(str(path), "empty; the first line names the columns")]


def test_what_dos_puts_behind_a_text_is_dropped(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.encode("cp866") + b"\x1a" + b"\0" * 100)
    assert rows(path) == [{"text": TEXT}]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251", "koi8-r", "cp866"])
def test_text_in_any_encoding(tmp_path, encoding):
    path = tmp_path / "a.txt"
    path.write_bytes(f"Визит президента\n\n{TEXT}".encode(encoding))
    assert rows(path) == [{"title": "Визит президента", "text": TEXT}]


@pytest.mark.parametrize(
    "beginning", [TEXT, "Сегодня в городе дождь.", "19 августа:", "Слово " * 40]
)
def test_text_that_begins_with_no_headline(tmp_path, beginning):
    path = tmp_path / "a.txt"
    path.write_text(f"\n\n{beginning}\n\nДальше.", "utf-8")
    assert rows(path) == [{"text": f"{beginning}\n\nДальше.".strip()}]


def test_html(tmp_path):
    path = tmp_path / "page.html"
    path.write_text(PAGE, "utf-8")
    (row,) = read_source(path)
    article, dated = article_from_row(row.content, origin=row.origin, key=row.key)
    assert (dated.conflicts, dated.refused) == ((), ())
    assert article.title == "Визит президента"
    assert article.text == f"{TEXT}\n\n{TEXT.replace('Баку', 'столицу')}"
    assert (article.date, article.date_provenance) == ("2022-08-24", "metadata")
    assert (article.url, article.source) == ("https://vestnik.example/2022/08/24/visit", "Вестник")


@pytest.mark.parametrize(
    "statement, origin",
    [
        ('<meta property="article:published_time" content="2022-08-24">', "metadata"),
        (
            '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2022-08-24"}</script>',
            "metadata",
        ),
        ('<link rel="canonical" href="https://vestnik.example/2022/08/24/visit">', "url"),
        ("", "text"),
    ],
)
def test_html_says_where_its_date_comes_from(tmp_path, statement, origin):
    path = tmp_path / "page.html"
    footer = "" if statement else "<footer><p>24.08.2022</p></footer>"
    path.write_text(
        f"<html><head><title>Визит</title>{statement}</head><body><article><h1>Визит</h1>"
        f"<p>{TEXT}</p><p>{TEXT}</p></article>{footer}</body></html>",
        "utf-8",
    )
    (row,) = read_source(path)
    assert (row.content["date"], row.origin) == ("2022-08-24", origin)


def test_html_without_an_article(tmp_path):
    path = tmp_path / "page.html"
    path.write_text("<html><body></body></html>", "utf-8")
    assert complaints(path) == [(str(path), "no article text on the page")]


def test_a_text_file_that_is_edited_stays_the_same_article(tmp_path):
    path = tmp_path / "a.txt"
    ids = set()
    for text in ("Первая редакция.", "Вторая редакция."):
        path.write_text(text, "utf-8")
        (row,) = read_source(path)
        ids.add(article_from_row(row.content, key=row.key)[0].id)
    assert len(ids) == 1


@pytest.mark.parametrize(
    "name, content, reason",
    [
        (
            "picture.jpg",
            b"\xff\xd8\xff\xe0\0\x10JFIF\0",
            "not one of: {FORMATS}",
        ),
        ("letter.rtf", b"{\\rtf1 text}", "not one of: {FORMATS}"),
        (
            "list.xml",
            b'<?xml version="1.0"?><opml></opml>',
            "not one of: {FORMATS}",
        ),
        ("wide.txt", "а\0б".encode("utf-16"), "NUL bytes, which no text has"),
        ("nul.txt", b"\0" * 100, "NUL bytes, which no text has"),
        ("empty.txt", b"", "empty"),
        ("empty.json", b"", "empty"),
        ("empty.pdf", b"", "empty"),
        ("empty.zip", b"", "empty"),
        ("empty", b"", "empty"),
        ("blank.txt", b" \n\n", "empty"),
    ],
)
def test_what_is_no_article_is_said_to_be_none(tmp_path, name, content, reason):
    path = tmp_path / name
    path.write_bytes(content)
    assert complaints(path) == [(str(path), reason.format(FORMATS=", ".join(FORMATS)))]


def test_a_file_that_vanishes(tmp_path):
    path = tmp_path / "gone.txt"
    assert complaints(path) == [(str(path), "cannot be read: No such file or directory")]


def test_a_reader_that_fails_costs_its_file_only(tmp_path, monkeypatch):
    def fail(content):
        raise ArithmeticError("too much")

    path = tmp_path / "a.txt"
    path.write_text("а", "utf-8")
    monkeypatch.setattr("index.readers.plain_text.decode", fail)
    assert complaints(path) == [(str(path), "cannot be read: ArithmeticError('too much')")]


def test_folders_are_read_in_order_without_hidden_files(tmp_path):
    for name in ("b/2.txt", "a/1.txt", ".git/x.txt", "a/.hidden", "c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("а", "utf-8")
    found = [str(path.relative_to(tmp_path)) for path in find_sources([str(tmp_path)])]
    assert found == ["c.txt", "a/1.txt", "b/2.txt"]
    found = [path.name for path in find_sources([str(tmp_path)], but=tmp_path / "b")]
    assert found == ["c.txt", "1.txt"]


def test_a_missing_path_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match="nothing: no such file or folder"):
        find_sources([str(tmp_path / "nothing")])
    with pytest.raises(FileNotFoundError, match="'': no such file or folder"):
        find_sources([""])


def test_a_path_that_cannot_be_looked_at_is_named(tmp_path):
    long = str(tmp_path / ("а" * 300))
    with pytest.raises(FileNotFoundError, match=f"^{long}: cannot be read: File name too long$"):
        find_sources([long])


PAGE_OF_A_NEWSPAPER = """Накануне визита Президента Казах-

Векторы сотрудничества

стана Токаева в нашу страну прошли переговоры экспертов двух стран.

Депутаты высоко оценили их."""


def test_a_newspaper_page_is_mended(tmp_path):
    path = tmp_path / "page.txt"
    path.write_text(PAGE_OF_A_NEWSPAPER, "utf-8")
    (row,) = rows(path)
    assert row["title"] == "Векторы сотрудничества"
    assert row["text"].startswith("Накануне визита Президента Казахстана Токаева в нашу страну")
    (row,) = rows(path, mend=False)
    assert row == {"text": PAGE_OF_A_NEWSPAPER}


@pytest.mark.parametrize(
    "document, texts",
    [
        ({"articles": [{"title": "Т", "text": "а"}, {"text": "б"}]}, ["а", "б"]),
        (
            {"n": 2, "data": {"tags": [{"k": 1}], "docs": [{"body": "а"}, {"body": "б"}]}},
            ["а", "б"],
        ),
        ({"title": "Лента", "items": [{"title": "Т", "content": "а"}]}, ["а"]),
        ({"title": "Т", "text": "а", "comments": [{"text": "б"}]}, ["а"]),
        ({"title": "Т", "parts": [{"name": "А"}]}, ["Т"]),
    ],
)
@pytest.mark.parametrize("indent", [None, 1])
def test_json_with_the_articles_inside_an_object(tmp_path, document, texts, indent):
    path = tmp_path / "a.json"
    path.write_text(json.dumps(document, ensure_ascii=False, indent=indent), "utf-8")
    found = [article_from_row(row)[0] for row in rows(path)]
    assert [article.text or article.title for article in found] == texts


@pytest.mark.parametrize("encoding", ["utf-16", "cp1251", "utf-8-sig"])
@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
def test_json_in_any_encoding(tmp_path, name, encoding):
    items = [{"text": TEXT}, {"text": "б"}]
    lines = [json.dumps(item, ensure_ascii=False) for item in items]
    content = "\n".join(lines) if name == "a.jsonl" else f"[{','.join(lines)}]"
    (tmp_path / name).write_bytes(content.encode(encoding))
    assert rows(tmp_path / name) == items


def test_json_objects_one_after_the_other(tmp_path):
    path = tmp_path / "a.json"
    items = [{"text": "а"}, {"text": "б"}]
    path.write_text("\n".join(json.dumps(item, indent=1) for item in items), "utf-8")
    assert rows(path) == items


@pytest.mark.parametrize(
    "lines",
    [
        ["title~text", "Т~а, б; в", "Д~г, д"],
        ["sep=;", "заглавие;слова", "Т;а, б"],
        ["'title','text'", "'Т','а, ''б'''", "'Д','г'"],
        ['"title","text"', r'"Т","а \"б\", в"', '"Д","г"'],
        ['title\ttext', *['"Ромашка" открылась\tПодробности "здесь'] * 3],
        ["text", "а, б, в", "г"],
    ],
)  # fmt: skip
def test_the_dialect_of_a_table_is_found_out(tmp_path, lines):
    path = tmp_path / "a.csv"
    path.write_text("\n".join(lines), "utf-8")
    expected = {
        "title~text": [("Т", "а, б; в"), ("Д", "г, д")],
        "sep=;": [("Т", "а, б")],
        "'title','text'": [("Т", "а, 'б'"), ("Д", "г")],
        '"title","text"': [("Т", 'а "б", в'), ("Д", "г")],
        "title\ttext": [('"Ромашка" открылась', 'Подробности "здесь')] * 3,
        "text": [("а, б, в",), ("г",)],
    }
    assert [tuple(row.values()) for row in rows(path)] == expected[lines[0]]


def test_lines_are_counted_behind_a_line_that_tells_the_delimiter(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("sep=|\ntitle|text\nа|б\nа|б|в\n", "utf-8")
    assert [item.place for item in read_source(path)] == [f"{path}, line 3", f"{path}, line 4"]


def test_text_files_of_several_articles(tmp_path):
    path = tmp_path / "2022-08-19.txt"
    path.write_text(f"Визит\n{TEXT}\n\n\f\nОтъезд\n{TEXT}\n\f\n", "utf-8")
    first, second = read_source(path)
    assert [row.content["title"] for row in (first, second)] == ["Визит", "Отъезд"]
    assert [row.place for row in (first, second)] == [f"{path}, line 1", f"{path}, line 5"]
    found = [article_from_row(row.content, key=row.key)[0] for row in (first, second)]
    assert {article.date for article in found} == {"2022-08-19"}
    path.write_text(f"Визит\n{TEXT}", "utf-8")
    (alone,) = read_source(path)
    assert (alone.place, alone.key) == (str(path), first.key)


def test_text_files_are_split_where_a_run_says(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(f"Визит\n{TEXT}\n=====\nОтъезд\n{TEXT}\n===\n", "utf-8")
    split = regex.compile(r"^={3,}$", regex.MULTILINE)
    assert [row["title"] for row in rows(path, split=split)] == ["Визит", "Отъезд"]
    (row,) = rows(path)
    assert row["text"].count("=====") == 1


@pytest.mark.parametrize(
    "heads, day",
    [
        (["Вестник № 34, 19 августа 2022 года"], "2022-08-19"),
        (["№ 34, 19 августа 2022 года", "№ 34, 19 августа 2022 года"], "2022-08-19"),
        (["№ 34, 19 августа 2022 года", "№ 35, 26 августа 2022 года"], None),
        (["Вестник, 19 августа, № 34"], None),
    ],
)
def test_a_running_head_tells_the_day_of_a_newspaper_page(tmp_path, heads, day):
    path = tmp_path / "page.txt"
    text = "Депутаты утвер-\n\n{}\n\nдили бюджет края. Спорили о дорогах.".format(
        "\n\n".join(heads)
    )
    path.write_text(text, "utf-8")
    (row,) = read_source(path)
    assert row.content["text"] == "Депутаты утвердили бюджет края. Спорили о дорогах."
    assert row.content.get("date") == day
    assert row.origin == ("text" if day else "given")
