"""What a run knows of articles, in little memory."""

import tracemalloc
from hashlib import blake2b

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import known, numbering
from index.article import Article
from index.folder import open_index
from index.indexing import index_sources
from index.known import Known
from index.numbering import Numbering
from index.reprints.duplicates import Duplicates
from search import Archive

KEYS = st.integers(0, 20) | st.integers(0, 20).map(lambda n: n << 40) | st.integers(0, 2**64 - 1)


@given(st.lists(st.lists(KEYS, min_size=1)))
def test_keys_are_numbered_as_they_come(runs):
    expected: dict[int, int] = {}
    numbers = Numbering()
    for keys in runs:
        found = numbers.numbers(np.array(keys, np.uint64)).tolist()
        assert found == [expected.setdefault(key, len(expected)) for key in keys]
        assert len(numbers) == len(expected)
    for key in (*expected, 21, 2**63):
        assert numbers.find(key) == expected.get(key)


def digest(n):
    return blake2b(b"%d" % n, digest_size=16).hexdigest()


STEPS = st.tuples(st.sampled_from(["add", "commit", "meet"]), st.integers(0, 9), st.integers(0, 9))


@given(st.lists(STEPS), st.integers(1, 4))
def test_what_a_run_takes_note_of_is_known(steps, recent):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(known, "RECENT", recent)
        run, added, others = Known(None), {}, {"commit": set(), "meet": set()}
        for step, id, content in steps:
            if step == "add":
                added[str(id)] = digest(content)
                run.add(str(id), digest(content))
            else:
                others[step].add(str(id))
                getattr(run, step)(str(id))
            for id in map(str, range(10)):
                assert run.digest(id) == added.get(id)
                assert (id in run) == run.is_added(id) == (id in added)
                assert run.is_committed(id) == (id in others["commit"])
                assert run.is_met(id) == (id in others["meet"])


@pytest.mark.parametrize("many", [0, known.MANY])
def test_ids_of_one_key_cost_no_article(tmp_path, write_rows, monkeypatch, many):
    monkeypatch.setattr(known, "keys", lambda ids: np.zeros(len(ids), np.uint64))
    monkeypatch.setattr(Numbering, "find", lambda self, key: 0 if len(self) else None)
    monkeypatch.setattr(known, "RECENT", 1)
    monkeypatch.setattr(known, "MANY", many)
    for word in ("Паром", "Мост"):
        rows = [{"id": f"a{n}", "text": f"{word} {n}.", "mentions": []} for n in range(5)]
        for _ in range(2):
            index_sources(tmp_path / "index", [write_rows(tmp_path / "rows.jsonl", rows)])
        archive = Archive(tmp_path / "index")
        assert open_index(tmp_path / "index").doc_count() == 5
        assert [archive.article(row["id"])["text"] for row in rows] == [r["text"] for r in rows]


def test_an_article_is_known_in_few_bytes(monkeypatch):
    for module in (known, numbering, "index.reprints.duplicates"):
        name = module if isinstance(module, str) else module.__name__
        monkeypatch.setattr(f"{name}.RECENT", 1000)
    n = 20_000
    tracemalloc.start()
    try:
        run, duplicates = Known(None), Duplicates([])
        for one in range(n):
            article = Article(f"{one:016x}", digest=digest(one))
            duplicates.add(int(digest(one)[:16], 16), article.id, False)
            run.add(article.id, article.digest)
            run.meet(article.id)
            run.commit(article.id)
        assert tracemalloc.get_traced_memory()[0] < 120 * n
    finally:
        tracemalloc.stop()
    assert run.digest(f"{7:016x}") == digest(7)
    assert duplicates.of(int(digest(7)[:16], 16)) == f"{7:016x}"
