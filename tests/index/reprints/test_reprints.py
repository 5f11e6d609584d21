"""Reprints: the same news is one group, whatever order and pieces it comes in."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.folder import open_index
from index.indexing import delete_articles, index_sources, optimize_index
from index.reprints import storage, texts
from index.reprints.addition import Grouped, with_added
from index.reprints.documents import Documents, Part
from index.reprints.grouping import ALONE, groups
from index.reprints.sketch import SIZE
from index.rows import article_from_row
from index.segment.codec import held
from index.writer import IndexWriter
from search import Archive, Request

BRIDGE = """В Заречье открыли новый мост через Каменку. Его строили четыре года, и всё это время
жители левого берега добирались до больницы паромом. Первым по мосту проехал автобус со школьниками,
которые победили в краевой олимпиаде.

Мэр Олег Седов сказал, что движение грузовиков разрешат через месяц, когда закончат испытания.
До этого тяжёлым машинам придётся ехать в объезд через Липовку, где дорогу чинили прошлым летом.

Подрядчик обещает ещё до зимы поставить на набережной фонари и посадить вдоль спуска рябины.
Старый паром отдадут музею речного флота, капитан Игнат Белых уже согласился водить экскурсии."""
PARTS = BRIDGE.split("\n\n")
TAIL = """Редакция не несёт ответственности за мнения читателей. Все права на материалы защищены,
при перепечатке ссылка обязательна. Подписывайтесь на наш канал и присылайте новости."""
SHOP = """Сеть пекарен «Каравай» закрывает последний магазин в Заречье. Владелец Роман Котов
объяснил, что аренда выросла вдвое, а покупатели ушли в торговый центр за рекой. Восемь продавщиц
получат выплаты за два месяца и рекомендации."""
WEATHER = """В Заречье {} мая ожидается переменная облачность, днём без осадков, ветер западный
умеренный. Температура воздуха ночью {} градусов тепла, днём до {} градусов. Давление {}
миллиметров ртутного столба, местами возможен туман."""


def reprint(text: str, **fields) -> dict:
    return {"text": text, "mentions": [], **fields}


STORIES = {
    "original": reprint(BRIDGE, title="Мост открыт", date="2021-05-03"),
    "headline": reprint(BRIDGE, title="Паром уходит в музей", date="2021-05-04"),
    "tag": reprint(f"ЗАРЕЧЬЕ, 4 мая — РечИнформ. {BRIDGE}", date="2021-05-04"),
    "cut": reprint("\n\n".join(PARTS[:2]), date="2021-05-05"),
    "reordered": reprint("\n\n".join([PARTS[2], PARTS[0], PARTS[1]]), date="2021-05-05"),
    "words": reprint(BRIDGE.replace("строили", "возводили").replace("жители", "горожане")),
    "case": reprint(BRIDGE.upper().replace("Ё", "Е"), date="2021-05-06"),
    "tail": reprint(f"{BRIDGE}\n\n{TAIL}", date="2021-05-07"),
    "shop": reprint(f"{SHOP}\n\n{TAIL}", date="2021-05-07"),
    "other": reprint(
        """Движение по мосту через Каменку началось в понедельник. Власти четыре года ждали этого
дня: паром не ходил в ледоход, и левый берег по две недели оставался без врачей.

«Грузовики пустим в июне», — пообещал Олег Седов. Испытания моста под нагрузкой продолжаются.""",
        date="2021-05-03",
    ),
    "weather 3": reprint(WEATHER.format(3, 8, 17, 745), date="2021-05-03"),
    "weather 4": reprint(WEATHER.format(4, 11, 21, 751), date="2021-05-04"),
    "brief": reprint("Подробности позже.", title="Мост открыт"),
    "brief again": reprint("Подробности позже.", title="Мост открыт"),
    "another brief": reprint("Подробности позже.", title="Пекарня закрыта"),
}
GROUPS = [
    {"brief", "brief again"},
    {"case", "cut", "headline", "original", "reordered", "tag", "tail", "words"},
]


def write(path: Path, names) -> Path:
    rows = [STORIES[name] | {"id": name} for name in names]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def grouped(folder: Path) -> list[set[str]]:
    """The groups at the index's last commit, each as ids."""
    index = open_index(folder)
    segments = held(index.contents.segments, index.storage)
    found: dict[int, set[str]] = {}
    numbers = storage.stored(folder, index.generation, [id for id, _, _ in segments])
    assert np.array_equal(numbers, storage.grouped(segments))
    ids = [data.id(docid) for _, data, _ in segments for docid in range(data.n_docs)]
    for id, number in zip(ids, numbers.tolist()):
        if number != ALONE:
            found.setdefault(number, set()).add(id)
    return sorted(found.values(), key=min)


