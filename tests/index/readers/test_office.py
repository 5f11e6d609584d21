"""DOCX and ODT: paragraphs, headings, tables, properties, what cannot be read."""

import io
import struct
import zipfile
from datetime import datetime

import pytest
from odf import table
from odf.opendocument import OpenDocumentSpreadsheet
from office_writer import docx, odt

from index.readers import Reading, read_source
from index.readers.reading import Limits
from index.rows import article_from_row

FIRST = "Губернатор открыл в Заозёрске мост через Серебрянку."
SECOND = "Жители ждали его шестьдесят лет."
BRIDGE = "Мост открыт"


@pytest.fixture
def read(tmp_path):
    def read(content: bytes, name: str = "a.bin", reading: Reading = Reading()):
        path = tmp_path / name
        path.write_bytes(content)
        (row,) = read_source(path, reading)
        return row

    return read


def edited(package: bytes, path: str, old: str, new: str) -> bytes:
    """A package with a change in one of its files."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as source, zipfile.ZipFile(stream, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == path:
                assert old.encode() in content
                content = content.replace(old.encode(), new.encode())
            target.writestr(name, content)
    return stream.getvalue()


@pytest.mark.parametrize("make", [docx, odt])
@pytest.mark.parametrize(
    "paragraphs, properties, content",
    [
        (["Мост открыт", FIRST, "", SECOND], {}, {"text": f"{BRIDGE}\n\n{FIRST}\n\n{SECOND}"}),
        ([("Title", BRIDGE), FIRST, SECOND], {}, {"title": BRIDGE, "text": f"{FIRST}\n\n{SECOND}"}),
        (
            ["Рубрика", ("Title", BRIDGE), FIRST], {"title": "Документ 1"},
            {"title": BRIDGE, "text": f"Рубрика\n\n{FIRST}"},
        ),
        (
            [("Heading 1", BRIDGE), FIRST, ("Heading 1", "Что дальше"), SECOND], {"title": "Другое"},
            {"title": BRIDGE, "text": f"{FIRST}\n\nЧто дальше\n\n{SECOND}"},
        ),
        ([FIRST, SECOND], {"title": BRIDGE}, {"title": BRIDGE, "text": f"{FIRST}\n\n{SECOND}"}),
        ([BRIDGE, FIRST], {"title": BRIDGE}, {"title": BRIDGE, "text": FIRST}),
        ([FIRST], {"title": "статья.doc"}, {"text": FIRST}),
        (
            [("Title", BRIDGE), FIRST, [["Год", "Мостов"], ["2021", "3"]], SECOND], {},
            {"title": BRIDGE, "text": f"{FIRST}\n\nГод\tМостов\n\n2021\t3\n\n{SECOND}"},
        ),
    ],
)  # fmt: skip
def test_paragraphs_headings_and_tables(read, make, paragraphs, properties, content):
    row = read(make(*paragraphs, **properties))
    assert row.content == content | {"authors": []}


@pytest.mark.parametrize("make", [docx, odt])
def test_properties(read, make):
    made = datetime(2022, 8, 19, 10, 30)
    row = read(make(("Title", BRIDGE), FIRST, author="Анна Волкова", created=made))
    article, dated = article_from_row(row.content, key=row.key, made=row.made)
    assert article.authors == ("Анна Волкова",)
    assert (article.date, dated.provenance) == ("2022-08-19", "document")
    for nobody in ("python-docx", "Пользователь Windows", "User"):
        assert read(make(FIRST, author=nobody)).content["authors"] == []


def test_breaks_tabs_and_hyphens_of_word(read):
    row = read(edited(
        docx("А"), "word/document.xml", "<w:t>А</w:t>",
        "<w:t>Из</w:t><w:noBreakHyphen/><w:t>за</w:t><w:tab/><w:t>дождя</w:t><w:br/>"
        "<w:delText>вычеркнуто</w:delText><w:t xml:space='preserve'>рейс отме</w:t>"
        "<w:softHyphen/><w:t>нён</w:t>",
    ))  # fmt: skip
    assert row.content["text"] == "Из-за\tдождя\nрейс отме\u00adнён"


def test_a_text_box_is_read_once(read):
    box = (
        "<mc:AlternateContent xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'>"
        "<mc:Choice Requires='wps'><w:txbxContent><w:p><w:r><w:t>Врезка</w:t></w:r></w:p>"
        "</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent><w:p><w:r><w:t>Врезка</w:t></w:r>"
        "</w:p></w:txbxContent></mc:Fallback></mc:AlternateContent>"
    )
    row = read(edited(docx(FIRST), "word/document.xml", "</w:t>", f"</w:t>{box}"))
    assert row.content["text"] == f"Врезка\n\n{FIRST}"


def test_what_an_open_document_holds_beside_its_text(read):
    paragraph = (
        "<text:p>Мост<text:s text:c='2'/>открыт<text:line-break/>вчера<text:tab/>утром"
        "<office:annotation><text:p>проверить!</text:p></office:annotation>"
        "<text:note><text:note-body><text:p>сноска</text:p></text:note-body></text:note></text:p>"
    )
    row = read(edited(odt(FIRST), "content.xml", "<text:p>", f"{paragraph}<text:p>"))
    assert row.content["text"] == f"Мост  открыт\nвчера\tутром\n\n{FIRST}"


def marked(package: bytes, path: str, flags: int, method: int) -> bytes:
    """A package whose directory says that one of its files has these flags and was packed by this
    method."""
    entry = package.rindex(path.encode()) - 46
    return package[: entry + 8] + struct.pack("<2H", flags, method) + package[entry + 12 :]


BOMB = '<!DOCTYPE a [<!ENTITY a "аааааааааа"><!ENTITY b "&a;&a;&a;&a;">]>'
DEEP = "<w:r>" * 1000


def spreadsheet() -> bytes:
    document = OpenDocumentSpreadsheet()
    document.spreadsheet.addElement(table.Table())
    stream = io.BytesIO()
    document.write(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    "content, kind, reason",
    [
        (docx(""), "no text", "no text"),
        (odt(""), "no text", "no text"),
        (docx(FIRST)[:3000], "damaged", "a damaged ZIP archive: "),
        (odt(FIRST)[:600], "damaged", "a damaged document: "),
        (edited(docx(FIRST), "word/document.xml", "</w:body>", ""), "damaged", "a damaged document: word/document.xml"),
        (edited(docx(FIRST), "word/document.xml", "<w:document", f"{BOMB}<w:document"), "declares entities", "it declares entities"),
        (edited(odt(FIRST), "content.xml", "<office:document-content", f"{BOMB}<office:document-content"), "declares entities", "it declares entities"),
        (edited(docx(FIRST), "word/document.xml", "<w:t>", f"{DEEP}<w:t>"), "nested too deep", "elements nested deeper than 500"),
        (marked(docx(FIRST), "word/document.xml", 0, 9), "unknown compression", "packed by ZIP method 9, which is not read; save it anew"),
        (marked(odt(FIRST), "content.xml", 0, 97), "unknown compression", "packed by ZIP method 97, which is not read"),
        (marked(docx(FIRST), "word/document.xml", 0x1, 8), "encrypted", "it needs a password"),
        (marked(docx(FIRST), "word/document.xml", 0x41, 8), "encrypted", "it needs a password"),
        (spreadsheet(), "unknown format", "an OpenDocument file, but no text"),
        (edited(docx(FIRST), "[Content_Types].xml", "word", "xl").replace(b"word/document.xml", b"xl/xl/workbook.xm"), "unknown format", "an Office file, but no text document"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_rejected_with_its_reason(read, content, kind, reason):
    rejected = read(content)
    assert (rejected.kind, rejected.reason[: len(reason)]) == (kind, reason)


@pytest.mark.parametrize("make", [docx, odt])
def test_a_document_that_unpacks_to_too_much(read, make):
    reading = Reading(limits=Limits(article_bytes=5000))
    rejected = read(make(FIRST * 2000), "a.bin", reading)
    assert (rejected.kind, rejected.reason) == (
        "too large", "XML of more than 40000 bytes; see --max-article-size",
    )  # fmt: skip


def test_a_zip_of_documents_is_an_archive(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("word/a.docx", docx(("Title", BRIDGE), FIRST))
        archive.writestr("b.odt", odt(("Title", BRIDGE), SECOND))
    found = [row.content["text"] for row in read_source(tmp_path / "a.zip")]
    assert found == [FIRST, SECOND]
