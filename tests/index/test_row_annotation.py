"""Annotation of JSONL rows: order, complaints, and what a repair leaves alone."""

import json
from io import BytesIO
from itertools import chain, repeat

import pytest

from index.row_annotation import MOST_WAITING, annotate_rows

PAGE = "Паром ушёл к при-\nчалу, рассказал капитан Пётр Ласточкин."
NAMED = PAGE.index("Пётр")


class Endless:
    """A stream of lines, read as they are asked for."""

    def __init__(self, lines):
        self._lines = iter(lines)

    def readline(self, size=-1):
        return next(self._lines, b"")


def line(**fields):
    return json.dumps(fields).encode() + b"\n"


def test_a_repair_leaves_text_that_mentions_count():
    mention = {"kind": "person", "entity": "Пётр Ласточкин", "start": NAMED, "stop": NAMED + 14}
    mention |= {"text": "Пётр Ласточкин", "role": None}
    given = BytesIO(line(text=PAGE, mentions=[mention]) + line(text=PAGE))
    kept, mended = (json.loads(found) for found, _ in annotate_rows(given, mend=True))
    assert kept["text"] == PAGE and kept["mentions"] == [mention]
    assert mended["text"] == PAGE.replace("-\n", "")


def test_complaints_come_while_lines_do():
    found = annotate_rows(Endless(repeat(b"x\n")))
    assert next(found)[1].startswith("stdin, line 1: not JSON")
    found.close()


def test_rows_and_complaints_keep_their_order():
    good = [line(id=str(n), text="Слова.", mentions=[]) for n in range(4)]
    bad = [b"x\n"] * (MOST_WAITING - 1)
    given = BytesIO(b"".join(chain(good[:1], bad, good[1:2], bad, good[2:])))
    found = [json.loads(row)["id"] if row else None for row, _ in annotate_rows(given)]
    none = [None] * len(bad)
    assert found == ["0", *none, "1", *none, "2", "3"]


@pytest.mark.parametrize("nothing", [b"x\n", b"{}\n", b"\n"])
def test_endless_nothing_is_given_up(monkeypatch, nothing):
    for module in ("row_annotation", "readers.lines"):
        monkeypatch.setattr(f"index.{module}.MOST_IN_VAIN", 50)
    good = line(id="1", text="Слова.", mentions=[])
    first, *others = annotate_rows(Endless(chain([good], repeat(nothing))))
    assert json.loads(first[0])["id"] == "1"
    assert others[-1][1].startswith("stdin: more than 50") and len(others) <= 51
