"""Readers: source files in, rows out; one format a file.

A reader is a function from a path to rows, each a mapping with its place in the source. What
cannot be read comes out as Unreadable, in its turn, and the rest goes on.
"""

from index.readers.source import Row, Unreadable
from index.readers.sources import FORMATS, STDIN, find_sources, read_source

__all__ = ["FORMATS", "STDIN", "Row", "Unreadable", "find_sources", "read_source"]
