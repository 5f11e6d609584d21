"""Linking: the names that articles hold, put together into entities of the whole corpus.

Pure and deterministic: a link table (``table``) follows from a tally of the names (``tally``),
whatever order they came in. Persons and organizations have rules of their own; names that may
be linked with each other share a block, and a change relinks the blocks that it touches.
"""
