"""Text that was decoded wrongly before it came here is put right; right text stays."""

import json
from importlib.resources import files

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from index.__main__ import commands
from index.indexing import index_sources
from index.readers.redecoding import redecoded, redecoded_text
from index.readers.row import Row

TEXT = "Президент прибыл с визитом в столицу, где его встретил министр транспорта."


def misread(text: str, written: str, read: str) -> str:
    """What comes of text that is encoded in one way and decoded in another."""
    return text.encode(written, "ignore").decode(read, "replace")


DEMO = [
    json.loads(line)
    for file in sorted((files("index") / "demo").iterdir(), key=lambda file: file.name)
    for line in file.read_text("utf-8").splitlines()
]
CYRILLIC = ["cp1251", "koi8_r", "cp866", "iso8859_5"]
PAIRS = [
    (written, read)
    for written in ["utf-8", *CYRILLIC]
    for read in ["latin-1", "cp1252", *CYRILLIC]
    if written != read
]
SWALLOWED = {("utf-8", "cp1252"), ("cp866", "cp1252"), ("utf-8", "cp1251"), ("cp866", "cp1251")}
"""Pairs that lose letters for good: their bytes stand for nothing in the encoding that was read."""


@pytest.mark.parametrize(
    "wrong, right",
    [
        ("Ð¿Ñ€Ð¸Ð²ÐµÑ‚", "привет"),
        ("ïðèâåò", "привет"),
        ("РџСЂРёРІРµС‚", "Привет"),
        ("оПХБЕР", "Привет"),
        ("ОПХБЕР ЛХПС", "привет миру"),
        ("ПХБЕР", "ПХБЕР"),
        ("Âåñòíèê", "Вестник"),
        ("ÒÀÑÑ", "ТАСС"),
        ("Ð¡Ð¨Ð\x90", "США"),
        ("Он сказал: â€œда” â€” и ушёл Â«домойÂ»", "Он сказал: “да” — и ушёл «домой»"),
        (f"{TEXT} «Мост», вЂ” сказал он. {TEXT}", f"{TEXT} «Мост», — сказал он. {TEXT}"),
        (f"{TEXT} Â«Мост» â€” сказал он. {TEXT}", f"{TEXT} «Мост» — сказал он. {TEXT}"),
        (f"{TEXT} Газета РќРµС„С‚СЊ пишет. {TEXT}", f"{TEXT} Газета Нефть пишет. {TEXT}"),
        ("РќРµС„С‚СЊ РїРѕРґРѕСЂРѕР¶Р°Р»Р°", "Нефть подорожала"),
        ("Ð ÐžÐ¡Ð¡Ð˜Ð¯", "РОССИЯ"),
        ("п÷я─п╦п╡п╣я┌", "Привет"),
        ("╧ЁштхЄ, ьшЁ", "Привет, мир"),
        ("Ã¯Ã°Ã¨Ã¢Ã¥Ã²", "привет"),
        (misread(misread("привет, тут", "utf-8", "cp1251"), "utf-8", "cp1251"), "привет, тут"),
        (f"{TEXT}\nÏåðåãîâîðû ïðîøëè â óçêîì ñîñòàâå.\n{TEXT}",
         f"{TEXT}\nПереговоры прошли в узком составе.\n{TEXT}"),
    ],
)  # fmt: skip
def test_what_was_decoded_wrongly_is_put_right(wrong, right):
    assert redecoded_text(wrong) == right


@pytest.mark.parametrize(
    "wrong, right",
    [
        # windows-1252 has no character for the second byte of с, я, э, А and Н
        (misread("Россия снизила пошлины на нефть", "utf-8", "cp1252"),
         "Россия снизила пошлины на нефть"),
        (misread("Это сталь, и она дорога", "utf-8", "cp1252"), "Это сталь, и она дорога"),
        # windows-1251 has none for that of И
        (misread("Иностранные инвестиции", "utf-8", "cp1251"), "Иностранные инвестиции"),
        # control characters were dropped, or became spaces
        ("".join(c for c in misread("Президент прибыл", "utf-8", "latin-1") if c >= "\xa0"
                 or c == " "), "Президент прибыл"),
        (misread("Министр рассказал", "utf-8", "cp1252").replace("\ufffd", "?"),
         "Министр рассказал"),
    ],
)  # fmt: skip
def test_lost_letters_are_found_by_the_words_that_are_left(wrong, right):
    assert redecoded_text(wrong) == right


def test_a_lost_letter_that_cannot_be_told_stays_lost():
    wrong = misread("Президент принял Аыкву", "utf-8", "cp1252")
    assert redecoded_text(wrong) == "Президент принял \ufffdыкву"


@pytest.mark.parametrize(
    "text",
    [
        TEXT.upper(),
        "СССР, РСФСР, ЦСКА, ВТБ",
        "Україна: Президент їде до Києва, ґрунтовно підготувавшись.",
        "Қазақстан Республикасының Президенті үкімет отырысын өткізді, деп хабарлады.",
        "Председник Србије изјавио је да ће Њујорк и Љубљана сарађивати, џемпер.",
        "Прэзідэнт Беларусі сказаў, што ўсё добра.",
        "Le président a été élu à Orléans, où il était né. «Ça va», dit-il à Noël.",
        "Die Größe der Straße überrascht: Öl, Äpfel, Übermut.",
        "São João não está à venda; ação e emoção.",
        "Þetta er íslenska: ævi, öðru, ðóttir.",
        "Çanakkale'de öğretmeni şöyle dedi.",
        "Tõnu õöülikool, jäääär, äöü.",
        "Привет 👋 мир 🎉 — 50 € за 1 м², 20 °C, ±3 %.",
        "α + β = γ; ∑ x² ≥ 0 → ∞",
        "新华社北京八月二十四日电",
        "",
        "\ufffd\ufffd",
        "В«Вестнике» вышла статья",
        f"В«Вестнике», СССР«России» и В«Крае»: {TEXT} МУР«Алмаз» и ВАР«Лес»",
    ],
)
def test_right_text_stays(text):
    assert redecoded_text(text) == text


