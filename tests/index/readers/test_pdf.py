"""PDF files: columns in reading order, the headline, what cannot be read."""

import json
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdf_writer import HEIGHT, Line, paragraph, pdf

from index.indexing import index_sources
from index.readers import Reading, Row, Unreadable, read_source
from index.readers.reading import Limits
from index.rows import article_from_row

BRIDGE = (
    "Губернатор открыл в Заозёрске мост, которого жители ждали шестьдесят лет. На открытие "
    "приехали министр транспорта края и строители из трёх областей. Первым по мосту прошёл "
    "автобус. Водитель сказал, что дорога до больницы занимает теперь двенадцать минут."
)
CONCERT = (
    "Филармония закрыла сезон концертом для двух гобоев. Зал был полон, музыканты трижды "
    "выходили на поклон. В следующем сезоне обещают оперу, которую в городе не ставили "
    "тридцать лет, и детские абонементы по субботам."
)
FIELDS = (
    "Аграрии края закончили сев раньше срока. Помогла погода: дождей не было две недели. "
    "Озимые, по словам агрономов, перезимовали хорошо, пересевать почти не пришлось."
)


@pytest.fixture
def read(tmp_path):
    def read(pages, reading=Reading(), name="page.pdf", **information):
        path = tmp_path / name
        path.write_bytes(pages if isinstance(pages, bytes) else pdf(pages, **information))
        (row,) = read_source(path, reading)
        return row

    return read


def column_of(*texts: str, x: float, y: float, width: float) -> list[Line]:
    """Paragraphs one below the other."""
    lines: list[Line] = []
    for text in texts:
        lines += paragraph(x, lines[-1].y + 12 if lines else y, width, text)
    return lines


def test_one_column(read):
    row = read(
        [
            [
                Line(50, 40, "Мост ждали шестьдесят лет", 20),
                *column_of(BRIDGE, CONCERT, x=50, y=80, width=400),
            ]
        ]
    )
    assert row.content == {
        "title": "Мост ждали шестьдесят лет", "text": f"{BRIDGE}\n\n{CONCERT}",
    }  # fmt: skip


def test_columns_are_read_one_after_the_other(read):
    third = len(BRIDGE.split()) // 3
    words = BRIDGE.split()
    parts = [" ".join(words[n * third : (n + 1) * third if n < 2 else None]) for n in range(3)]
    lines = [Line(50, 40, "Мост ждали шестьдесят лет", 20)]
    for n, part in enumerate(parts):
        lines += [
            Line(50 + 170 * n, line.y, line.text, line.size) for line in paragraph(0, 80, 150, part)
        ]
    row = read([lines])
    assert row.content["text"] == BRIDGE
    assert row.repaired


@pytest.mark.parametrize("shift", [0, 3, 6])
@pytest.mark.parametrize("order", ["columns", "lines", "backwards"])
def test_headlines_above_columns_whatever_the_file_draws_first(read, shift, order):
    lines = [
        Line(50, 20, "Вестник края № 34, 19 августа 2022 года", 9),
        Line(50, 50, "Мост ждали шестьдесят лет", 24),
        *paragraph(50, 100, 150, BRIDGE),
        *paragraph(215, 100 + shift, 150, CONCERT),
        *paragraph(380, 100, 150, FIELDS),
        Line(50, 400, "Гобои под занавес сезона", 18),
        *paragraph(50, 440, 240, FIELDS + " Так говорят."),
        *paragraph(310, 440 + shift, 240, BRIDGE + " Так пишут."),
        Line(290, HEIGHT - 30, "— 3 —", 9),
    ]
    if order == "lines":
        lines.sort(key=lambda line: (line.y, line.x))
    if order == "backwards":
        lines.reverse()
    row = read([lines])
    assert row.content["title"] == "Мост ждали шестьдесят лет"
    assert row.content["text"].split("\n\n") == [
        BRIDGE, CONCERT, FIELDS, "Гобои под занавес сезона", FIELDS + " Так говорят.",
        BRIDGE + " Так пишут.",
    ]  # fmt: skip
    assert (row.content["date"], row.origin) == ("2022-08-19", "text")
    assert row.doubts == (("several articles are one", "2 headlines, which have one text"),)


def test_a_list_with_numbers_is_no_table_of_columns(read):
    items = ["построить мост", "починить дорогу", "открыть школу", "озеленить двор"]
    lines = [Line(50, 40, "Что обещали построить", 20), *paragraph(50, 80, 400, CONCERT)]
    top = lines[-1].y + 14
    for number, item in enumerate(items):
        lines += [Line(50, top + 12 * number, f"{number + 1}."), Line(80, top + 12 * number, item)]
    text = read([lines], Reading(mend=False)).content["text"]
    assert [line for line in text.split("\n") if line[:1].isdigit()] == [
        f"{number}. {item}" for number, item in enumerate(items, start=1)
    ]


def test_an_article_goes_on_on_the_next_page(read):
    cut = BRIDGE.index("Первым")
    first, second = BRIDGE[: cut - 1], BRIDGE[cut:]
    row = read([paragraph(50, 80, 400, first), paragraph(50, 80, 400, second)])
    assert " ".join(row.content["text"].split()) == BRIDGE
    assert row.doubts == ()


def test_type_drawn_twice_is_read_once(read):
    lines = paragraph(50, 80, 400, BRIDGE)
    bold = [Line(line.x + 0.4, line.y, line.text, line.size) for line in lines]
    both = [line for pair in zip(lines, bold) for line in pair]
    assert read([both]).content["text"] == BRIDGE


