"""Times linking: article-level names of a corpus to entities, and a commit on top.

Timed: ``link`` of 1,000,000 distinct names (750,000 of persons, 250,000 of organizations, a
tenth of those with an abbreviation that stood for them), ``relink`` for a commit of 5,000 names,
all of them new (or gone) and all of them known, a small commit with
reading and writing the table, as ten articles make it, and writing and reading the tables. The outcome
of the commits is compared with that of linking everything at once before anything is printed.
Corpus: names put together from the lists below, seed 1; surnames by Zipf's law, as in news.
Memory is the peak of the process, the names included.

    python tests/benchmarks/bench_linking.py [names]
"""

import os

os.environ["OPENBLAS_NUM_THREADS"] = "1"

import platform
import random
import resource
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from importlib.metadata import version
from itertools import accumulate
from pathlib import Path
from time import perf_counter, process_time

import numpy as np

from index.linking import storage
from index.linking.reasons import Reason
from index.linking.table import DTYPES, LinkTable, link, relink
from index.linking.tally import Tally

GIVEN = """
 Иван Пётр Сергей Андрей Дмитрий Михаил Алексей Николай Павел Олег Игорь Юрий Виктор Борис Глеб
 Тимур Рустам Эльдар Арсен Георгий Касым-Жомарт Нурлан Ержан Бауыржан Ян Томас Жан Роберт
""".split()
GIVEN_F = """
 Анна Мария Ольга Елена Наталья Ирина Светлана Татьяна Юлия Вера Лейла Айгуль Гульнара Зарина
 Карин Моника София Регина Инна Алла
""".split()
FATHERS = """
 Иван Петр Сергей Андрей Михаил Николай Павел Олег Виктор Борис Тимур Рустам Эдуард Роман Степан
 Герман Максим Богдан Давид Артур
""".split()
STEMS_1 = """
 Бар Вол Гор Дуб Жел Зим Кал Кор Лес Мал Мор Ник Орл Пав Рад Сав Сам Сол Там Тур Фад Хар Чер Шум
 Яр Аб Бел Вас Гол Дан Ефр Зар Кам Лав Мат Наз Осм Пет Руд Сул
""".split()
STEMS_2 = """
 ан ат ил ик им ир ог од ол он ор ул ун ур ев ем ен еш ав ад аз ак ал ам ар ас
""".split()
STEMS_3 = [
    "",
    *"""
 б в г д ж з к л м н п р с т ф х ч ш ст рт нд льд рг нк дз тк вк
""".split(),
]
MALE = """
 ов ев ин ский ко дзе ян чук ер
""".split()
FEMALE = """
 ова ева ина ская ко дзе ян чук ер
""".split()
HEADS = """
 завод комбинат институт университет театр банк фонд центр музей союз комитет департамент фабрика
 компания ассоциация федерация
""".split()
TOPICS = """
 геологии металлургии ботаники развития связи транспорта культуры печати экологии финансов
 энергетики химии права истории языка спорта
""".split()
KINDS = """
 Механический Центральный Северный Южный Восточный Западный Новый Первый Городской Областной
 Народный Опытный Речной Горный Лесной Степной
""".split()
COMMIT = 5_000
SMALL = 50
FRESH = {"person": "Иммануил", "org": "Седьмой завод имени"}
"""What the new names of a small commit begin with."""


