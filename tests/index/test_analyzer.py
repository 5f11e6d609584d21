import pytest

from index.analyzer import LemmaAnalyzer, query_lemmas, terms


@pytest.mark.parametrize(
    "query, document",
    [
        ("президент", "президентами"),
        ("Тукумова", "Тукумов"),
        ("Тукумов", "Тукумовым"),
        ("сталь", "стали"),
        ("стать", "стали"),
        ("ёлка", "елки"),
        ("елка", "ёлками"),
        ("Сергей", "Cергея"),
        ("Салтыков-Щедрин", "Салтыкову-Щедрину"),
        ("Щедрин", "Салтыкову-Щедрину"),
        ("казахстанский", "азербайджано-казахстанского"),
        ("азербайджано-казахстанский", "азербайджано-казахстанского"),
        ("Тагиев", "Тагиева"),
        ("тагиев", "Тагиевым"),
        ("Тагиева", "Тагиев"),
        ("Курбанов", "Курбановым"),
        ("курбанова", "Курбанов"),
        ("Мирзиёев", "Мирзиёевым"),
        ("коннор", "Коннор"),
        ("из-за", "Из-за"),
        ("COVID-19", "covid-19"),
        ("д'Артаньян", "д’Артаньяну"),
    ],
)
def test_query_word_meets_document_word(query, document):
    assert set(query_lemmas(query)) & {lemma for lemma, _ in terms(document)}


@pytest.mark.parametrize(
    "query, document",
    [("за", "из-за"), ("соловей", "Соловьёва"), ("замок", "замочить"), ("банк", "банкет")],
)
def test_query_word_misses_another_word(query, document):
    assert not set(query_lemmas(query)) & {lemma for lemma, _ in terms(document)}


def test_a_long_compound_has_few_terms():
    assert len(terms("-".join(["стали"] * 50))) < 10


def test_lemmas_of_a_token_share_its_position_and_weigh_by_likelihood():
    found = [
        (t.text, t.pos, round(t.boost, 2)) for t in LemmaAnalyzer()("Завод стали", positions=True)
    ]
    assert found == [("завод", 0, 1.0), ("стать", 1, 1.0), ("сталь", 1, 0.02)]
