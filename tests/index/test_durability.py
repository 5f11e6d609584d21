"""An index is its last commit, whole: after a kill, a full disk, in a read-only folder.

    python tests/index/test_durability.py 200

kills 200 times and says what came of it.
"""

import errno
import os
import pickle
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from whoosh.index import open_dir

from index.check import check_index
from index.folder import IndexUnusable, open_index
from index.indexing import optimize_index
from index.rows import article_from_row
from index.segment import layout
from index.toc import has_commit, latest_generation
from index.writer import IndexWriter

KILLS = 20
LONGEST_LIFE_S = 0.4


def article(number, text="Новый мост открыт."):
    return article_from_row({"id": f"a{number}", "text": text, "mentions": []})[0]


def add(folder, *numbers):
    with IndexWriter(folder) as writer:
        for number in numbers:
            writer.add(article(number))


def kill_at_random(folder: Path, seed: int) -> int:
    """Let a process write into the folder, kill it, look; returns the generation found."""
    command = [sys.executable, str(Path(__file__).with_name("crashing.py")), str(folder), str(seed)]
    before = latest_generation(folder)
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    assert process.stdout.readline() == b"ready\n"
    time.sleep(random.Random(seed).random() * LONGEST_LIFE_S)
    process.kill()
    process.wait()
    process.stdout.close()
    assert check_index(folder) == []
    assert latest_generation(folder) >= before
    if folder.is_dir() and has_commit(folder):
        index = open_index(folder)
        reader = index.reader()
        stored = [reader.stored_fields(docid)["article"] for docid in reader.all_doc_ids()]
        assert len(stored) == index.doc_count()
    return latest_generation(folder)


def test_a_killed_writer_leaves_the_last_commit(tmp_path):
    folder = tmp_path / "index"
    generations = [kill_at_random(folder, seed) for seed in range(KILLS)]
    assert generations[-1] > 0
    add(folder, 1)
    named = {s.make_filename(layout.EXTENSION) for s in open_index(folder).contents.segments}
    assert {path.name for path in folder.glob("*.seg")} == named


def test_a_full_disk_leaves_the_last_commit(tmp_path, monkeypatch):
    folder = tmp_path / "index"
    add(folder, 1)
    real, left = os.fsync, [2]

    def full(descriptor):
        left[0] -= 1
        if not left[0]:
            raise OSError(errno.ENOSPC, "No space left on device")
        real(descriptor)

    for allowed in range(1, 4):
        left[0] = allowed
        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space left"):
            add(folder, 2)
        monkeypatch.undo()
        assert check_index(folder) == []
        assert open_index(folder).doc_count() == 1
    add(folder, 2)
    assert open_index(folder).doc_count() == 2


def test_a_damaged_array_is_named(tmp_path):
    add(tmp_path / "index", 1)
    [path] = (tmp_path / "index").glob("*.seg")
    content = bytearray(path.read_bytes())
    content[64] ^= 1
    path.write_bytes(content)
    assert check_index(tmp_path / "index") == [
        f"{path}: store.bytes is not what was written; index anew"
    ]


def test_a_file_cut_short_is_refused(tmp_path):
    add(tmp_path / "index", 1)
    [path] = (tmp_path / "index").glob("*.seg")
    path.write_bytes(path.read_bytes()[:-10])
    with pytest.raises(IndexUnusable, match="cut short or damaged; restore it or index anew"):
        open_index(tmp_path / "index")


def test_a_missing_file_is_named(tmp_path):
    add(tmp_path / "index", 1)
    [path] = (tmp_path / "index").glob("*.seg")
    path.unlink()
    with pytest.raises(IndexUnusable, match=f"{path.name}: missing"):
        open_index(tmp_path / "index")
    assert check_index(tmp_path / "index") == [f"{path}: No such file or directory"]


def test_another_format_is_refused_with_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setattr("index.segment.arrays.FORMAT_VERSION", 99)
    add(tmp_path / "index", 1)
    monkeypatch.undo()
    with pytest.raises(IndexUnusable, match="format 99, .* index the sources into a new folder"):
        open_index(tmp_path / "index")


def test_nothing_but_segments_is_unpickled(tmp_path):
    add(tmp_path / "index", 1)
    [toc] = (tmp_path / "index").glob("*.toc")
    content = toc.read_bytes()
    start = content.rindex(b"\x80")  # the pickle of the segments
    toc.write_bytes(content[:start] + pickle.dumps([print], 2))
    with pytest.raises(IndexUnusable, match="has no place in a TOC"):
        open_index(tmp_path / "index")


def test_plain_whoosh_opens_it(tmp_path):
    add(tmp_path / "index", 1, 2)
    assert open_dir(str(tmp_path / "index")).doc_count() == 2


def test_many_small_commits_are_merged_and_optimize_makes_one(tmp_path):
    folder = tmp_path / "index"
    for number in range(20):
        add(folder, number)
    assert len(open_index(folder).contents.segments) < 9
    assert optimize_index(folder) == 20
    [segment] = open_index(folder).contents.segments
    assert segment.doc_count_all() == 20
    assert check_index(folder) == []


def test_a_reader_keeps_its_generation(tmp_path):
    folder = tmp_path / "index"
    add(folder, 1)
    reader = open_index(folder).reader()
    with IndexWriter(folder) as writer:
        writer.delete("a1")
        writer.add(article(2))
        writer.commit(optimize=True)
    assert [reader.column_reader("id")[d] for d in reader.all_doc_ids()] == ["a1"]
    newer = open_index(folder).reader()
    assert [newer.column_reader("id")[d] for d in newer.all_doc_ids()] == ["a2"]


if __name__ == "__main__":
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else KILLS
    with tempfile.TemporaryDirectory() as home:
        last = [kill_at_random(Path(home) / "index", seed) for seed in range(kills)][-1]
    print(f"{kills} kills, {last} commits: the index was whole each time")
