from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from search import ParameterError, Request
from search.query.dates import QueryError
from search.query.parser import (
    DEEPEST,
    FARTHEST,
    LONGEST,
    MOST_NAMES,
    MOST_PATTERNS,
    MOST_WARNINGS,
    parse,
)
from search.query.syntax import (
    OPERATORS,
    And,
    Dates,
    Exact,
    Fuzzy,
    Name,
    Not,
    Or,
    Phrase,
    Prefix,
    Sentence,
    Wildcard,
    Word,
)
from search.query.syntax import leaves as leaves_of


def tree(query):
    return str(parse(query).tree)


def repairs(query):
    return [warning.code for warning in parse(query).warnings]


@pytest.mark.parametrize(
    "query, read_as",
    [
        ("визит президентов", "(визит президентов)"),
        ("визит AND поездка", "(визит поездка)"),
        ("визит И поездка", "(визит поездка)"),
        ("визит OR поездка", "(визит OR поездка)"),
        ("визит ИЛИ поездка | обед", "(визит OR поездка OR обед)"),
        ("визит|поездка", "(визит OR поездка)"),
        ("а б OR в г", "((а б) OR (в г))"),
        ("(а OR б) в", "((а OR б) в)"),
        ("визит -спорт", "(визит -спорт)"),
        ("визит NOT спорт", "(визит -спорт)"),
        ("визит НЕ спорт", "(визит -спорт)"),
        ("-спорт", "-спорт"),
        ("title:-мост", "-title:мост"),
        ("title:-(мост река)", "-(title:мост title:река)"),
        ("!-мосту", "-!мосту"),
        ("person:-Ремизов", '-person:"Ремизов"'),
        ("date:-2022", "-date:[2022 TO 2022]"),
        ("person:(Ремизов OR Зуев)", '(person:"Ремизов" OR person:"Зуев")'),
        ("person:(А.П. Ремизов)", 'person:"А П Ремизов"'),
        ("персона:(Зуев И -«Андрей Ремизов»)", '(person:"Зуев" -person:"Андрей Ремизов")'),
        ("date:(2021 OR 2022-08)", "(date:[2021 TO 2021] OR date:[2022-08 TO 2022-08])"),
        ("date:[TO 2022]", "date:[* TO 2022]"),
        ("date:[2021 по 2022]", "date:[2021 TO 2022]"),
        ("-(спорт OR балет) мост", "(-(спорт OR балет) мост)"),
        ('"совет экспертов"', '"совет экспертов"'),
        ("«совет экспертов»", '"совет экспертов"'),
        ("„совет экспертов“", '"совет экспертов"'),
        ("“совет экспертов”", '"совет экспертов"'),
        ("'совет экспертов'", '"совет экспертов"'),
        ('"совет"', "совет"),
        ("транс*", "транс*"),
        ("Тукум?в", "Тукум?в"),
        ("тр*т, ав*а*", "(тр*т ав*а*)"),
        ("Тукумав~ Тукумав~2", "(Тукумав~ Тукумав~2)"),
        ("!стали", "!стали"),
        ("-!стали !И", "(-!стали !И)"),
        ("title:!стали", "title:!стали"),
        ("!title:стали", "title:!стали"),
        ("!(стали OR стекла)", "(!стали OR !стекла)"),
        ('!"совет экспертов"', '"!совет !экспертов"'),
        ("!«совет экспертов»", '"!совет !экспертов"'),
        ('"!совет транс* экспертов"', '"!совет транс* экспертов"'),
        ('"визит Токаева"~5', '"визит Токаева"~5'),
        ("title:«визит Токаева»~5 мост", '(title:"визит Токаева"~5 мост)'),
        ("совет / Казахстан", "(совет / Казахстан)"),
        ("а / б / в г", "((а / б / в) г)"),
        ("(а OR б) / -в", "((а OR б) / -в)"),
        ('"а б" / !в OR г', '(("а б" / !в) OR г)'),
        ("стекло\\стечь", "стекло\\стечь"),
        ("стекло\\стечь\\!Стекла", "стекло\\стечь\\!стекла"),
        ("визит|!поездка|-ё", "(визит OR !поездка OR -ё)"),
        ("title:совет", "title:совет"),
        ('title:"совет экспертов" мост', '(title:"совет экспертов" мост)'),
        ("title:(совет OR мост) визит", "((title:совет OR title:мост) визит)"),
        ("TITLE:совет", "title:совет"),
        ("Персона:Тукумов источник:Вестник", '(person:"Тукумов" source:"Вестник")'),
        ('person:"Эркин Тукумов"', 'person:"Эркин Тукумов"'),
        ("person:Тукумов мост", '(person:"Тукумов" мост)'),
        ("org:ЦАМО OR org:ИСИ", '(org:"ЦАМО" OR org:"ИСИ")'),
        ("source:Край-ТВ", 'source:"Край-ТВ"'),
        ("-person:Тукумов", '-person:"Тукумов"'),
        ("date:2022-08", "date:[2022-08 TO 2022-08]"),
        ("date:[2022-01 TO 2022-08]", "date:[2022-01 TO 2022-08]"),
        ("date:[* TO 2022]", "date:[* TO 2022]"),
        ("date:2021..2022", "date:[2021 TO 2022]"),
        ("date:>2022", "date:[2023 TO *]"),
        ("date:>=2022", "date:[2022 TO *]"),
        ("date:<2022-01-01", "date:[* TO 2021-12-31]"),
        ("date:<=2022-08", "date:[* TO 2022-08]"),
        ("date:[2022 2023]", "date:[2022 TO 2023]"),
        ("date:[2022 — 2023]", "date:[2022 TO 2023]"),
        ("date:2021-2022", "date:[2021 TO 2022]"),
        ("date:2022-08, мост", "(date:[2022-08 TO 2022-08] мост)"),
    ],
)
def test_operators(query, read_as):
    assert tree(query) == read_as
    assert repairs(query) == []