FOREIGN = [
    "Jürgen Klopp", "Beyoncé", "Škoda", "Motörhead", "Citroën", "São Paulo", "Erdoğan", "Ångström",
    "Gdańsk", "Đoković", "Þór", "Nuñez", "Œuvre", "10 µm", "±5 %", "naïve", "Ελλάδα", "Київ", "Љубљана",
    "Ўзбекистон", "Қостанай", "ﬁ", "…", "№ 5", "½", "×", "→", "💥", "Ñ", "â", "Ð", "Â", "é", "ü",
]  # fmt: skip


@pytest.mark.once
@settings(max_examples=300, deadline=None)
@given(st.data())
def test_russian_text_with_foreign_names_stays(data):
    words = data.draw(st.sampled_from(DEMO))["text"].split(" ")
    for name in data.draw(st.lists(st.sampled_from(FOREIGN), min_size=1, max_size=4)):
        words.insert(data.draw(st.integers(0, len(words))), name)
    if data.draw(st.booleans()):
        words = [word.upper() for word in words]
    text = " ".join(words)
    assert redecoded_text(text) == text


def test_the_demo_stays():
    rows = [Row({k: v for k, v in row.items() if k != "mentions"}, "demo") for row in DEMO]
    assert [redecoded(row) for row in rows] == rows


@pytest.mark.once
@pytest.mark.parametrize("written, read", PAIRS)
def test_the_demo_misread_in_every_way(written, read):
    wrong = []
    for row in DEMO[PAIRS.index((written, read)) % 6 :: 6]:
        right = {
            name: row[name].encode(written, "ignore").decode(written)
            for name in ("title", "text", "source")
        }
        damaged = {name: misread(text, written, read) for name, text in right.items()}
        found = redecoded(Row(damaged, "demo"))
        assert found.redecoded
        if found.content != right:
            wrong.append((right, found.content))
    if (written, read) in SWALLOWED:
        assert _share_of_wrong_words(wrong) < 0.02
    else:
        assert wrong == []


def _share_of_wrong_words(pairs: list) -> float:
    words = [
        (a, b)
        for right, found in pairs
        for a, b in zip(right["text"].split(), found["text"].split(), strict=True)
    ]
    return sum(a != b for a, b in words) / max(len(words), 1)


PARAGRAPHS = [line for row in DEMO for line in row["text"].split("\n") if len(line) > 80]


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_one_paragraph_misread_among_right_ones(data):
    written, read = data.draw(st.sampled_from([pair for pair in PAIRS if pair not in SWALLOWED]))
    lines = data.draw(st.lists(st.sampled_from(PARAGRAPHS), min_size=1, max_size=5))
    at = data.draw(st.integers(0, len(lines) - 1))
    lines[at] = lines[at].encode(written, "ignore").decode(written)
    right = "\n\n".join(lines)
    lines[at] = misread(lines[at], written, read)
    assert redecoded_text("\n\n".join(lines)) == right


@settings(max_examples=200, deadline=None)
@given(st.text())
def test_any_text_can_be_looked_at(text):
    assert isinstance(redecoded_text(text), str)


def test_every_field_but_what_others_refer_to():
    wrong = {name: misread(TEXT, "cp1251", "cp1252") for name in ("title", "id", "url", "text")}
    row = Row(wrong | {"authors": [misread("Анна Волкова", "cp1251", "cp1252")], "n": 1}, "a")
    assert redecoded(row).content == {
        "title": TEXT,
        "id": wrong["id"],
        "url": wrong["url"],
        "text": TEXT,
        "authors": ["Анна Волкова"],
        "n": 1,
    }


def test_text_that_mentions_count_stays():
    row = Row({"text": "ïðèâåò", "mentions": []}, "a")
    assert redecoded(row) is row


def test_the_report_counts_what_was_put_right(tmp_path, write_rows):
    rows = [{"text": TEXT, "mentions": []}, {"text": misread(TEXT, "cp1251", "cp1252")}]
    path = write_rows(tmp_path / "a.jsonl", rows)
    plain = tmp_path / "b.txt"
    plain.write_text(misread(f"{TEXT} И ещё раз. {TEXT}", "utf-8", "cp1251"), "utf-8")
    report = index_sources(tmp_path / "index", [path, plain], dry_run=True)
    assert report.redecoded.counts == {"wrong encoding": 2}
    assert report.redecoded.named() == [f"{path}, line 2", str(plain)]
    assert report.to_dict()["redecoded"] == 2
    assert [article.text[:9] for article in report.samples] == ["Президент"] * 3


def test_annotate_puts_right_what_it_mends():
    line = json.dumps({"text": misread(TEXT, "cp1251", "cp1252")})
    done = CliRunner().invoke(commands, ["annotate", "--repair"], input=line)
    assert json.loads(done.stdout)["text"] == TEXT
    as_it_stands = CliRunner().invoke(commands, ["annotate"], input=line)
    assert json.loads(as_it_stands.stdout)["text"] == json.loads(line)["text"]


def test_capitals_of_a_right_line_stay_beside_a_line_that_was_misread():
    wrong = misread(
        "Билеты на следующую субботу проданы, сказали в кассе филармонии.", "utf-8", "iso8859_5"
    )
    right = "ТАВОЛЖСК, 3 сен. Хоккейный клуб сыграет без зрителей, решила федерация (ФХТК)."
    assert redecoded_text(f"{wrong}\n\n{right}").endswith(f".\n\n{right}")