@pytest.mark.parametrize(
    "title, shown",
    [
        ("Мост через Серебрянку открыт", "Мост через Серебрянку открыт"),
        ("Microsoft Word - полоса3.doc", None),
        ("polosa_3.indd", None),
        ("Без имени-1", None),
        ("", None),
    ],
)
def test_the_title_of_the_metadata_where_no_headline_stands_out(read, title, shown):
    row = read([paragraph(50, 80, 400, BRIDGE)], Title=title)
    assert row.content.get("title") == shown


def test_the_day_when_the_file_was_made_is_the_weakest_date(read):
    lines = paragraph(50, 80, 400, BRIDGE)

    def dated(row):
        article, _ = article_from_row(row.content, key=row.key, made=row.made)
        return article.date, article.date_provenance, article.date_written

    made = {"CreationDate": "D:20220820101112+03'00'"}
    assert dated(read([lines], **made)) == ("2022-08-20", "document", None)
    assert dated(read([lines], name="2021-03-04.pdf", **made)) == ("2021-03-04", "file name", None)
    stated = paragraph(50, 80, 400, f"ЗАОЗЁРСК, 19 авг — Вестник. {BRIDGE}")
    assert dated(read([stated], **made)) == (None, None, "19 авг")


def test_text_that_was_decoded_wrongly_is_put_right(read):
    wrong = BRIDGE.encode("cp1251").decode("cp1252")
    row = read([paragraph(50, 80, 400, wrong)])
    assert row.redecoded
    assert row.content["text"] == BRIDGE


@pytest.mark.parametrize(
    "content, kind, reason",
    [
        (pdf([[]]), "no text layer", "no text layer: it holds pictures of pages"),
        (pdf([[Line(50, 50, "— 3 —")]]), "no text layer", "no text layer"),
        (pdf([]), "no text", "it has no pages"),
        (b"%PDF-1.7 text", "damaged", ""),
        (pdf([paragraph(50, 80, 400, BRIDGE)])[:400], "damaged", ""),
        (
            pdf([paragraph(50, 80, 400, BRIDGE)]).replace(
                b"trailer\n<<",
                b"trailer\n<< /ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <"
                + b"11" * 32 + b"> /U <" + b"22" * 32 + b"> >>",
            ),
            "encrypted", "it opens with a password only; save it without one",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_rejected_with_its_reason(read, content, kind, reason):
    rejected = read(content)
    assert isinstance(rejected, Unreadable), rejected
    assert rejected.kind == kind
    assert rejected.reason.startswith(reason)


def test_a_text_that_is_too_long_is_rejected(read):
    rejected = read([paragraph(50, 80, 400, BRIDGE)] * 3, Reading(limits=Limits(article_bytes=500)))
    assert (rejected.kind, rejected.reason) == (
        "too large", "text of more than 500 bytes; see --max-article-size",
    )  # fmt: skip


def test_pages_without_a_text_layer_are_named(read):
    row = read([paragraph(50, 80, 400, BRIDGE), [], []])
    assert isinstance(row, Row)
    assert row.doubts == (("pages without a text layer", "page 2, 3"),)


def test_the_report_tells_of_doubts(tmp_path):
    lines = [Line(50, 40, "Мост ждали долго", 20), *paragraph(50, 80, 400, BRIDGE * 2)]
    lines += [Line(50, 300, "Сев окончен раньше", 20), *paragraph(50, 340, 400, FIELDS * 3)]
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf([lines]))
    report = index_sources(tmp_path / "index", [path], dry_run=True)
    assert report.doubts.named() == [f"{path}: 2 headlines, which have one text"]
    assert report.to_dict()["warnings"] == 1


DEMO = [
    json.loads(line)["text"].split("\n\n")
    for file in sorted((files("index") / "demo").iterdir(), key=lambda file: file.name)
    for line in file.read_text("utf-8").splitlines()
]


@settings(max_examples=25, deadline=None)
@given(
    articles=st.lists(st.sampled_from(DEMO), min_size=2, max_size=4, unique_by=tuple),
    shifts=st.lists(st.integers(0, 6), min_size=4, max_size=4),
    by_line=st.booleans(),
)
def test_the_demo_set_in_columns(articles, shifts, by_line):
    """Each article in a column of its own: all paragraphs come out whole and in order."""
    width = 540 / len(articles)
    lines, set_in_type = [Line(30, 20, "Главные новости недели", 26)], []
    for number, (article, shift) in enumerate(zip(articles, shifts)):
        top = 60 + shift
        for text in article:
            column = paragraph(30 + number * width, top, width - 12, text, 8)
            if column[-1].y > 815:
                break
            lines += column
            top = column[-1].y + 9.6
            set_in_type.append(" ".join(text.split()))
    if by_line:
        lines.sort(key=lambda line: (line.y, line.x))
    with TemporaryDirectory() as home:
        path = Path(home, "page.pdf")
        path.write_bytes(pdf([lines]))
        (row,) = read_source(path)
    text = " ".join(row.content["text"].split())
    position = 0
    for set_text in set_in_type:
        position = text.find(set_text, position)
        assert position >= 0, set_text
        position += len(set_text)


def test_a_block_that_is_indented_as_a_whole(read):
    quoted = [Line(line.x + 20, line.y, line.text) for line in paragraph(50, 140, 380, CONCERT)]
    short = [
        Line(65, 220, "Мост открыт."),
        Line(65, 232, "Река вскрылась."),
        Line(65, 244, "Сев окончен."),
    ]
    lines = [*paragraph(50, 80, 400, BRIDGE), *quoted, *short]
    assert read([lines], Reading(mend=False)).content["text"].count(CONCERT[:60]) == 1
    assert read([lines]).content["text"].split("\n\n") == [
        BRIDGE, CONCERT, "Мост открыт.", "Река вскрылась.", "Сев окончен.",
    ]  # fmt: skip
