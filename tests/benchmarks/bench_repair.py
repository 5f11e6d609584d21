"""Errors of newspaper repair on text that was broken artificially, and its speed.

Measured: ``index.repair`` over the demo articles, their words broken where Russian allows it.
1. Columns: each text set in columns of a random width (16 to 60 characters), words hyphenated at
   a syllable, real hyphens a place to break too; one broken word in five is followed by an empty
   line, one in twelve by an empty line, the article's headline and an empty line; one line in
   twenty that ends inside a sentence, before a small letter, is followed by an empty line.
2. Every break: each distinct word at each of its syllables, each compound at each of its real
   hyphens, decided without the help of the rest of the text.
An error is a word that comes out other than it was (a wrong join, a hyphen kept or lost, a miss).
Checked first: the articles as they are come out unchanged. Deterministic for a seed.

    python tests/benchmarks/bench_repair.py [--errors] [ARTICLES.jsonl]
"""

import json
import platform
import random
import re
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from statistics import median

from corpus import demo_articles

from index.repair import repair
from index.repair.breaks import Break, decide

SEEDS = range(1, 6)
NARROWEST, WIDEST = 16, 60
_VOWELS = "аеёиоуыэюяАЕЁИОУЫЭЮЯ"
_NEVER_FIRST = "ъьыйЪЬЫЙ"
_RUSSIAN = re.compile(r"[а-яё]+|[А-ЯЁ][а-яё]+")
_COMPOUND = re.compile(r"[^\W_]+(?:-[^\W_]+)+")


def syllables(word: str) -> list[int]:
    """Where a word may be broken: two letters and a vowel on either side, й, ь and ъ with the
    letter before them."""
    if not _RUSSIAN.fullmatch(word):
        return []
    return [
        place
        for place in range(2, len(word) - 1)
        if word[place] not in _NEVER_FIRST
        and any(letter in _VOWELS for letter in word[:place])
        and any(letter in _VOWELS for letter in word[place:])
        and not (word[place - 1] not in _VOWELS and word[place] not in _VOWELS
                 and word[place + 1] not in _VOWELS and word[place - 2] not in _VOWELS)
    ]  # fmt: skip


@dataclass
class Page:
    """A text set in a column."""

    text: str = ""
    breaks: Counter = field(default_factory=Counter)
    headings: int = 0
    empty_lines: int = 0


def set_in_column(text: str, headline: str, chance: random.Random) -> Page:
    width = chance.randint(NARROWEST, WIDEST)
    page = Page()
    paragraphs = []
    for paragraph in text.split("\n\n"):
        lines, line = [], ""
        words = paragraph.split()
        while words:
            word = words.pop(0)
            room = width - len(line) - (1 if line else 0)
            if len(word) <= room:
                line = f"{line} {word}" if line else word
                continue
            place, kind = _place(word, room, chance)
            if place:
                head = word[:place] + ("" if kind == "hyphen" else "-")
                line = f"{line} {head}" if line else head
                words.insert(0, word[place:])
                page.breaks[kind] += 1
                dice = chance.random()
                if dice < 1 / 12 and headline and not page.headings and len(words) > 1:
                    line += f"\n\n{headline}\n"
                    page.headings += 1
                elif dice < 1 / 12 + 1 / 5:
                    line += "\n"
            elif not line:
                line = word
                continue
            else:
                words.insert(0, word)
                inside = not re.search(r"[.!?…:;][»”)]*$", line) and "а" <= word[0] <= "я"
                if inside and chance.random() < 1 / 20:
                    line += "\n"
                    page.empty_lines += 1
            lines.append(line)
            line = ""
        paragraphs.append("\n".join([*lines, line] if line else lines))
    page.text = "\n\n".join(paragraphs)
    return page


def _place(word: str, room: int, chance: random.Random) -> tuple[int, str]:
    places = []
    for match in re.finditer(r"[^\W_]+", word):
        if match.end() < len(word) - 1 and word[match.end()] == "-" and match.end() + 1 <= room:
            if word[match.end() + 1].isalnum():
                places.append((match.end() + 1, "hyphen"))
        for place in syllables(match.group()):
            if match.start() + place + 1 <= room:
                places.append((match.start() + place, "syllable"))
    return max(places, default=(0, ""))


