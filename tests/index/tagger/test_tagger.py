"""The tagger gives slovnet's tags and razdel's tokens; natasha is the reference."""

import json
import re
import tracemalloc
from functools import cache
from importlib.resources import files
from itertools import count, islice, product

import numpy as np
import pytest
import razdel
from hypothesis import given
from hypothesis import strategies as st
from natasha import NewsEmbedding, NewsNERTagger

from index.mentions import Span
from index.tagger import Model, network, tag, tokenize, tokens
from index.tagger.bio import Bio
from index.tagger.crf import Steps, viterbi

ODD = [
    "",
    " \n\t\u00a0 ",
    "Путин",
    ".",
    "🚀🚀 Маск 👨‍👩‍👧 запустил 🛰️ из Флориды 🇺🇸",
    "Ель\u200bцин и Гор\u00adбачёв\ufeff встретились в Моск\u0301ве",
    "ПРЕЗИДЕНТ РОССИИ ВЛАДИМИР ПУТИН ПРИБЫЛ В МИНСК НА САММИТ ОДКБ",
    "Angela Merkel met Emmanuel Macron in Berlin, Reuters reports.",
    "Президент України Володимир Зеленський прибув до Києва, повідомляє «Укрінформ».",
    "Қазақстан Президенті Қасым-Жомарт Тоқаев Астанада өткен жиында сөз сөйледі.",
    "Cергей Лaвров (МИД РФ)заявил,что«Роснефть»и«Газпром»уходят",
    "ПутинМедведевМинфинСбербанк",
    "ıſK\u1c80 İstanbul'da",
    "–5…10 °C, 1/2, 3,5 %, 12:30, http://ria.ru/a_b-c?d=1#e, ivan@yandex.ru, 8-800-555-35-35",
]

BORDERS = [
    "кто-то",
    "кто- то",
    "кто -то",
    "кто - то",
    "-|то",
    "минус -5 и --|5",
    "минус\n\n−5",
    "а|--|б",
    "---| **|",
    "_|лёд снег_лёд лёд _лёд",
    "1,5| 1, 5 1 ,5 1|,| да 1.5.7|!",
    "1/2 1\\2 а|/|б",
    "Э|.|Тукумов",
    "Да|?!… Да|?|,",
    ":)) :)))|) :|-|) :| ) ;( =)",
    "yahoo!| Yahoo!?!| xyahoo|! іyahoo!",
    "Δσ mβж ію Жіz Ж|z",
    "5|кг кг|5 5|і",
    "«|МИД|»|[|1|]|{|2|}",
    "100|%|№|5",
]
"""Texts whose tokens are parted by blanks and bars; a bar is no part of the text."""


@cache
def reference() -> NewsNERTagger:
    return NewsNERTagger(NewsEmbedding())


@cache
def model() -> Model:
    return Model()


@cache
def demo() -> list[str]:
    """The title and the text of every demo article."""
    rows = [
        json.loads(line)
        for path in sorted((files("index") / "demo").iterdir(), key=str)
        if path.name.endswith(".jsonl")
        for line in path.read_text("utf-8").splitlines()
    ]
    return ["\n\n".join(filter(None, [row.get("title"), row["text"]])) for row in rows]


def razdel_tokens(text: str) -> list[tuple[int, int, str]]:
    return [(token.start, token.stop, token.text) for token in razdel.tokenize(text)]


def own_tokens(text: str) -> list[tuple[int, int, str]]:
    found = tokenize(text)
    return list(zip(found.starts.tolist(), found.stops.tolist(), found.forms))


def slovnet_tags(forms: list[str]) -> list[str]:
    infer = reference().infer
    return next(infer.decoder(infer.process(infer.encoder([forms]))))


def slovnet_spans(text: str) -> list[Span]:
    return [Span(span.start, span.stop, span.type) for span in reference()(text).spans]


@pytest.mark.once
def test_every_demo_article_has_slovnets_tags_token_for_token():
    forms = [[form for _, _, form in razdel_tokens(text)] for text in demo()]
    assert len(forms) > 100
    for words, tags in zip(forms, model().tags(forms)):
        assert list(zip(words, tags)) == list(zip(words, slovnet_tags(words)))


def test_every_demo_article_has_slovnets_spans():
    assert list(tag(demo())) == [slovnet_spans(text) for text in demo()]


@pytest.mark.parametrize("text", filter(str.strip, ODD))
def test_an_odd_text_has_slovnets_spans(text):
    assert list(tag([text])) == [slovnet_spans(text)]


def test_a_text_without_tokens_has_no_spans():
    text = "Владимир Зеленский выступил в Киеве."
    spans = [Span(0, 18, "PER"), Span(30, 35, "LOC")]
    assert list(tag(["", text, " \n", ""])) == [[], spans, [], []]
    assert list(tag([""])) == [[]]
    assert list(tag([])) == []
    assert model().tags([]) == []
    assert model().tags([[], ["Путин"], []]) == [[], slovnet_tags(["Путин"]), []]