@pytest.mark.parametrize(
    "query, read_as",
    [
        ("из-за дождя", "(из-за дождя)"),
        ("азербайджано-казахстанский", "азербайджано-казахстанский"),
        ("мост - дорога", "(мост дорога)"),
        ("мост — дорога", "(мост дорога)"),
        ("Что случилось?", "(Что случилось)"),
        ("Победа!", "Победа"),
        ("Итоги: мост открыт", "(Итоги мост открыт)"),
        ("начало в 12:30", "(начало в 12 30)"),
        ("ВИЗИТ И ПОЕЗДКА", "(ВИЗИТ ПОЕЗДКА)"),
        ("МОСТ ИЛИ ДОРОГА", "(МОСТ ДОРОГА)"),
        ("НЕ НАДО", "НАДО"),
        ("12/15 и/или", "(12 15 и или)"),
        ("кафе«Сулико»", "(кафе Сулико)"),
        ("О’Коннор, Джон.", "(О’Коннор Джон)"),
        ("https://vestnik.example/1", "(https vestnik example 1)"),
        ("5'", "5"),
        ("", "None"),
        ("  \t\n", "None"),
        ("!?,.;— …", "None"),
        ("совет /", "совет"),
        ("/ совет", "совет"),
        ("5*5, 7~8", "(5 5 7 8)"),
        ("Кто? Где?!", "(Кто Где)"),
        ("**мост**", "мост"),
        (r"C:\Users\мост", "(C (Users мост))"),
        ("Ура!Победа !!!", "(Ура Победа)"),
        ("-", "None"),
        ("()", "None"),
        ('""', "None"),
    ],
)
def test_punctuation_means_nothing(query, read_as):
    assert tree(query) == read_as
    assert repairs(query) == []


@pytest.mark.parametrize(
    "query, read_as, codes",
    [
        ('"совет экспертов', '"совет экспертов"', ["quote"]),
        ("(визит", "визит", ["bracket"]),
        ("визит)", "визит", ["bracket"]),
        ("визит OR", "визит", ["operator"]),
        ("OR визит", "визит", ["operator"]),
        ("визит AND", "визит", ["operator"]),
        ("визит NOT", "визит", ["operator"]),
        ("date:[2022-08 TO 2022-01]", "date:[2022-01 TO 2022-08]", ["range"]),
        ("titel:мост", "(titel мост)", ["unknown-field"]),
        ("date:[2022-01 TO 2022-08", "date:[2022-01 TO 2022-08]", ["bracket"]),
        ("title: мост", "(title мост)", []),
        ('person:"Андрей Ремизов', 'person:"Андрей Ремизов"', ["quote"]),
        ('person:"Ремизов"~5 мост', '(person:"Ремизов" мост)', ["distance"]),
        ("date:[2022 TO", "date:[2022 TO *]", ["bracket"]),
        ("*", "None", ["wildcard"]),
        ("*порт", "порт", ["wildcard"]),
        ('"визит Токаева"~', '"визит Токаева"', ["distance"]),
        ('"визит Токаева"~900', '"визит Токаева"~100', ["far"]),
        ("визит / person:Токаев", '(визит person:"Токаев")', ["sentence"]),
        ("-titel:мост визит", "(-titel мост визит)", ["unknown-field"]),
    ],
)
def test_broken_queries_are_repaired_and_say_so(query, read_as, codes):
    assert tree(query) == read_as
    assert repairs(query) == codes


