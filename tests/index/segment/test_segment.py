"""Segments: what goes in comes out, merged or not."""

import gc
import re
import weakref
from bisect import bisect_left
from io import BytesIO

import numpy as np
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from index.analyzer import terms
from index.article import Article
from index.rows import article_from_row
from index.segment import layout, store
from index.segment.arrays import Arrays, ArrayWriter, ranges, starts, true_places
from index.segment.batch import Batch
from index.segment.codec import held
from index.segment.merge import Source, merge
from index.segment.policy import FACTOR, merges
from index.segment.segment import SegmentData
from index.segment.store import LEAST_TRAINED
from index.segment.strings import SELDOM, Strings
from index.segment.vocabulary import Vocabulary
from index.segment.weights import WEIGHTS, weight_codes
from index.toc import ArrayIndex
from index.tokens import spelling, tokens
from index.writer import IndexWriter

TEXTS = [
    "Стали варят сталь. Алма-Ата растёт! Мы стали старше…",
    "Президент прибыл в г. Баку.\nВизит А. Петрова закончен? Сталь.",
    "",
    "Из-за стали Сталь СТАЛЬ за́мок.",
    "Мост " * 300,
]
ARTICLES = [
    article_from_row(
        {
            "id": f"a{n}",
            "title": TEXTS[-1 - n][:40] or "Нет",
            "text": text,
            "persons": ["Анна Ким", f"Лицо {n}"],
            "date": "2022-08" if n % 2 else None,
            "mentions": [],
        }
    )[0]
    for n, text in enumerate(TEXTS)
]


def written(path, articles):
    batch = Batch(Vocabulary())
    for article in articles:
        batch.add(article)
    batch.close()
    batch.write(path)
    return SegmentData(path)


@pytest.fixture
def whole(tmp_path):
    return written(tmp_path / "MAIN_whole.seg", ARTICLES)


@pytest.fixture
def merged(tmp_path):
    """The same articles from two segments that held others, too."""
    parts = [
        written(tmp_path / "MAIN_a.seg", [*ARTICLES[:2], ARTICLES[4]]),
        written(tmp_path / "MAIN_b.seg", [ARTICLES[0], *ARTICLES[2:]]),
    ]
    alive = [np.array([True, True, False]), np.array([False, True, True, True])]
    merge(tmp_path / "MAIN_c.seg", [Source(*pair) for pair in zip(parts, alive)])
    return SegmentData(tmp_path / "MAIN_c.seg")


@pytest.fixture(params=["whole", "merged"])
def segment(request):
    return request.getfixturevalue(request.param)


def test_articles_and_names_come_out(segment):
    assert [segment.store[d] for d in range(5)] == [a.to_json() for a in ARTICLES]
    assert [segment.id(d) for d in range(5)] == [a.id for a in ARTICLES]
    assert [segment.docid(a.id) for a in ARTICLES] == list(range(5))
    assert segment.docid("a9") is None
    people = segment.names["person"]
    assert people.names(3) == ["Анна Ким".encode(), "Лицо 3".encode()]
    assert people.postings(people.terms.find("Анна Ким".encode())).tolist() == list(range(5))
    assert [bool(day) for day in segment.first_days] == [False, True, False, True, False]
    assert list(segment.arrays.damaged()) == []


def test_every_array_is_described(segment):
    fields = rf"\b(?:{'|'.join((*layout.NAME_FIELDS, *layout.WORD_FIELDS))})(?=\.)"
    for name in segment.arrays.facts["arrays"]:
        table = re.sub(r"^(forms|.*\.terms)\.(bytes|starts)$", r"\1", name)
        described = re.escape(re.sub(fields, "FIELD", table))
        assert re.search(rf"^ *(?:\S+, )?{described}(?:, \S+)?  ", layout.__doc__, re.MULTILINE), (
            name
        )


@pytest.mark.parametrize("field", ["title", "text"])
def test_every_occurrence_comes_out_with_its_form(segment, field):
    expected, weights = {}, {}
    for docid, article in enumerate(ARTICLES):
        for position, token in enumerate(tokens(getattr(article, field))):
            lead = max(3 - 2 * position / 120, 1) if field == "text" else 1
            for term, weight in terms(token.text):
                expected.setdefault(term, []).append((docid, position, spelling(token.text)))
                weights[term, docid] = weights.get((term, docid), 0) + weight * lead
    words = segment.words[field]
    assert [term.decode() for term in words.terms.all()] == sorted(expected, key=str.encode)
    for number, term in enumerate(words.terms.all()):
        postings = words.postings(number)
        forms = [segment.forms[n].decode() for n in words.forms_of(number).tolist()]
        which, occurrences = postings.occurrences(np.arange(len(postings.docids)))
        found = zip(
            postings.docids[which].tolist(),
            postings.positions(occurrences).tolist(),
            [forms[code] for code in postings.forms[occurrences].tolist()],
        )
        assert list(found) == expected[term.decode()]
        held = [weights[term.decode(), docid] for docid in postings.docids.tolist()]
        boost = 2 if field == "title" else 1
        np.testing.assert_allclose(WEIGHTS[postings.codes >> 8], np.array(held) * boost, rtol=0.04)