def differences(expected: str, found: str) -> list[tuple[str, str]]:
    ours, theirs = found.split(), expected.split()
    if ours == theirs:
        return []
    matcher = SequenceMatcher(None, theirs, ours, autojunk=False)
    return [
        (" ".join(theirs[a:b]), " ".join(ours[c:d]))
        for kind, a, b, c, d in matcher.get_opcodes()
        if kind != "equal"
    ]


def columns_of(articles: list[dict], show: bool) -> None:
    breaks, errors, wrong_titles, headings, lost, paragraphs = Counter(), [], 0, 0, 0, 0
    lines, empty, times = 0, 0, []
    for seed in SEEDS:
        chance = random.Random(seed)
        pages = [set_in_column(a["text"], a["title"], chance) for a in articles]
        started = time.perf_counter()
        results = [repair(page.text) for page in pages]
        times.append(time.perf_counter() - started)
        for article, page, result in zip(articles, pages, results):
            breaks += page.breaks
            headings += page.headings
            empty += page.empty_lines
            lines += page.text.count("\n")
            if page.headings and result.title != article["title"]:
                wrong_titles += 1
                errors.append(("title " + article["title"], str(result.title)))
            elif wrong := differences(article["text"], result.text):
                errors += wrong
            paragraphs += article["text"].count("\n\n") + 1
            lost += abs(article["text"].count("\n\n") - len(result.text.splitlines()) // 2)
    total = breaks.total()
    print(
        f"columns: {len(articles)} articles, {len(SEEDS)} seeds, {lines} line breaks; "
        f"{total} broken words: {breaks['syllable']} at a syllable, {breaks['hyphen']} at a hyphen"
    )
    print(f"  errors: {len(errors)} = {100 * len(errors) / total:.3f} % of the broken words")
    print(f"  headlines in a broken word: {headings}, not lifted: {wrong_titles}")
    print(f"  empty lines in sentences: {empty}; paragraphs: {paragraphs}, split or merged: {lost}")
    size = sum(len(article["text"]) for article in articles)
    speed = size / median(times) / 1e6
    print(f"  {median(times):.2f} s a seed ({min(times):.2f} to {max(times):.2f}), "
          f"{speed:.2f} million characters/s")  # fmt: skip
    if show:
        for (expected, found), n in Counter(errors).most_common():
            print(f"    {n} × {expected!r} → {found!r}")


def every_break(articles: list[dict], show: bool) -> None:
    words = {word for a in articles for word in re.findall(r"[^\W_]+(?:-[^\W_]+)*", a["text"])}
    tried, wrong = Counter(), Counter()
    errors = []
    for word in sorted(words):
        for match in re.finditer(r"[^\W_]+", word):
            stop = match.end()
            cases = [
                (word[:place], word[place:], Break.JOIN, "syllable")
                for place in (match.start() + p for p in syllables(match.group()))
            ]
            if stop < len(word):
                cases.append((word[:stop], word[stop + 1 :], Break.HYPHEN, "hyphen"))
            for left, right, expected, kind in cases:
                tried[kind] += 1
                if decide(left, right).outcome is not expected:
                    wrong[kind] += 1
                    errors.append(f"{left}|{right}")
    total = tried.total()
    print(f"every break of {len(words)} distinct words, each on its own: {total} breaks")
    for kind, n in tried.items():
        print(f"  at a {kind}: {n}, errors {wrong[kind]} = {100 * wrong[kind] / n:.3f} %")
    print(f"  errors: {wrong.total()} = {100 * wrong.total() / total:.3f} %")
    if show:
        print("   ", " ".join(errors))


def main(arguments: list[str]) -> None:
    show = "--errors" in arguments
    paths = [argument for argument in arguments if argument != "--errors"]
    rows = [json.loads(line) for p in paths for line in Path(p).read_text("utf-8").splitlines()]
    articles = rows or demo_articles()
    for article in articles:
        assert repair(article["text"]).text == article["text"], article["text"][:100]
    columns_of(articles, show)
    every_break(articles, show)
    print(f"{platform.machine()}, Python {platform.python_version()}")


if __name__ == "__main__":
    main(sys.argv[1:])