@pytest.mark.parametrize(
    "query, position",
    [
        ("date:вчера", 5),
        ("мост date:2022-13", 10),
        ("date:>", 5),
        ("date:[x TO 2022]", 5),
        ("date:>9999", 5),
    ],
)
def test_a_date_that_is_none_is_refused_with_its_place(query, position):
    with pytest.raises(QueryError) as error:
        parse(query)
    assert error.value.position == position


def test_warnings_point_into_the_query():
    (warning,) = parse("мост (визит").warnings
    assert (warning.code, warning.position) == ("bracket", 5)


def test_deep_and_long_queries_are_bounded():
    assert tree("(" * 1000 + "мост" + ")" * 1000) == "мост"
    assert "depth" in repairs("(" * (DEEPEST + 1) + "мост")
    words = " ".join(f"слово{n}" for n in range(10_000))
    assert len(parse(words).tree.children) == LONGEST
    assert repairs(words) == ["length"]
    assert len(list(leaves_of(parse("а" + "\\б" * 3000).tree))) == LONGEST
    assert tree("title:. " * 3000 + "мост") == "title:мост"
    assert tree("-" * 3 + "а " + "NOT " * 3000 + "б") == "(а б)"


@pytest.mark.parametrize(
    "piece, code, most",
    [
        ("слово ", "length", LONGEST),
        ('"мост река" ', "length", LONGEST),
        ("date:2022 ", "length", LONGEST),
        ("сл*во ", "patterns", MOST_PATTERNS),
        ("слово~ ", "patterns", MOST_PATTERNS),
        ('"сл* мост" ', "patterns", MOST_PATTERNS),
        ("person:Иванов ", "names", MOST_NAMES),
    ],
)
def test_what_is_past_a_limit_is_left_out_with_one_note_that_names_it(piece, code, most):
    parsed = parse(piece * 3000)
    assert len(list(leaves_of(parsed.tree))) <= LONGEST
    (warning,) = [w for w in parsed.warnings if w.code == code]
    assert warning.value == str(most) and str(most) in warning.message
    one = parse(f'"{"мост " * 10_000}"')
    assert len(one.tree.words) == LONGEST


words = st.from_regex(r"[а-яёa-z]+(-[а-я]+)?", fullmatch=True)
fields = st.sampled_from([None, "title", "text"])
dates = st.dates().map(lambda day: day.isoformat())
names = st.from_regex(r"[А-Яа-я.]+( [А-Я][а-я-]+)?( «[А-я]+»)?", fullmatch=True)
one_word = st.one_of(
    st.builds(Word, words | st.sampled_from(sorted(OPERATORS))),
    st.builds(
        Word,
        words,
        st.none(),
        st.lists(st.from_regex("![а-я]+", fullmatch=True), max_size=2).map(tuple),
    ),
    st.builds(Exact, words),
    st.builds(Prefix, words),
    st.builds(Wildcard, st.from_regex(r"[а-яa-z]+[?*][а-яa-z]+\*?", fullmatch=True)),
    st.builds(Fuzzy, st.from_regex(r"[а-яa-z]{3,}", fullmatch=True), st.sampled_from([1, 2])),
)
leaves = st.one_of(
    st.tuples(one_word, fields).map(lambda pair: replace(pair[0], field=pair[1])),
    st.builds(
        Phrase,
        st.lists(one_word, min_size=2, max_size=4).map(tuple),
        fields,
        st.sampled_from([0, 0, 1, 5, FARTHEST]),
    ),
    st.builds(Name, st.sampled_from(["person", "org", "source", "section"]), names),
    st.tuples(dates, dates).map(lambda pair: Dates(*sorted(pair))),
)


