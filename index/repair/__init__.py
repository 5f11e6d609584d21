"""Repair of newspaper text: pages turned into text, as archives hold them.

Words broken at a column's end and sentences broken by a blank line are put together, headings
that fell into them are lifted out, furniture of the page is dropped.
"""

import re
from dataclasses import dataclass

from index.repair.breaks import Words
from index.repair.furniture import furniture, in_brackets
from index.repair.lines import Line, join_lines, split_lines, without
from index.repair.paragraphs import Joint, reflow

WORD, SENTENCE, LIFTED, DROPPED = "word", "sentence", "lifted", "dropped"
"""Kinds of change."""

MOST_PASSES = 10
"""One pass may uncover what the next one mends; two are the rule."""

_SOFT_HYPHENS = re.compile(r"(?<=\w)\u00ad+(?=\w)")


@dataclass(frozen=True, slots=True)
class Change:
    """``kind`` is ``word`` or ``sentence`` for one that was joined, ``lifted`` for a heading,
    ``dropped`` for furniture; ``text`` shows it, with a bar where a line was broken."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Repaired:
    """``title`` is a headline that had fallen into a sentence, ``subtitle`` holds all further
    ones, one a line; ``text`` is the rest. Without changes it is the text that was given."""

    title: str | None
    subtitle: str | None
    text: str
    changes: tuple[Change, ...]

    @property
    def body(self) -> str:
        """The further headings and the text, as paragraphs."""
        headings = self.subtitle.split("\n") if self.subtitle else []
        return "\n\n".join([*headings, self.text.strip()])


def repair(text: str) -> Repaired:
    """The text as its newspaper meant it.

    Text without broken lines and furniture comes out as it is; repairing once more changes
    nothing. Takes time linear in the length of the text.
    """
    headings: list[str] = []
    changes: list[Change] = []
    for _ in range(MOST_PASSES):
        repaired, lifted, made = _once(text)
        headings += lifted
        changes += made
        if not made:
            break
        text = repaired
    title, *others = headings or [None]
    return Repaired(title, "\n".join(others) or None, text, tuple(changes))


def _once(text: str) -> tuple[str, list[str], list[Change]]:
    changes = []
    whole = _SOFT_HYPHENS.sub("", text)
    if whole != text:
        changes.append(Change(WORD, f"soft hyphens: {len(text) - len(whole)}"))
    lines, dropped = _without_furniture(split_lines(whole))
    result = reflow(lines, Words(whole))
    changes += [Change(DROPPED, piece) for piece in dropped]
    changes += [Change(LIFTED, heading) for heading in result.headings]
    changes += map(_joined, result.joints)
    return join_lines(result.lines), result.headings, changes


def _without_furniture(lines: list[Line]) -> tuple[list[Line], list[str]]:
    """The lines without furniture, and what was dropped; all of them where nothing else is."""
    numbers = furniture(lines)
    kept = without(lines, numbers)
    if not any(line.body for line in kept):
        return lines, []
    dropped = [lines[number].body for number in sorted(numbers)]
    for number, line in enumerate(kept):
        body, stop = "", 0
        for match in sorted(in_brackets(line.body), key=lambda match: match.start()):
            if match.start() >= stop:
                body, stop = body + line.body[stop : match.start()], match.end()
                dropped.append(match.group().strip())
        body = (body + line.body[stop:]).strip()
        if body and stop:
            kept[number] = Line(line.gap, body, line.breaks)
    return kept, dropped


def _joined(joint: Joint) -> Change:
    kind = WORD if joint.is_word else SENTENCE
    return Change(kind, f"{joint.left}{joint.glue}|{joint.right}")
