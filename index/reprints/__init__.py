"""Reprints: articles that say the same in the same words, put together into groups.

A segment keeps a sketch of every article (``sketch``). Which articles are a group follows from
the sketches of the whole index, whatever order they came in (``grouping``); a few new ones are put
to the groups that there are (``addition``). The groups are written with every commit
(``storage``).
"""
