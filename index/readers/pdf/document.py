"""The article of a PDF file: its text in reading order, its headline in the largest type."""

import re
from collections import Counter
from collections.abc import Iterator

from index.readers.pdf.paragraphs import Paragraph, paragraphs
from index.readers.pdf.pieces import pieces
from index.readers.pdf.reading_order import blocks
from index.readers.plain_text import mended
from index.readers.reading import Refused, size_of
from index.readers.row import Row, Unreadable
from index.readers.source import Source

MOST_PAGES = 5000

_MARK_WITHIN = 1024

_FEWEST_LETTERS = 20
"""Letters of a file with a text layer at the least."""

_HEADLINE = 1.3
"""Times that a headline's type is larger than that of most of the text, at the least."""

_LONGEST_HEADLINE = 250
_SAME_SIZE = 1.08
_ARTICLE = 300
"""Characters behind a headline that make an article of its own."""

_NO_TITLE = re.compile(
    r"\.(?:indd|docx?|odt|rtf|qxd|pmd|p65|cdr|pdf|txt|html?)$|^microsoft\b|^untitled|^без имени"
    r"|^(?:документ|document|слайд|slide|layout|макет)\s*\d*$|^[\W\d_]*$",
    re.IGNORECASE,
)
_MADE = re.compile(r"(?:D:)?(\d{4})(\d\d)?(\d\d)?")


def looks(source: Source) -> bool:
    """Whether a source is a PDF file: its mark may stand behind a little of something else."""
    return b"%PDF-" in source.head[:_MARK_WITHIN]


def read(source: Source) -> Iterator[Row | Unreadable]:
    """The one row of a PDF file. Several articles in it are one: where large type shows that,
    the row says so."""
    from pypdfium2 import PdfiumError

    try:
        pages, information = _opened(source)
    except PdfiumError as error:
        raise _refused(str(error)) from error
    if sum(map(str.isalpha, "".join(p.text for page in pages for p in page))) < _FEWEST_LETTERS:
        reason = "no text layer: it holds pictures of pages; recognise them (OCR) first"
        raise Refused(reason, "no text layer")
    headline, rest = _headline(pages)
    told = " ".join(information.get("Title", "").split())
    title = headline or ("" if _NO_TITLE.search(told) else told)
    text = "\n\n".join(p.text for page in rest for p in page)
    article = mended(text, source.reading, title)
    yield article.as_row(
        source.name, source.key, made=_made(information), doubts=tuple(_doubts(pages))
    )


def _refused(error: str) -> Refused:
    """Why PDFium does not open a file, by its message."""
    if "password" in error:
        return Refused("it opens with a password only; save it without one", "encrypted")
    if "Success" in error:
        return Refused("it has no pages", "no text")
    return Refused(f"a damaged PDF file: {error}", "damaged")


def _opened(source: Source) -> tuple[list[list[Paragraph]], dict[str, str]]:
    """The paragraphs of each page, and the file's metadata.

    Raises PdfiumError, and Refused when it is too much.
    """
    from pypdfium2 import PdfDocument

    with PdfDocument(source.content()) as document:
        if len(document) > MOST_PAGES:
            raise Refused(f"{len(document)} pages, more than {MOST_PAGES}", "too large")
        most = left = source.reading.limits.article_bytes
        pages = []
        for number in range(len(document)):
            page = document[number]
            pages.append([p for block in blocks(pieces(page)) for p in paragraphs(block)])
            page.close()
            left -= sum(len(p.text.encode(errors="replace")) for p in pages[-1])
            if left < 0:
                reason = f"text of more than {size_of(most)}; see --max-article-size"
                raise Refused(reason, "too large")
        return pages, document.get_metadata_dict()


def _body_size(pages: list[list[Paragraph]]) -> float:
    """The type size of most of the text, to a tenth of a point."""
    sizes: Counter[float] = Counter()
    for paragraph in (p for page in pages for p in page):
        sizes[round(paragraph.size, 1)] += len(paragraph.text)
    return sizes.most_common(1)[0][0]


def _is_headline(paragraph: Paragraph, body: float) -> bool:
    words = re.findall(r"[^\W\d_]{2,}", paragraph.text)
    return (
        paragraph.size >= _HEADLINE * body
        and len(words) > 1
        and len(paragraph.text) <= _LONGEST_HEADLINE
    )


def _headline(pages: list[list[Paragraph]]) -> tuple[str, list[list[Paragraph]]]:
    """The headline in the largest type on the first page that has text, and the pages without
    it; an empty one where nothing stands out."""
    first = next(page for page in pages if page)
    body = _body_size(pages)
    found = [p for p in first if _is_headline(p, body)]
    if not found:
        return "", pages
    largest = max(p.size for p in found)
    start = next(n for n, p in enumerate(first) if p in found and p.size * _SAME_SIZE >= largest)
    stop = start + 1
    while stop < len(first) and first[stop].size * _SAME_SIZE >= largest:
        stop += 1
    lines = [line for p in first[start:stop] for line in p.lines]
    rest = [first[:start] + first[stop:] if page is first else page for page in pages]
    return _joined(lines), rest


def _joined(lines: list[str]) -> str:
    return re.sub(r"(?<=\w)-\n(?=[а-яёa-z])", "", "\n".join(lines)).replace("\n", " ")


def _doubts(pages: list[list[Paragraph]]) -> Iterator[tuple[str, str]]:
    blank = [str(number) for number, page in enumerate(pages, start=1) if not page]
    if blank:
        yield "pages without a text layer", f"page {', '.join(blank[:10])}"
    body = _body_size(pages)
    n_articles, length = 0, _ARTICLE
    for paragraph in (p for page in pages for p in page):
        if _is_headline(paragraph, body):
            length = 0
        else:
            before, length = length, length + len(paragraph.text)
            n_articles += before < _ARTICLE <= length
    if n_articles > 1:
        yield "several articles are one", f"{n_articles} headlines, which have one text"


def _made(information: dict[str, str]) -> str | None:
    """The day when the file was made, as a partial date."""
    match = _MADE.match(information.get("CreationDate", ""))
    return "-".join(part for part in match.groups() if part) if match else None