def _flat(kind):
    def build(children):
        nested = [part for c in children for part in (c.children if isinstance(c, kind) else [c])]
        return kind(tuple(nested))

    return build


def _negated(node):
    return node.child if isinstance(node, Not) else Not(node)


trees = st.recursive(
    leaves,
    lambda nodes: st.one_of(
        st.lists(nodes, min_size=2, max_size=4).map(_flat(And)),
        st.lists(nodes, min_size=2, max_size=4).map(_flat(Or)),
        nodes.map(_negated),
    ),
    max_leaves=12,
)
sentences = st.lists(
    st.one_of(one_word, one_word.map(Not), st.lists(one_word, min_size=2).map(_flat(Or))),
    min_size=2,
    max_size=3,
).map(lambda parts: Sentence(tuple(parts)))


@given(trees | sentences | sentences.map(Not))
def test_a_printed_tree_reads_as_itself(node):
    assume(len(_patterns(node)) <= MOST_PATTERNS)
    parsed = parse(str(node))
    assert _normal(parsed.tree) == _normal(node)
    assert parsed.warnings == ()


def _patterns(node):
    return [leaf for leaf in leaves_of(node) if isinstance(leaf, (Prefix, Wildcard, Fuzzy))]


def _normal(node):
    """The tree with AND in AND and OR in OR made flat, as brackets do not matter there."""
    if isinstance(node, (And, Or)):
        return _flat(type(node))([_normal(child) for child in node.children])
    return Not(_normal(node.child)) if isinstance(node, Not) else node


SIGNS = """( ) " . ~ ~5 / ! \\ \\! а\\ « » - * ? | : [ ] > < OR И НЕ AND NOT TO .. мост а-б 2022 titel:
text: title: person: org: date: персона:( person:- date:[ "мост" С.В.""".split()
garbage = st.lists(
    st.sampled_from([*SIGNS, " ", " / ", "\n", "\0", "\x1b", "\u0301", "\u202e", "\ufeff"]),
    max_size=60,
).map("".join)
controls = st.text(st.sampled_from('мост()"!-*?~/:[]«» ' + "".join(map(chr, range(32)))))
repeated = st.tuples(garbage, st.integers(1, 200)).map(lambda pair: pair[0][:30] * pair[1])


@pytest.mark.parametrize("query", ["а\\б\\в " * 200, '"' + "а\\б\\в " * 200 + '"'])
def test_words_parted_by_backslashes_are_counted_one_by_one(query):
    assert len(list(leaves_of(parse(query).tree))) == LONGEST


@settings(max_examples=200, deadline=None)
@given(garbage | controls | repeated | st.text())
def test_any_input_is_a_tree_or_refused_with_a_place(query):
    try:
        parsed = parse(query)
    except QueryError as error:
        assert 0 <= error.position < len(query)
        return
    assert all(0 <= warning.position < len(query) for warning in parsed.warnings)
    found = list(leaves_of(parsed.tree))
    assert len(found) <= LONGEST and len(_patterns(parsed.tree)) <= MOST_PATTERNS
    assert sum(isinstance(leaf, Name) for leaf in found) <= MOST_NAMES
    assert len(parsed.warnings) <= MOST_WARNINGS * len({w.code for w in parsed.warnings})
    assert parsed.tree is None or str(parsed.tree)


@settings(max_examples=150, deadline=None)
@given(garbage | controls | repeated | st.text(max_size=80) | trees.map(str))
def test_any_query_is_answered_or_refused_with_a_place(archive, query):
    try:
        answer = archive.search(Request.from_params([("q", query), ("limit", "3")]))
    except ParameterError as error:
        assert error.rule == "query" and 0 <= error.facts["position"] < len(query)
        return
    for word in answer["query"]["lemmas"]:
        for other in (*word["leave_out"].values(), *word["restore"].values()):
            again = archive.search(Request.from_params([("q", other)]))
            assert again["total"] <= 8


def test_a_pattern_that_means_too_many_words_says_so(archive, monkeypatch):
    monkeypatch.setattr("search.matching.expansion.MOST_TERMS", 2)
    answer = archive.search(Request.from_params([("q", "ст?ль* ст?ли* с*а*")]))
    notes = [w for w in answer["query"]["warnings"] if w["code"] == "expansion"]
    assert [note["value"] for note in notes] == ["с*а*"]