def test_occurrences_of_a_few_of_many_postings(tmp_path):
    articles = [
        article_from_row({"id": f"a{n}", "text": "мост " * (1 + n % 3) + "река", "mentions": []})[0]
        for n in range(700)
    ]
    parts = [written(tmp_path / f"{n}.seg", articles[n::2]) for n in (0, 1)]
    merge(tmp_path / "c.seg", [Source(part, np.ones(part.n_docs, bool)) for part in parts])
    for segment in (written(tmp_path / "d.seg", articles), SegmentData(tmp_path / "c.seg")):
        words = segment.words["text"]
        for term in ("мост", "река"):
            postings = words.postings(words.terms.find(term.encode()))
            for docid in (0, 127, 128, 300, 511, 699):
                _, found = postings.occurrences(np.array([docid]))
                expected = np.arange(postings.starts[docid], postings.starts[docid + 1])
                assert found.tolist() == expected.tolist()
            which = np.array([3, 4, 500])
            number, found = postings.occurrences(which)
            expected = [np.arange(*postings.starts[d : d + 2]) for d in which]
            assert found.tolist() == np.concatenate(expected).tolist()
            assert number.tolist() == np.repeat(range(3), list(map(len, expected))).tolist()


def test_words_of_long_texts_stand_where_they_do(tmp_path):
    texts = ["", "мост " * 600 + "река", "Река, мост", "", "— …", "мост " * 1700 + "Река", "река"]
    rows = ({"id": f"a{n}", "title": "Нет", "text": text, "mentions": []}
            for n, text in enumerate(texts))  # fmt: skip
    articles = [article_from_row(row)[0] for row in rows]
    words = written(tmp_path / "a.seg", articles).words["text"]
    found = {}
    for term in ("мост", "река"):
        postings = words.postings(words.terms.find(term.encode()))
        which, occurrences = postings.occurrences(np.arange(len(postings.docids)))
        docids = postings.docids[which].tolist()
        found[term] = list(zip(docids, postings.positions(occurrences).tolist()))
    assert found["река"] == [(1, 600), (2, 0), (5, 1700), (6, 0)]
    long = [[(docid, position) for position in range(n)] for docid, n in ((1, 600), (5, 1700))]
    assert found["мост"] == [*long[0], (2, 1), *long[1]]


def test_a_segment_goes_with_all_that_was_worked_out_when_nobody_needs_it(whole):
    """Each commit opens the segments anew; those of the one before must not wait in memory."""
    gc.disable()
    try:
        segment = SegmentData(whole.arrays.path)
        words = segment.words["text"]
        number = words.terms.find("сталь".encode())
        assert words.postings(number).find(np.arange(5))[1].tolist() == [1, 1, 0, 1, 0]
        assert segment.form_codes("text", number, "стали")
        needed = [weakref.ref(segment), weakref.ref(words)]
        del segment, words
        assert [ref() for ref in needed] == [None, None]
    finally:
        gc.enable()


@pytest.mark.parametrize("wanted", [[3], [0, 3, 650, 699], range(0, 700, 2), range(700), [5]])
def test_documents_are_found_among_those_of_a_very_common_term(tmp_path, wanted):
    articles = [
        article_from_row({"id": f"a{n}", "text": "мост" if n % 3 else "река", "mentions": []})[0]
        for n in range(700)
    ]
    words = written(tmp_path / "a.seg", articles).words["text"]
    number = words.terms.find("мост".encode())
    for asked in (wanted, range(700), wanted):
        places, held = words.postings(number).find(np.array(asked))
        assert held.tolist() == [n % 3 > 0 for n in asked]
        docids = words.postings(number).docids[places[held]]
        assert docids.tolist() == [n for n in asked if n % 3]


def test_sentences_begin_where_they_do(segment):
    words = segment.words["text"]
    starts = [
        words.sentences[int(a) : int(b)].tolist()
        for a, b in zip(words.sentence_starts, words.sentence_starts[1:])
    ]
    assert starts == [[0, 3, 5], [0, 5, 9], [], [0], [0]]


def test_strings_are_found_by_their_beginning(segment):
    terms_of_text = segment.words["text"].terms
    found = [terms_of_text[n].decode() for n in terms_of_text.beginning_with("ста".encode())]
    assert {"сталь", "стать"} <= set(found) and all(term.startswith("ста") for term in found)
    assert found == sorted(found)
    assert terms_of_text.find("сталь".encode()) is not None
    assert terms_of_text.find("стал".encode()) is None


@given(st.sets(st.binary(max_size=3), max_size=200).map(sorted), st.binary(max_size=3))
def test_a_place_among_strings_is_found_seldom_and_often(strings, wanted):
    lengths = np.array([len(string) for string in strings], np.int64)
    table = Strings(np.frombuffer(b"".join(strings), np.uint8), starts(lengths))
    for _ in range(SELDOM + 1):
        assert table.first_from(wanted) == bisect_left(strings, wanted)