@pytest.fixture
def folder(tmp_path):
    index_sources(tmp_path / "index", [write(tmp_path / "all.jsonl", STORIES)])
    return tmp_path / "index"


def test_reprints_are_grouped_and_other_news_is_not(folder):
    assert grouped(folder) == GROUPS


@settings(max_examples=12, deadline=None)
@given(st.permutations(list(STORIES)), st.lists(st.integers(0, len(STORIES)), max_size=3))
def test_groups_depend_on_neither_order_nor_pieces(tmp_path_factory, names, cuts):
    home = tmp_path_factory.mktemp("pieces")
    borders = [0, *sorted(cuts), len(names)]
    for n, (first, last) in enumerate(zip(borders, borders[1:])):
        index_sources(home / "index", [write(home / f"{n}.jsonl", names[first:last])])
    assert grouped(home / "index") == GROUPS


def test_a_deletion_takes_articles_out_of_their_groups(folder):
    delete_articles(folder, ["original", "brief"])
    assert grouped(folder) == [GROUPS[1] - {"original"}]


def test_a_changed_text_leaves_its_group(folder, tmp_path):
    row = STORIES["headline"] | {"id": "headline", "text": SHOP.replace("Каравай", "Калач")}
    source = tmp_path / "changed.jsonl"
    source.write_text(json.dumps(row), "utf-8")
    index_sources(folder, [source])
    assert {"headline", "shop"} in grouped(folder)
    assert GROUPS[1] - {"headline"} in grouped(folder)


def test_optimize_keeps_groups(folder):
    delete_articles(folder, ["other", "tail"])
    optimize_index(folder)
    assert grouped(folder) == [GROUPS[0], GROUPS[1] - {"tail"}]


@pytest.mark.parametrize("damage", [Path.unlink, lambda path: path.write_bytes(b"podshivka")])
def test_lost_groups_are_found_anew(folder, damage):
    damage(next(folder.glob("reprints_*.groups")))
    found = Archive(folder).search(Request(limit=100))["results"]
    told = {hit["id"]: hit["reprints"] for hit in found if hit["reprints"]}
    assert told == {id: len(group) - 1 for group in GROUPS for id in group}


def test_boilerplate_of_many_short_texts_joins_none():
    chance = np.random.default_rng(1)
    boilerplate = chance.integers(0, 2**32 - 1, 18, np.uint32)
    own = chance.integers(0, 2**32 - 1, (40, SIZE - 18), np.uint32)
    sketches = np.sort(np.concatenate([np.tile(boilerplate, (40, 1)), own], axis=1), axis=1)
    assert set(groups(sketches, np.zeros(40, np.uint64)).tolist()) == {ALONE}


def test_a_story_that_went_round_is_no_boilerplate():
    chance = np.random.default_rng(2)
    sketches = np.tile(chance.integers(0, 2**32 - 1, SIZE, np.uint32), (100, 1))
    changed = chance.random(sketches.shape) < 0.25
    sketches[changed] = chance.integers(0, 2**32 - 1, np.count_nonzero(changed), np.uint32)
    assert set(groups(np.sort(sketches, axis=1), np.zeros(100, np.uint64)).tolist()) == {0}


