"""Office documents: DOCX and ODT."""

from index.readers.office.open_document import looks as is_odt
from index.readers.office.open_document import read as read_odt
from index.readers.office.word import looks as is_docx
from index.readers.office.word import read as read_docx

__all__ = ["is_docx", "is_odt", "read_docx", "read_odt"]
