"""Files of an index that are not what was written: each is named, and none is built upon."""

import json
import pickle
import struct
import zlib

import click
import pytest
from click.testing import CliRunner

from index.check import check_index
from index.folder import IndexUnusable, open_index
from index.indexing import index_sources, optimize_index
from index.options import index_option
from index.rows import article_from_row
from index.segment.arrays import MAGIC, Arrays
from index.segment.documents import DocumentsWriter
from index.segment.policy import FACTOR
from index.writer import IndexWriter


def add(folder, *numbers):
    with IndexWriter(folder) as writer:
        for number in numbers:
            row = {"id": f"a{number}", "text": "Новый мост открыт.", "mentions": []}
            writer.add(article_from_row(row)[0])


def damage(path):
    """Change a byte of the first array of a segment."""
    content = bytearray(path.read_bytes())
    content[64] ^= 1
    path.write_bytes(content)


def test_one_damaged_byte_in_any_file_is_found_and_the_file_named(tmp_path, write_rows):
    folder = tmp_path / "index"
    row = {"id": "a", "text": "Мост открыт.", "persons": ["Анна Ким"], "mentions": []}
    index_sources(folder, [write_rows(tmp_path / "rows.jsonl", [row])])
    kinds = set()
    for path in filter(lambda path: path.stat().st_size, sorted(folder.iterdir())):
        content = path.read_bytes()
        kinds.add(path.suffix)
        for place in {0, len(content) - 1, *range(3, len(content), 1 + len(content) // 60)}:
            damaged = bytearray(content)
            damaged[place] ^= 1
            path.write_bytes(damaged)
            problems = check_index(folder)
            assert [p for p in problems if p.startswith(f"{path}: ")], (path.name, place)
        path.write_bytes(content)
    assert kinds == {".seg", ".toc", ".links", ".groups"}
    assert check_index(folder) == []


def test_a_damaged_array_is_named(tmp_path):
    add(tmp_path / "index", 1)
    [path] = (tmp_path / "index").glob("*.seg")
    damage(path)
    assert check_index(tmp_path / "index") == [
        f"{path}: digest is not what was written; index anew"
    ]


def test_a_file_cut_short_is_refused(tmp_path):
    add(tmp_path / "index", 1)
    [path] = (tmp_path / "index").glob("*.seg")
    path.write_bytes(path.read_bytes()[:-10])
    with pytest.raises(IndexUnusable, match="cut short or damaged; restore it or index anew"):
        open_index(tmp_path / "index")


def test_a_fault_of_the_program_is_not_laid_to_the_index(tmp_path):
    add(tmp_path / "index", 1)
    [path] = (tmp_path / "index").glob("*.seg")
    damage(path)

    @click.command()
    @index_option
    def failing(folder):
        raise TypeError("a fault")

    done = CliRunner().invoke(failing, ["--index", str(tmp_path / "index")])
    assert isinstance(done.exception, TypeError)


def test_a_missing_file_is_named(tmp_path):
    add(tmp_path / "index", 1)
    [path] = (tmp_path / "index").glob("*.seg")
    path.unlink()
    with pytest.raises(IndexUnusable, match=f"{path.name}: missing"):
        open_index(tmp_path / "index")
    assert check_index(tmp_path / "index") == [f"{path}: No such file or directory"]


def test_another_format_is_refused_with_what_to_do(tmp_path, monkeypatch):
    for version, remedy in ((99, "update podshivka"), (0, "index the sources into a new folder")):
        folder = tmp_path / str(version)
        monkeypatch.setattr("index.segment.arrays.FORMAT_VERSION", version)
        monkeypatch.setattr("index.segment.arrays.OLDEST_FORMAT", version)
        add(folder, 1)
        monkeypatch.undo()
        with pytest.raises(IndexUnusable, match=f"format {version}, .*; {remedy}"):
            open_index(folder)


@pytest.fixture
def in_format_4(monkeypatch):
    """Writers of format 4, to which a segment of more than two documents is a large one."""
    monkeypatch.setattr("index.segment.arrays.FORMAT_VERSION", 4)
    monkeypatch.setattr("index.segment.documents.BITS", 1)


def test_a_large_index_with_cut_documents_is_refused(tmp_path, in_format_4, monkeypatch):
    append = DocumentsWriter.append
    with monkeypatch.context() as earlier:
        earlier.setattr("index.segment.segment.are_cut", lambda arrays, field: False)
        earlier.setattr(
            DocumentsWriter, "append", lambda self, docids, firsts: append(self, docids & 1, firsts)
        )
        add(tmp_path / "small", 1, 2)
        add(tmp_path / "large", 1, 2, 3, 4)
    assert open_index(tmp_path / "small").doc_count() == 2
    with pytest.raises(IndexUnusable, match="index the sources into a new folder"):
        open_index(tmp_path / "large")


def test_a_large_index_with_whole_documents_is_read(tmp_path, in_format_4):
    """Its articles have no titles, so no documents of those either."""
    add(tmp_path / "index", 1, 2, 3, 4)
    reader = open_index(tmp_path / "index").reader()
    assert list(reader.postings("text", "новый").all_ids()) == [0, 1, 2, 3]


def list_in_toc(folder, segments):
    """Put anything in the place of the segments that a TOC lists, under a right checksum."""
    [toc] = folder.glob("*.toc")
    content = toc.read_bytes()
    start = content.rindex(b"\x80", 0, -12)  # the pickle of the segments
    content = content[:start] + pickle.dumps(segments, 2)
    toc.write_bytes(content + struct.pack("<8sI", b"checksum", zlib.crc32(content)))


def test_nothing_but_segments_is_unpickled(tmp_path):
    add(tmp_path / "index", 1)
    list_in_toc(tmp_path / "index", [print])
    with pytest.raises(IndexUnusable, match="has no place in a TOC"):
        open_index(tmp_path / "index")


@pytest.mark.parametrize(
    "facts",
    [
        {"indexname": "../other"},
        {"segid": "../other"},
        {"n_docs": -1},
        {"n_docs": "1"},
        {"deleted": {1}},
        {"deleted": {"0"}},
        {"deleted": [0]},
        {"make_filename": "other"},
        {"is_deleted": 1},
    ],
    ids=str,
)
def test_a_strangers_segment_is_refused(tmp_path, facts):
    add(tmp_path / "index", 1)
    [segment] = open_index(tmp_path / "index").contents.segments
    vars(segment).update(facts)
    list_in_toc(tmp_path / "index", [segment])
    with pytest.raises(IndexUnusable, match="toc: damaged; delete the folder"):
        open_index(tmp_path / "index")


@pytest.mark.parametrize("listed", [1, {}, None])
def test_a_strangers_list_of_segments_is_refused(tmp_path, listed):
    add(tmp_path / "index", 1)
    list_in_toc(tmp_path / "index", listed)
    with pytest.raises(IndexUnusable, match="toc: damaged; delete the folder"):
        open_index(tmp_path / "index")


@pytest.mark.parametrize(
    "header",
    [
        "{",
        "[]",
        "[" * 100_000,
        '{"format": "4", "arrays": {}}',
        '{"format": 4}',
        {"type": "|O"},
        {"type": "zz"},
        {"shape": [-1]},
        {"shape": [10**15, 10**15]},
        {"shape": "5"},
        {"shape": []},
        {"offset": -8},
        {"offset": 10**15},
        {"crc": None},
    ],
    ids=lambda header: str(header)[:30],
)
def test_a_strangers_header_is_refused(tmp_path, header):
    add(tmp_path / "index", 1)
    [path] = (tmp_path / "index").glob("*.seg")
    facts = Arrays(path).facts
    if isinstance(header, dict):
        facts["arrays"]["text.codes"] |= header
        header = json.dumps(facts)
    end = struct.pack("<II8s", len(header), zlib.crc32(header.encode()), MAGIC)
    path.write_bytes(path.read_bytes() + header.encode() + end)
    named = f"{path}: not as podshivka writes it; index anew"
    with pytest.raises(IndexUnusable, match=named):
        open_index(tmp_path / "index")
    assert check_index(tmp_path / "index") == [named]


@pytest.mark.parametrize("fact", ["n_docs", "field_lengths", "arrays"])
def test_a_header_that_lacks_something_is_refused(tmp_path, fact):
    add(tmp_path / "index", 1)
    [path] = (tmp_path / "index").glob("*.seg")
    header = json.dumps(Arrays(path).facts | {fact: {}}).encode()
    end = struct.pack("<II8s", len(header), zlib.crc32(header), MAGIC)
    path.write_bytes(path.read_bytes() + header + end)
    with pytest.raises(IndexUnusable, match=f"^{path}: .*; index anew"):
        open_index(tmp_path / "index")
    [problem] = check_index(tmp_path / "index")
    assert problem.startswith(f"{path}: ")


def test_what_is_damaged_is_not_made_part_of_a_new_segment(tmp_path, write_rows):
    folder = tmp_path / "index"
    for number in range(FACTOR - 1):
        add(folder, number)
    path = min(folder.glob("*.seg"))
    damage(path)
    named = f"^{path}: digest is not what was written; index anew$"
    with pytest.raises(IndexUnusable, match=named):
        optimize_index(folder)
    row = {"id": "new", "text": "Мост открыт.", "mentions": []}
    with pytest.raises(IndexUnusable, match=named):
        index_sources(folder, [write_rows(tmp_path / "rows.jsonl", [row])])
    assert open_index(folder).doc_count() == FACTOR
    assert check_index(folder) == [named[1:-1]]