@given(st.lists(st.floats(0.02, 500), min_size=1))
def test_weights_are_kept_to_three_percent(weights):
    kept = WEIGHTS[weight_codes(np.array(weights))]
    np.testing.assert_allclose(kept, weights, rtol=0.032)


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 5))))
def test_ranges(runs):
    first, lengths = np.array(runs, np.int64).reshape(-1, 2).T
    assert ranges(first, lengths).tolist() == [a + n for a, length in runs for n in range(length)]


@given(
    st.integers(0, 500),
    st.sampled_from([0, 1, 9, 90, 100]),
    st.integers(0, 1000),
    st.sampled_from([-1, 1, 2]),
)
def test_true_places(n, percent, seed, step):
    flags = (np.random.default_rng(seed).integers(0, 100, n) < percent)[::step]
    found = true_places(flags)
    assert found.dtype == np.intp
    assert found.tolist() == [place for place, flag in enumerate(flags) if flag]


def test_segments_of_a_size_are_merged_when_there_are_enough():
    assert merges([10] * (FACTOR - 1), [10] * (FACTOR - 1)) == []
    assert merges([10] * FACTOR, [10] * FACTOR) == [list(range(FACTOR))]
    assert merges([100_000, *[10] * FACTOR], [100_000, *[10] * FACTOR]) == [list(range(1, 9))]
    assert merges([100_000, 40], [100_000, 100]) == [[1]]
    assert merges([10] * FACTOR, [10] * FACTOR, FACTOR + 1) == []


def test_many_articles_share_a_dictionary_and_stay_whole_when_merged(tmp_path):
    def part(start: int, n: int) -> list[Article]:
        texts = (
            f"Мост номер {k} через реку Светлую открыли в районе {k % 7}."
            for k in range(start, start + n)
        )
        return [
            article_from_row({"id": f"a{start + k}", "text": text, "mentions": []})[0]
            for k, text in enumerate(texts)
        ]

    parts = [part(0, LEAST_TRAINED), part(LEAST_TRAINED, 30)]
    segments = [written(tmp_path / f"MAIN_{n}.seg", held) for n, held in enumerate(parts)]
    assert [bool(segment.store.dictionary) for segment in segments] == [True, False]
    alive = [np.arange(LEAST_TRAINED) != 5, np.ones(30, bool)]
    merge(tmp_path / "MAIN_m.seg", [Source(*pair) for pair in zip(segments, alive)])
    store = SegmentData(tmp_path / "MAIN_m.seg").store
    kept = [a.to_json() for n, a in enumerate(parts[0] + parts[1]) if n != 5]
    assert [store[docid] for docid in range(len(store))] == kept
    assert len(store.packed(0)) < sum(map(len, kept[:8])) / 4


@pytest.mark.parametrize("at_once", [1, 5_000, 1 << 21])
def test_articles_are_packed_in_blocks_however_many_at_a_time(at_once, monkeypatch):
    monkeypatch.setattr(store, "PACKED_BYTES", at_once)
    articles = [b"%d" % n * (100 + n) for n in range(2 * store.BLOCK + 3)]
    found = list(store.packed_blocks(iter(articles), store.packer(b"")))
    assert [size for blocks in found for size in blocks.sizes] == list(map(len, articles))
    assert [n for blocks in found for n in blocks.articles] == [store.BLOCK, store.BLOCK, 3]
    packed = BytesIO(b"".join(blocks.content for blocks in found))
    lengths = [length for blocks in found for length in blocks.lengths]
    unpacked = [zstandard.decompress(packed.read(length)) for length in lengths]
    assert b"".join(unpacked) == b"".join(articles)


def test_segments_of_many_articles_share_the_dictionary_of_the_first(tmp_path):
    def lines(subject):
        texts = (f"{subject} номер {k} открыли в районе {k % 7}." for k in range(LEAST_TRAINED))
        rows = ({"id": f"{subject} {k}", "text": text, "mentions": []}
                for k, text in enumerate(texts))  # fmt: skip
        return [article_from_row(row)[0] for row in rows]

    articles = [lines("Мост через реку"), lines("Паром за озеро"), lines("Порт")[:30]]
    with IndexWriter(tmp_path) as writer:
        for part in articles:
            for article in part:
                writer.add(article)
            writer.flush()
    index = ArrayIndex(tmp_path)
    stores = [data.store for _, data, _ in held(index.contents.segments, index.storage)]
    first, second, third = (store.dictionary for store in stores)
    assert first == second != third == b""
    assert [store[7] for store in stores] == [part[7].to_json() for part in articles]


def test_empty_arrays_are_whole_wherever_they_stand(tmp_path):
    writer = ArrayWriter(tmp_path / "file")
    for name, n in (("first", 0), ("some", 3), ("last", 0)):
        writer.add(name, np.arange(n))
    writer.finish({})
    arrays = Arrays(tmp_path / "file")
    assert list(arrays.damaged()) == []
    assert [len(arrays[name]) for name in ("first", "some", "last")] == [0, 3, 0]