def persons(rng: random.Random, size: int) -> list[str]:
    stems = [a + b + c for a in STEMS_1 for b in STEMS_2 for c in STEMS_3]
    rng.shuffle(stems)
    weights = list(accumulate(1 / rank for rank in range(1, len(stems) + 1)))
    found: dict[str, None] = {}
    while len(found) < size:
        for stem in rng.choices(stems, cum_weights=weights, k=size // 4 + 1):
            woman = rng.random() < 0.3
            number = rng.randrange(len(MALE))
            surname = stem + (FEMALE if woman else MALE)[number]
            given = rng.choice(GIVEN_F if woman else GIVEN)
            patronymic = rng.choice(FATHERS).rstrip("й") + ("овна" if woman else "ович")
            shape = rng.random()
            if shape < 0.45:
                name = f"{given} {surname}"
            elif shape < 0.75:
                name = f"{given} {patronymic} {surname}"
            elif shape < 0.85:
                name = f"{given[0]}. {surname}"
            elif shape < 0.93:
                name = f"{given[0]}. {patronymic[0]}. {surname}"
            elif shape < 0.97:
                name = f"{surname} {given}"
            else:
                name = surname
            found[name] = None
    return list(found)[:size]


def organizations(rng: random.Random, size: int) -> tuple[list[str], list[tuple[str, str]]]:
    found: dict[str, None] = {}
    pairs = []
    endings = "", "он", "ика"
    brands = [a + b + c + d for a in STEMS_1 for b in STEMS_2 for c in STEMS_3 for d in endings]
    rng.shuffle(brands)
    weights = list(accumulate(1 / rank for rank in range(1, len(brands) + 1)))
    while len(found) < size:
        (brand,) = rng.choices(brands, cum_weights=weights)
        head, kind = rng.choice(HEADS), rng.choice(KINDS)
        shape = rng.random()
        if shape < 0.3:
            name = f"«{brand}»"
        elif shape < 0.5:
            name = f"{head} «{brand}»"
        elif shape < 0.6:
            name = f"ООО «{brand}»"
        else:
            name = f"{kind} {head} {rng.choice(TOPICS)} имени {brand}а"
            if rng.random() < 0.25:
                short = "".join(word[0] for word in name.split()).upper()
                pairs.append((short, name))
                if rng.random() < 0.5:
                    found[short] = None
        found[name] = None
    names = list(found)[:size]
    kept = set(names)
    return names, [pair for pair in pairs if pair[1] in kept]


def tallies(rng: random.Random, size: int) -> Iterator[tuple[str, Tally]]:
    """The tally of each field, made when it is asked for: indexing reads one after the other."""
    yield "person", Tally(Counter(dict.fromkeys(persons(rng, size * 3 // 4), 1)))
    bodies, pairs = organizations(rng, size // 4)
    yield "org", Tally(Counter(dict.fromkeys(bodies, 1)), Counter(pairs))


def equal(one, other) -> bool:
    return list(one.names) == list(other.names) and all(
        np.array_equal(getattr(one, name), getattr(other, name)) for name in DTYPES
    )


def small_commit(field: str, table: LinkTable, rng: random.Random) -> float:
    """Seconds that a commit of SMALL new names, each with a word of known ones, takes in all, the
    table read, relinked and written."""
    rows = rng.sample(range(len(table)), SMALL)
    words = (table.names[row].split()[-1] for row in rows)
    change = Tally(Counter({f"{FRESH[field]} {word}": 1 for word in words}))
    with tempfile.TemporaryDirectory() as folder:
        storage.save(Path(folder), field, 1, table)
        started = perf_counter()
        read = storage.load(Path(folder), field, 1)
        storage.save(Path(folder), field, 2, relink(field, read, change))
        return perf_counter() - started


def peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(size: int) -> None:
    rng = random.Random(1)
    print(f"Python {platform.python_version()}, NumPy {version('numpy')}, {platform.machine()}")
    total, busy, linked = 0.0, 0.0, 0
    for field, tally in tallies(rng, size):
        linked += len(tally.names)
        before = peak_mb()
        started, worked = perf_counter(), process_time()
        table = link(field, tally)
        seconds = perf_counter() - started
        busy += process_time() - worked
        total += seconds
        leaders = np.count_nonzero(table.leaders == 0)
        ambiguous = np.count_nonzero(table.reasons == Reason.AMBIGUOUS)
        print(f"{field}: {len(table):,} names to {leaders:,} entities, {ambiguous:,} ambiguous, "
              f"in {seconds:.1f} s; peak {peak_mb():.0f} MB, before {before:.0f} MB")  # fmt: skip
        fresh = rng.sample(list(tally.names), COMMIT)
        change = Tally(Counter(dict.fromkeys(fresh, 1)))
        started = perf_counter()
        removed = relink(field, table, Tally(Counter(dict.fromkeys(fresh, -1))))
        away = perf_counter() - started
        again = relink(field, removed, change)
        assert equal(again, table), "a commit ended otherwise than linking at once"
        del removed, again
        started = perf_counter()
        relink(field, table, change)
        known = perf_counter() - started
        print(f"  a commit of {COMMIT:,} names: {away:.2f} s if all are new or gone, "
              f"{known:.2f} s if all are known")  # fmt: skip
        print(f"  a commit of {SMALL} new names, with the table read and written: "
              f"{small_commit(field, table, rng):.2f} s")  # fmt: skip
        with tempfile.TemporaryDirectory() as folder:
            started = perf_counter()
            storage.save(Path(folder), field, 1, table)
            saved = perf_counter() - started
            size_mb = storage.path(Path(folder), field, 1).stat().st_size / 1e6
            started = perf_counter()
            read = storage.load(Path(folder), field, 1)
            loaded = perf_counter() - started
            assert equal(read, table)
            print(f"  written in {saved:.2f} s, {size_mb:.0f} MB; read in {loaded:.2f} s")
        del tally, table, change, read
    print(f"{linked:,} names linked in {total:.1f} s, {busy:.1f} s of the processor; "
          f"peak with the commits {peak_mb():.0f} MB")  # fmt: skip


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