@pytest.fixture
def always_added():
    """Groups that new articles are always added to, never made anew."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("index.reprints.addition.FEW", 0)
        patch.setattr("index.reprints.addition.SHARE", 2)
        yield


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.permutations(list(STORIES)), st.lists(st.integers(0, len(STORIES)), max_size=6))
def test_articles_that_are_added_find_their_groups(always_added, tmp_path_factory, names, cuts):
    home = tmp_path_factory.mktemp("added")
    borders = [0, *sorted(cuts), len(names)]
    for n, (first, last) in enumerate(zip(borders, borders[1:])):
        index_sources(home / "index", [write(home / f"{n}.jsonl", names[first:last])])
    assert grouped(home / "index") == GROUPS
    optimize_index(home / "index")
    assert grouped(home / "index") == GROUPS


def test_added_articles_replace_and_outlive_others(always_added, folder, tmp_path):
    delete_articles(folder, ["brief again", "tail"])
    assert grouped(folder) == [GROUPS[1] - {"tail"}]
    index_sources(folder, [write(tmp_path / "again.jsonl", ["brief again", "tail"])])
    assert grouped(folder) == GROUPS
    optimize_index(folder)
    assert grouped(folder) == GROUPS


def test_articles_that_a_commit_adds_and_makes_one_segment_of_find_their_groups(
    always_added, tmp_path
):
    folder, added = tmp_path / "index", ["brief again", "tail"]
    rest = [name for name in STORIES if name not in added]
    index_sources(folder, [write(tmp_path / "rest.jsonl", rest)])
    with IndexWriter(folder) as writer:
        for name in added:
            writer.add(article_from_row(STORIES[name] | {"id": name, "mentions": []})[0])
        writer.commit(optimize=True)
    assert grouped(folder) == GROUPS


@pytest.fixture
def compared(monkeypatch):
    """How many pairs of texts were compared, time after time."""
    found = []
    resemblance = texts._resemblance

    def counted(one, a, other, b):
        found.append(len(a))
        return resemblance(one, a, other, b)

    monkeypatch.setattr(texts, "_resemblance", counted)
    return found


def test_only_what_has_something_of_the_new_article_is_compared(
    always_added, folder, tmp_path, compared
):
    row = reprint(SHOP.replace("Восемь", "Девять"), id="shop again", date="2021-05-09")
    source = tmp_path / "one.jsonl"
    source.write_text(json.dumps(row), "utf-8")
    compared.clear()
    index_sources(folder, [source])
    n_compared = sum(compared)
    assert {"shop", "shop again"} in grouped(folder)
    assert n_compared <= 3


def with_new(old: np.ndarray, new: np.ndarray) -> Documents:
    """Documents with these sketches, of which the new ones are in no commit before."""
    return Documents(
        [
            Part(name, found, np.zeros(len(found), "Q"), np.ones(len(found), bool), name == "new")
            for name, found in (("old", old), ("new", new))
        ]
    )


def all_alone(n: int) -> Grouped:
    """What is known of n old documents that are in no group, and of no boilerplate."""
    groups = {"old": np.full(n, ALONE, np.int32)}
    return Grouped(groups, *map(np.zeros, (0, 0), "Qi"), np.zeros(0, "I"), 0)


def test_boilerplate_that_only_new_articles_have_joins_none(always_added):
    chance = np.random.default_rng(4)
    sketches = chance.integers(0, 2**32 - 1, (80, SIZE), np.uint32)
    sketches[40:, :22] = sketches[40, :22]
    sketches.sort(axis=1)
    groups, boilerplate, _ = with_added(all_alone(40), with_new(sketches[:40], sketches[40:]))
    assert (set(groups.tolist()), len(boilerplate)) == ({ALONE}, 22)


def test_new_articles_with_a_passage_that_many_have_are_compared_with_few(always_added, compared):
    chance = np.random.default_rng(3)
    own = chance.integers(2**16, 2**32 - 1, (1200, SIZE - 8), np.uint32)
    passage = np.tile(chance.integers(0, 2**16, 8, np.uint32), (1200, 1))
    sketches = np.sort(np.concatenate([passage, own], axis=1), axis=1)
    documents = with_new(sketches[:600], sketches[600:])
    groups, _, added = with_added(all_alone(600), documents)
    assert (set(groups.tolist()), added) == ({ALONE}, 600)
    assert sum(compared) <= 2 * 8 * 600 + 600
