"""The check: whether every file of an index is what was written."""

from collections.abc import Iterator
from pathlib import Path

from whoosh.index import IndexVersionError

from index.linking import storage
from index.linking.tally import FIELDS
from index.reprints import storage as reprints
from index.segment.arrays import Arrays, SegmentUnusable
from index.segment.codec import ArraySegment
from index.segment.layout import EXTENSION, NAME_FIELDS, WORD_FIELDS
from index.segment.segment import SegmentData
from index.toc import has_commit, read_contents

_AT_ONCE = 1 << 20
"""Postings that are looked at together."""

_REMEDY = "not what was written; podshivka optimize writes it anew"


def check_index(folder: Path) -> list[str]:
    """What is wrong with the index in a folder, each as ``file: what``; a folder without a
    commit is an empty index. Reads every byte."""
    if folder.is_file():
        return [f"{folder}: a file; the index needs a folder"]
    try:
        if not has_commit(folder):
            return []
        contents = read_contents(folder)
    except (SegmentUnusable, IndexVersionError) as error:
        return [str(error)]
    except OSError as error:
        return [f"{folder}: cannot be read: {error.strerror}"]
    return [
        *(problem for segment in contents.segments for problem in _problems(folder, segment)),
        *_damaged_links(folder, contents.generation),
        *_damaged_groups(reprints.path(folder, contents.generation)),
    ]


def _damaged_groups(path: Path) -> Iterator[str]:
    try:
        damaged = list(Arrays(path).damaged())
    except FileNotFoundError:
        return
    except SegmentUnusable as error:
        damaged = [str(error)]
    if damaged:
        yield f"{path}: {_REMEDY}"


def _damaged_links(folder: Path, generation: int) -> Iterator[str]:
    for field in FIELDS:
        path = storage.path(folder, field, generation)
        is_damaged = path.exists() and storage.load(folder, field, generation) is None
        if is_damaged and not storage.is_earlier(folder, field, generation):
            yield f"{path}: {_REMEDY}"


def _problems(folder: Path, segment: ArraySegment) -> Iterator[str]:
    path = folder / segment.make_filename(EXTENSION)
    try:
        data = SegmentData(path)
        damaged = list(data.arrays.damaged())
        yield from damaged or _contradictions(data, segment.doc_count_all())
    except SegmentUnusable as error:
        yield str(error)
    except OSError as error:
        yield f"{path}: {error.strerror}"


def _contradictions(data: SegmentData, n_docs: int) -> Iterator[str]:
    path = data.arrays.path
    if data.n_docs != n_docs:
        yield f"{path}: {data.n_docs} documents, and the TOC says {n_docs}"
    for field in (*NAME_FIELDS, *WORD_FIELDS):
        found = data.words.get(field) or data.names[field]
        docids = found.docids
        begins = range(0, len(docids), _AT_ONCE)
        parts = (docids.between(n, min(n + _AT_ONCE, len(docids))) for n in begins)
        if any(int(part.max()) >= data.n_docs for part in parts):
            yield f"{path}: {field} has postings of documents that are not there"
        if int(found.posting_starts[-1]) != len(docids):
            yield f"{path}: {field} has {len(docids)} postings, and its terms say otherwise"
