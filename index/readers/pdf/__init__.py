"""PDF files with a text layer: characters, their columns in reading order, the article."""

from index.readers.pdf.document import looks, read

__all__ = ["looks", "read"]
