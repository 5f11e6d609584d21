"""Organizations of an article: the tagger's spans in, mentions under one name for each out."""

from collections.abc import Sequence

from index.entities.foreign_lines import ForeignLines
from index.entities.organization_clues import head_of, is_short, known_name
from index.entities.organization_heads import Candidate
from index.entities.organization_resolution import Surface, resolve
from index.entities.organization_spans import candidates
from index.entities.organization_words import QUOTES, Words, words_of
from index.mentions import ORGANIZATION, Mention, Span


def organizations(text: str, spans: Sequence[Span], taken: Sequence[Mention] = ()) -> list[Mention]:
    """The mentions of organizations in an article, by position, none over another.

    ``text`` is the title, an empty line and the text; ``spans`` are the tagger's; no mention
    overlaps one of ``taken`` (the persons). ``entity`` is the fullest name in the nominative
    that the article supports.
    """
    words = words_of(text)
    blocked = frozenset(i for m in taken for i in words.touching(m.start, m.stop))
    lines = ForeignLines(text)
    found = [
        candidate
        for candidate in candidates(words, spans, blocked)
        if words.starts[candidate.first] not in lines or _is_plain(words, candidate)
    ]
    surfaces = [
        Surface(
            words.surface(text, c.first, max(c.stop, c.name_stop)),
            c.anchored,
            i > 0 and words.in_brackets_after(found[i - 1].stop, c.first, c.stop),
            c.other,
            c.nominative or words.starts[c.first] in lines,
            _noun_before(words, c.first),
        )
        for i, c in enumerate(found)
    ]
    mentions = []
    for candidate, name in zip(found, resolve(surfaces)):
        if name:
            start, stop = words.starts[candidate.first], words.stops[candidate.stop - 1]
            mentions.append(Mention(ORGANIZATION, name, start, stop, text[start:stop]))
    return mentions


def _is_plain(words: Words, candidate: Candidate) -> bool:
    """Whether a name shows without the grammar of its language that it is an organization's."""
    first = words.texts[candidate.first]
    return candidate.stop - candidate.first > 1 or is_short(first) or known_name(first) is not None


def _noun_before(words: Words, first: int) -> str | None:
    """The head noun before a quotation, if one stands there."""
    quoted = first > 0 and words.texts[first] in QUOTES
    return head_of(words.texts[first - 1]) if quoted else None
