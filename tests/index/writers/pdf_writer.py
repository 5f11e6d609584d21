"""A small writer of PDF files with a text layer, for tests: no font is embedded, a ToUnicode map
says what the two-byte codes mean, and each letter is half as wide as it is high."""

from collections.abc import Iterable
from dataclasses import dataclass

_TO_UNICODE = (
    b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def "
    b"/CMapType 2 def 1 begincodespacerange <0000> <FFFF> endcodespacerange "
    b"1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap end end"
)
WIDTH, HEIGHT = 595, 842


@dataclass(frozen=True)
class Line:
    """A line of text at a point of the page, counted from its upper left corner."""

    x: float
    y: float
    text: str
    size: float = 10


def paragraph(x: float, y: float, width: float, text: str, size: float = 10) -> list[Line]:
    """A paragraph set into a column: its first line indented, words broken with a hyphen where
    they do not fit (after the third letter or later)."""
    room, lines, line = int(width / (size / 2)), [], "  "
    for word in text.split():
        while len(line) + len(word) > room:
            head = word[: room - len(line) - 1]
            if len(head) >= 3 and len(word) - len(head) >= 3 and word.isalpha():
                line, word = f"{line}{head}-", word[len(head) :]
            lines.append(line.rstrip())
            line = ""
        line += f"{word} "
    lines.append(line.rstrip())
    return [
        Line(
            x + size / 2 * (len(line) - len(line.lstrip())), y + n * size * 1.2, line.strip(), size
        )
        for n, line in enumerate(lines)
    ]


def pdf(pages: Iterable[Iterable[Line]], **information: str) -> bytes:
    """A PDF file of some pages; ``information`` is its metadata (Title, CreationDate, …)."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", b"", b"", b"", b""]
    objects[2] = (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Sans /Encoding /Identity-H "
        b"/DescendantFonts [4 0 R] /ToUnicode 6 0 R >>"
    )
    objects[3] = (
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Sans /DW 500 /FontDescriptor 5 0 R "
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>"
    )
    objects[4] = (
        b"<< /Type /FontDescriptor /FontName /Sans /Flags 32 /FontBBox [0 -200 1000 800] "
        b"/ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>"
    )
    objects[5] = _stream(_TO_UNICODE)
    kids = []
    for lines in pages:
        objects.append(_stream(b"\n".join(_shown(line) for line in lines)))
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] "
            f"/Resources << /Font << /F 3 0 R >> >> /Contents {len(objects)} 0 R >>".encode()
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(kids)}] >>".encode()
    objects.append(
        b"<< "
        + b" ".join(b"/%s %s" % (k.encode(), _string(v)) for k, v in information.items())
        + b" >>"
    )
    return _file(objects)


def _shown(line: Line) -> bytes:
    code = line.text.encode("utf-16-be").hex()
    return f"BT /F {line.size} Tf {line.x} {HEIGHT - line.y - line.size} Td <{code}> Tj ET".encode()


def _string(text: str) -> bytes:
    return b"<" + (b"\xfe\xff" + text.encode("utf-16-be")).hex().encode() + b">"


def _stream(content: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content)


def _file(objects: list[bytes]) -> bytes:
    content, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return content + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R /Info %d 0 R >>\n"
        b"startxref\n%d\n%%%%EOF\n"
    ) % (len(objects) + 1, table, len(objects) + 1, len(objects), len(content))
