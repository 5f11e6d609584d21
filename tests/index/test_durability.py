"""An index is its last commit, whole: after a kill, a full disk, in a read-only folder.

    python tests/index/test_durability.py 200

kills 200 times and says what came of it.
"""

import errno
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import tracemalloc
from contextlib import contextmanager
from pathlib import Path

import orjson
import pytest
from whoosh.index import open_dir

from index import merging
from index.check import check_index
from index.folder import IndexUnusable, open_index
from index.indexing import delete_articles, index_sources, optimize_index
from index.rows import article_from_row
from index.segment import layout
from index.segment.policy import FACTOR
from index.toc import has_commit, latest_generation
from index.writer import IndexWriter

ROOT = Path(__file__).parents[2]
ENVIRONMENT = os.environ | {
    "PYTHONPATH": os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")])),
    "OPENBLAS_NUM_THREADS": "1",
}
KILLS = 20
FIRST_LIFE_S = 0.4
ROOM = 1 << 19
NOBODY = 65534


def article(number, text="Новый мост открыт."):
    return article_from_row({"id": f"a{number}", "text": text, "mentions": []})[0]


def add(folder, *numbers):
    with IndexWriter(folder) as writer:
        for number in numbers:
            writer.add(article(number))


def starting(folder: Path) -> subprocess.Popen:
    """A process that starts writers into the folder, one for each seed that it is told."""
    command = [sys.executable, str(Path(__file__).with_name("crashing.py")), str(folder)]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, env=ENVIRONMENT, text=True)


def kills(folder: Path, n: int) -> int:
    """Let n processes write into the folder, one after the other, kill each at a random moment,
    and look; returns the last generation. They live longer where few come to a commit."""
    longest_life_s = FIRST_LIFE_S
    with starting(folder) as starter:
        for seed in range(n):
            before = latest_generation(folder)
            kill_after(starter, seed, random.Random(seed).random() * longest_life_s)
            look(folder)
            assert latest_generation(folder) >= before
            longest_life_s *= 1.5 if latest_generation(folder) == before else 0.8
    assert latest_generation(folder) >= n // 4, "hardly a process lived to commit"
    return latest_generation(folder)


def kill_after(starter: subprocess.Popen, seed: int, life_s: float) -> None:
    """Let a process begin to write, and kill it when it has lived so long."""
    print(seed, file=starter.stdin, flush=True)
    writer = int(starter.stdout.readline())
    time.sleep(life_s)
    os.kill(writer, signal.SIGKILL)
    assert int(starter.stdout.readline()) == -signal.SIGKILL


def look(folder: Path) -> None:
    """See that the index is whole: its files, and that each article is there once."""
    assert check_index(folder) == []
    if folder.is_dir() and has_commit(folder):
        index = open_index(folder)
        reader = index.reader()
        stored = [fields_of(reader.stored_fields(docid)) for docid in reader.all_doc_ids()]
        assert len({article["id"] for article in stored}) == index.doc_count()


@pytest.mark.once
def test_a_killed_writer_leaves_the_last_commit(tmp_path):
    folder = tmp_path / "index"
    kills(folder, KILLS)
    optimize_index(folder)
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


def test_a_writer_that_cannot_say_who_it_is_does_not_keep_the_index(tmp_path, monkeypatch):
    def full(path, *arguments):
        path.touch()
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(OSError, match="No space left"):
        IndexWriter(tmp_path)
    monkeypatch.undo()
    assert not (tmp_path / "MAIN_WRITER").exists()
    add(tmp_path, 1)
    assert open_index(tmp_path).doc_count() == 1


