"""Reprints: articles that say the same in the same words, put together into groups.

A segment keeps a sketch of every article (``sketch``); which articles are a group follows from
the sketches of the whole index alone (``grouping``), whatever order they came in, and is written
with every commit (``storage``).
"""
