"""Readers: sources in, rows out; one format a file.

A reader is a function from an open Source to rows, each a mapping with its place in the source,
and to further Sources that lie in it. What cannot be read comes out as Unreadable, in its turn,
and the rest goes on.
"""

from index.readers.ahead import read_sources
from index.readers.finding import STDIN, find_sources
from index.readers.formats import FORMATS
from index.readers.reading import Limits, Reading
from index.readers.row import Row, Unreadable
from index.readers.sources import read_source

__all__ = [
    "FORMATS",
    "STDIN",
    "Limits",
    "Reading",
    "Row",
    "Unreadable",
    "find_sources",
    "read_source",
    "read_sources",
]
