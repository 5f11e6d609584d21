"""What putting wrongly decoded text right costs, and what it finds.

Measured: ``index.readers.redecoding`` over the demo articles as they are (which must stay so)
beside reading and annotating them, in turns; then each pair of encodings, every article encoded
in one and decoded in the other, with title and source: articles that come back to the letter, and
the share of words that do.

    python tests/benchmarks/bench_redecoding.py
"""

import platform
import time
from statistics import median

from corpus import demo_articles

from index.annotation import annotate
from index.readers.redecoding import redecoded
from index.readers.row import Row
from index.rows import article_from_row

ROUNDS = 7
ENCODINGS = ("utf-8", "cp1251", "koi8_r", "cp866", "iso8859_5", "mac_cyrillic")
READ_IN = ("latin-1", "cp1252", "cp1251", "koi8_r", "cp866", "iso8859_5", "mac_cyrillic")
FIELDS = ("title", "text", "source")


def cost(rows: list[Row]) -> None:
    assert [redecoded(row) for row in rows] == rows
    list(annotate(article_from_row(row.content)[0] for row in rows))
    looking, annotating = [], []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        for row in rows:
            redecoded(row)
        middle = time.perf_counter()
        list(annotate(article_from_row(row.content)[0] for row in rows))
        looking.append((middle - start) / len(rows))
        annotating.append((time.perf_counter() - middle) / len(rows))
    shares = [a / b for a, b in zip(looking, annotating)]
    print(
        f"{median(looking) * 1e6:.0f} us an article, {median(annotating) * 1e6:.0f} us to annotate "
        f"it: {median(shares):.2%} ({min(shares):.2%} to {max(shares):.2%})"
    )


def found(rows: list[Row], written: str, read: str) -> tuple[int, float]:
    """Articles that come back to the letter, and the share of their words that do."""
    articles = words = right_words = 0
    for row in rows:
        right = {
            name: row.content[name].encode(written, "ignore").decode(written) for name in FIELDS
        }
        wrong = {name: text.encode(written).decode(read, "replace") for name, text in right.items()}
        back = redecoded(Row(wrong, row.place)).content
        articles += back == right
        pairs = [pair for name in FIELDS for pair in zip(right[name].split(), back[name].split())]
        words += sum(len(right[name].split()) for name in FIELDS)
        right_words += sum(a == b for a, b in pairs)
    return articles, right_words / words


def main() -> None:
    print(f"Python {platform.python_version()}, {platform.machine()}")
    kept = ("id", "title", "text", "date", "source", "section", "url")
    rows = [
        Row({name: article[name] for name in kept if name in article}, "demo")
        for article in demo_articles()
    ]
    cost(rows)
    for written in ENCODINGS:
        for read in READ_IN:
            if written != read:
                articles, share = found(rows, written, read)
                print(
                    f"{written:>12} read as {read:<12} {articles:>3} of {len(rows)}, {share:.2%} of words"
                )


if __name__ == "__main__":
    main()
