"""Writers of DOCX and ODT documents, for tests."""

import io
from datetime import datetime

from docx import Document
from odf import dc, meta, table
from odf import text as odf
from odf.opendocument import OpenDocumentText
from odf.style import Style


def docx(*paragraphs, **properties) -> bytes:
    """A document of paragraphs, or (style, text), or a table as a list of lists."""
    document = Document()
    for paragraph in paragraphs:
        if isinstance(paragraph, list):
            cells = document.add_table(len(paragraph), len(paragraph[0]))
            for row, line in enumerate(paragraph):
                for column, text in enumerate(line):
                    cells.cell(row, column).text = text
        elif isinstance(paragraph, tuple):
            document.add_paragraph(paragraph[1], paragraph[0])
        else:
            document.add_paragraph(paragraph)
    for name, value in properties.items():
        setattr(document.core_properties, name, value)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def odt(*paragraphs, **properties) -> bytes:
    """The same as an OpenDocument text."""
    document = OpenDocumentText()
    document.automaticstyles.addElement(
        Style(name="P1", family="paragraph", parentstylename="Title")
    )
    for paragraph in paragraphs:
        if isinstance(paragraph, list):
            cells = table.Table()
            for line in paragraph:
                row = table.TableRow()
                for text in line:
                    cell = table.TableCell()
                    cell.addElement(odf.P(text=text))
                    row.addElement(cell)
                cells.addElement(row)
            document.text.addElement(cells)
        elif isinstance(paragraph, tuple):
            style, text = paragraph
            heading = odf.P(stylename="P1", text=text) if style == "Title" else None
            document.text.addElement(heading or odf.H(outlinelevel=1, text=text))
        else:
            document.text.addElement(odf.P(text=paragraph))
    elements = {"title": dc.Title, "author": dc.Creator, "created": meta.CreationDate}
    for name, value in properties.items():
        text = value.isoformat() if isinstance(value, datetime) else value
        document.meta.addElement(elements[name](text=text))
    stream = io.BytesIO()
    document.write(stream)
    return stream.getvalue()