def test_a_text_is_tagged_alike_alone_and_in_company():
    texts = [text for pair in zip(ODD, demo()) for text in pair]
    together = list(tag(texts))
    assert together == [spans for text in texts for spans in tag([text])]
    assert together[::-1] == list(tag(texts[::-1]))


def test_texts_are_read_as_a_stream():
    read = count()
    endless = (f"Статья {number}: Иван Петров приехал в Тулу." for number in read)
    spans = list(islice(tag(endless), 3))
    assert [[span.type for span in one] for one in spans] == [["PER", "LOC"]] * 3
    assert next(read) < 10_000


@pytest.mark.once
def test_a_text_of_several_chunks_has_slovnets_spans():
    text = "\n".join(demo())[:100_000]
    assert next(tag([text])) == slovnet_spans(text)


@pytest.mark.once
@pytest.mark.parametrize("text", ["а" * 5_000_000, "аі" * 2_500_000, f"{'Я' * 999} " * 5_000])
def test_five_megabytes_of_long_words_name_nobody(text):
    assert [span for span in next(tag([text])) if span.type == "PER"] == []


@pytest.mark.once
def test_reading_a_long_text_takes_less_than_a_hundred_bytes_a_token():
    text, loaded = "он и я " * 100_000, model()
    tracemalloc.start()
    encoded = loaded.encode(text)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(encoded) == 300_000
    assert peak < 100 * len(encoded)


def test_products_that_were_dropped_are_computed_again(monkeypatch):
    monkeypatch.setattr(network, "_BLOCK", 8)
    monkeypatch.setattr(network, "_SLAB", 16)
    monkeypatch.setattr(network, "_KEPT", 32)
    small = Model()
    forms = [tokenize(text).forms for text in demo()[:10]]
    assert small.tags(forms) == model().tags(forms)


@pytest.mark.parametrize("marked", BORDERS)
def test_tokens_of_a_text(marked):
    text = marked.replace("|", "")
    forms = [form for form in re.split(r"[|\s]+", marked) if form]
    assert tokenize(text).forms == forms
    assert own_tokens(text) == razdel_tokens(text)


@pytest.mark.parametrize("text", ODD)
def test_tokens_of_an_odd_text_are_razdels(text):
    assert own_tokens(text) == razdel_tokens(text)


def test_tokens_of_every_demo_article_are_razdels():
    for text in demo():
        assert own_tokens(text) == razdel_tokens(text)


def test_every_character_is_what_it_is_to_razdel():
    characters = [chr(code) for code in range(0x3000)]
    text = " ".join(f"ж{one} z{one} 1{one} і{one}" for one in characters if not one.isspace())
    assert own_tokens(text) == razdel_tokens(text)


MARKS = st.text('абЯёx Yy1٣2-‑–—_.,/\\?!…:;=)(*«"{}[]\n\u200bіқᲀıſΔé😀№', max_size=30)
PARTS = st.lists(st.sampled_from(["yahoo", "!", "-", ".", " ", "  ", "1", "а", "і", "x", ":", ")"]))


@given(MARKS | PARTS.map("".join) | st.text(max_size=30), st.sampled_from([1, 8, 1 << 16]))
def test_tokens_of_any_text_are_razdels_whatever_the_chunks(text, chunk):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tokens, "_CHUNK", chunk)
        assert own_tokens(text) == razdel_tokens(text)


@given(st.lists(st.integers(1, 5), min_size=1, max_size=4), st.integers(0, 2**32 - 1))
def test_viterbi_finds_the_best_of_all_paths(lengths, seed):
    random = np.random.default_rng(seed)
    transitions = random.normal(size=(3, 3)).astype(np.float32)
    sequences = [random.normal(size=(length, 3)).astype(np.float32) for length in lengths]

    def value(scores, path):
        moves = transitions[path[:-1], path[1:]].sum(dtype=float)
        return scores[range(len(path)), path].sum(dtype=float) + moves

    expected = [
        tag
        for scores in sequences
        for tag in max(
            map(list, product(range(3), repeat=len(scores))), key=lambda path: value(scores, path)
        )
    ]
    steps = Steps(np.array(lengths))
    packed = np.empty((3, sum(lengths)), np.float32)
    packed[:, steps.rows] = np.concatenate(sequences).T
    assert viterbi(packed, steps, transitions).tolist() == expected


def test_a_span_keeps_its_first_type_and_begins_with_b():
    names = ["O", "B-PER", "I-PER", "B-ORG", "I-ORG"]
    tags = ["I-PER", "O", "B-PER", "I-ORG", "B-ORG", "O", "I-ORG", "B-PER"]
    starts = np.arange(0, 80, 10)
    spans = Bio(names).spans(starts, starts + 5, np.array([names.index(tag) for tag in tags]))
    assert spans == [Span(20, 35, "PER"), Span(40, 45, "ORG"), Span(70, 75, "PER")]