@pytest.fixture
def full_disk(tmp_path):
    """A folder with room for little: a file system of its own, or, where none may be mounted,
    files that may not grow; the latter's limit in bytes, or None."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={ROOM}", "none", str(disk)]
    is_mounted = shutil.which("mount") and not subprocess.run(mount, capture_output=True).returncode
    yield disk / "index", None if is_mounted else ROOM // 4
    if is_mounted:
        subprocess.run(["umount", "-l", str(disk)], check=True)


@pytest.mark.once
@pytest.mark.parametrize("has_own_disk", [True, False])
def test_a_disk_that_is_full_ends_the_command_and_leaves_the_last_commit(
    full_disk, tmp_path, write_rows, has_own_disk
):
    folder, limit = full_disk if has_own_disk else (tmp_path / "index", ROOM // 4)
    chance = random.Random(1)
    rows = [
        {"id": f"a{n}", "text": f"{chance.randbytes(400).hex()} мост", "mentions": []}
        for n in range(2000)
    ]
    assert index_sources(folder, [write_rows(tmp_path / "few.jsonl", rows[:9])]).new == 9
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    many = write_rows(tmp_path / "many.jsonl", rows)
    failed = indexing(many, folder, limit)
    assert failed.returncode == 1
    assert failed.stderr.startswith(f"Error: {folder}: cannot be written: ")
    assert len(failed.stderr.splitlines()) == 1
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert check_index(folder) == []
    assert index_sources(folder, [write_rows(tmp_path / "few.jsonl", rows[:10])]).new == 1
    assert open_index(folder).doc_count() == 10


def indexing(source, folder, limit):
    """Run the command that indexes; ``limit`` is what files may grow to, in bytes, or None."""

    def limited():
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    arguments = [sys.executable, "-m", "index", "index", str(source), "--index", str(folder)]
    return subprocess.run(
        arguments, env=ENVIRONMENT, capture_output=True, text=True,
        preexec_fn=limited if limit else None,
    )  # fmt: skip


@pytest.fixture
def unprivileged(tmp_path):
    """The rights of somebody who may not write everywhere, nor read what Python loads late."""
    add(tmp_path / "before", 1)
    if os.geteuid():
        yield
    else:
        os.seteuid(NOBODY)
        yield
        os.seteuid(0)


@contextmanager
def folder_of_mode(mode):
    """The folder of an index of one article that grants these rights; afterwards it is as it was."""
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home) / "index"
        add(folder, 1)
        before = sorted(folder.iterdir())
        folder.chmod(mode)
        try:
            yield folder
        finally:
            folder.chmod(0o755)
        assert sorted(folder.iterdir()) == before
        assert open_index(folder).doc_count() == 1


def test_a_folder_that_may_not_be_written_is_named(unprivileged):
    with folder_of_mode(0o555) as folder:
        for write in (optimize_index, lambda folder: delete_articles(folder, ["a1"])):
            with pytest.raises(IndexUnusable, match=f"^{folder}: cannot be written: "):
                write(folder)


def test_a_folder_that_may_not_be_listed_is_not_an_empty_one(unprivileged):
    with folder_of_mode(0o333) as folder:
        for read in (open_index, lambda folder: delete_articles(folder, ["a1"])):
            with pytest.raises(IndexUnusable, match=f"^{folder}: cannot be read: "):
                read(folder)
        with pytest.raises(PermissionError):
            add(folder, 2)
        assert check_index(folder) == [f"{folder}: cannot be read: Permission denied"]


def test_a_file_is_no_index(tmp_path):
    path = tmp_path / "file"
    path.touch()
    assert check_index(path) == [f"{path}: a file; the index needs a folder"]


def test_a_first_commit_that_was_interrupted_can_be_made_again(tmp_path, write_rows):
    folder = tmp_path / "index"
    row = {"id": "a", "text": "Мост открыт.", "persons": ["Анна Ким"], "mentions": []}
    source = write_rows(tmp_path / "rows.jsonl", [row])
    index_sources(folder, [source])
    [toc] = folder.glob("*.toc")
    toc.unlink()
    assert index_sources(folder, [source]).new == 1


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


def test_a_commit_is_seen_before_what_it_leaves_to_merge_is_merged(tmp_path, monkeypatch):
    folder, merged = tmp_path / "index", threading.Event()
    merge = merging.merge

    def slow(*arguments):
        assert merged.wait(60)
        return merge(*arguments)

    monkeypatch.setattr(merging, "merge", slow)
    for number in range(FACTOR - 1):
        add(folder, number)
    with IndexWriter(folder) as writer:
        writer.add(article(FACTOR))
        writer.commit()
        assert writer.is_merging
        assert open_index(folder).doc_count() == FACTOR
        assert len(open_index(folder).contents.segments) == FACTOR
        writer.delete("a0")  # of a segment that is being merged
        writer.add(article(FACTOR + 1))
        writer.commit()
        assert open_index(folder).doc_count() == FACTOR
        merged.set()
    assert len(open_index(folder).contents.segments) == 2
    with open_index(folder).searcher() as searcher:
        found = {fields["id"] for fields in map(fields_of, searcher.all_stored_fields())}
    assert found == {f"a{n}" for n in (*range(1, FACTOR - 1), FACTOR, FACTOR + 1)}
    assert check_index(folder) == []


def fields_of(stored):
    return orjson.loads(stored["article"])


def test_a_writer_that_is_closed_drops_what_is_not_committed(tmp_path):
    folder = tmp_path / "index"
    for number in range(FACTOR - 1):
        add(folder, number)
    writer = IndexWriter(folder)
    writer.add(article(FACTOR))
    writer.commit()
    assert writer.is_merging
    writer.delete("a0")
    writer.add(article(FACTOR + 1))
    writer.flush()
    writer.close()
    with open_index(folder).searcher() as searcher:
        found = {fields_of(fields)["id"] for fields in searcher.all_stored_fields()}
    assert found == {f"a{n}" for n in (*range(FACTOR - 1), FACTOR)}
    assert check_index(folder) == []
    add(folder, FACTOR + 1)
    assert len(open_index(folder).contents.segments) < FACTOR


def test_a_writer_that_is_cancelled_leaves_its_merge(tmp_path):
    folder = tmp_path / "index"
    for number in range(FACTOR - 1):
        add(folder, number)
    writer = IndexWriter(folder)
    writer.add(article(FACTOR))
    writer.commit()
    writer.cancel()
    assert open_index(folder).doc_count() == FACTOR
    add(folder, FACTOR + 1)
    assert open_index(folder).doc_count() == FACTOR + 1
    assert len(open_index(folder).contents.segments) < FACTOR


def test_a_merge_that_fails_is_left_to_the_next_run(tmp_path, write_rows, monkeypatch):
    def full(path, parts):
        raise OSError(errno.ENOSPC, "No space left on device")

    folder = tmp_path / "index"
    for number in range(FACTOR - 1):
        add(folder, number)
    rows = [{"id": f"b{n}", "text": "Мост открыт.", "mentions": []} for n in range(2)]
    monkeypatch.setattr(merging, "merge", full)
    report = index_sources(folder, [write_rows(tmp_path / "rows.jsonl", rows[:1])])
    assert report.new == 1
    assert "not merged yet: No space left on device" in "\n".join(report.lines())
    assert open_index(folder).doc_count() == FACTOR
    assert delete_articles(folder, ["a0"]) == []
    monkeypatch.undo()
    assert index_sources(folder, [write_rows(tmp_path / "rows.jsonl", rows)]).new == 1
    assert open_index(folder).doc_count() == FACTOR
    assert len(open_index(folder).contents.segments) < FACTOR
    assert check_index(folder) == []


def test_merges_wait_while_more_articles_are_on_their_way(tmp_path):
    folder = tmp_path / "index"
    writer = IndexWriter(folder)
    for number in range(FACTOR):
        writer.add(article(number))
        writer.commit(more=True)
    assert not writer.is_merging
    assert len(open_index(folder).contents.segments) == FACTOR
    writer.close()
    assert len(open_index(folder).contents.segments) == 1
    assert open_index(folder).doc_count() == FACTOR


@pytest.mark.once
def test_memory_is_bounded_by_the_setting(tmp_path):
    def add_all(n, memory_mb):
        writer = IndexWriter(tmp_path / "index", memory_mb=memory_mb)
        for number in range(n):
            writer.add(article(number, f"Слово{number} " * 200))
        return writer

    def peak(n, memory_mb):
        tracemalloc.start()
        writer = add_all(n, memory_mb)
        used = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        writer.cancel()
        return used

    add_all(1200, 1000).cancel()  # fills the caches of words
    bounded = peak(1200, 4)
    assert bounded < 2 * peak(400, 4)
    assert bounded < 10_000_000 < peak(1200, 1000)
    assert not list((tmp_path / "index").glob("*.seg"))


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
    n = int(sys.argv[1]) if len(sys.argv) > 1 else KILLS
    with tempfile.TemporaryDirectory() as home:
        commits = kills(Path(home) / "index", n)
    print(f"{n} kills, {commits} commits: the index was whole each time")
