"""Indexes that earlier versions wrote are read, added to, and written anew by ``optimize``.

``formats/N`` holds one of each format version N, made by the version of podshivka that wrote it.
"""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from index.check import check_index
from index.folder import open_index
from index.indexing import index_sources, optimize_index
from index.segment.codec import held
from index.segment.layout import FORMAT_VERSION, OLDEST_FORMAT
from index.segment.weights import WEIGHTS

FORMATS = Path(__file__).parent / "formats"


@pytest.fixture(params=range(OLDEST_FORMAT, FORMAT_VERSION))
def old(request, tmp_path):
    """A copy of an index of an earlier format."""
    return Path(shutil.copytree(FORMATS / str(request.param), tmp_path / "index"))


def segments(folder: Path):
    index = open_index(folder)
    return [data for _, data, _ in held(index.contents.segments, index.storage)]


def articles(folder: Path) -> dict[str, str]:
    return {
        article["id"]: article["title"]
        for data in segments(folder)
        for article in (json.loads(data.store[docid]) for docid in range(data.n_docs))
    }


TITLES = {
    "bridge-1": "Мост через Светлую открыли досрочно",
    "bridge-2": "На мосту через Светлую появятся камеры",
    "theatre": "Театр вернулся с гастролей",
}


def test_it_is_read(old):
    assert articles(old) == TITLES
    assert check_index(old) == []


def test_optimize_writes_it_anew(old):
    assert optimize_index(old) == 3
    assert [data.arrays.facts["format"] for data in segments(old)] == [FORMAT_VERSION]
    assert articles(old) == TITLES
    assert check_index(old) == []


def test_optimize_gives_the_lead_its_weight(old, tmp_path):
    rows = [json.loads(data.store[n]) for data in segments(old) for n in range(data.n_docs)]
    source = tmp_path / "same.jsonl"
    source.write_text("".join(json.dumps(row | {"mentions": []}) + "\n" for row in rows), "utf-8")
    index_sources(tmp_path / "new", [source])
    optimize_index(old)
    (anew,), (upgraded,) = segments(tmp_path / "new"), segments(old)
    for field in ("title", "text"):
        assert anew.words[field].terms.all() == upgraded.words[field].terms.all()
        expected, found = (WEIGHTS[data.words[field].codes >> 8] for data in (anew, upgraded))
        np.testing.assert_allclose(found, expected, rtol=0.07)


def test_it_is_added_to(old, tmp_path):
    source = tmp_path / "new.jsonl"
    source.write_text(
        '{"id": "mill", "title": "Мельница", "text": "Мелет.", "mentions": []}', "utf-8"
    )
    assert index_sources(old, [source]).new == 1
    assert articles(old) == TITLES | {"mill": "Мельница"}
