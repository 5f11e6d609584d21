"""References: what addresses write for an entity is read as that entity, and names stay names."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.indexing import index_sources
from index.linking.table import link
from index.linking.tally import Tally
from search import Archive, EntityNotFound, Request
from search.entities.facet_entities import key
from search.entities.linked_organizations import LinkedOrganizations
from search.entities.linked_persons import LinkedPersons
from search.entities.spelt_entities import by_spelling

TUKUMOV = "erkin-tukumov-e0079aaf86"

KINDS = {"person": LinkedPersons, "org": LinkedOrganizations}
names = st.lists(
    st.sampled_from(
        ["Иван Котов", "И. Котов", "Котов", "Котова", "Салтыков-Щедрин", "М. Е. Салтыков-Щедрин",
         "салтыков-щедрин", "saltykov-shchedrin", "sport", "Спорт", "СПОРТ!", "Край-ТВ", "Край ТВ",
         "МЧС", "М.Ч.С.", "习近平", "«»", "0123456789abcdef", "kot-0123456789", "kotov-"]
    )
    | st.text(st.characters(exclude_categories=("C", "Z")), min_size=1),
    min_size=1,
    unique=True,
)  # fmt: skip


@pytest.mark.parametrize("field", KINDS)
@given(names)
def test_an_entity_is_read_from_what_was_written_for_it(field, names):
    entities = KINDS[field](field, link(field, Tally(Counter(dict.fromkeys(names, 1)))))
    for ordinal in range(len(entities)):
        reference = entities.reference(ordinal)
        assert reference.isascii() and entities.find(reference) == [ordinal]
        digits = reference.rpartition("-")[2]
        for other in (digits, f"-{digits}", f"old-name-{digits}", entities.id(ordinal)):
            assert entities.find(other) == [ordinal] and entities.lookup(other) == ordinal
        assert entities.reference_of(entities.id_of(reference)) == reference


@given(names)
def test_a_source_is_read_from_what_was_written_for_it(names):
    entities = by_spelling(names, np.ones(len(names), np.int64))
    for ordinal in range(len(entities)):
        assert entities.find(entities.reference(ordinal)) == [ordinal]
        assert entities.find(entities.name(ordinal)) == [ordinal]


@given(names, names)
def test_a_source_is_meant_by_its_reference_whatever_sources_come(names, others):
    few = by_spelling(names, np.ones(len(names), np.int64))
    written = {key(few.name(n)): few.reference(n) for n in range(len(few))}
    held = list(dict.fromkeys([*others, *names]))
    more = by_spelling(held, np.arange(len(held), 0, -1))
    for name, reference in written.items():
        assert reference.isascii() and more.find(reference) == [more.lookup(name)]


def test_a_source_is_not_meant_by_the_slug_of_another():
    entities = by_spelling(["Коммерсант", "Коммерсантъ", "Kommersant"], np.ones(3, np.int64))
    references = [entities.reference(n) for n in range(3)]
    assert [one.rpartition("-")[0] for one in references] == ["kommersant"] * 3
    assert [entities.find(one) for one in references] == [[0], [1], [2]]
    assert entities.find("kommersant") == [2]


@pytest.mark.parametrize(
    "value", [TUKUMOV, "e0079aaf86", "e0079aaf8644d556", "no-such-name-e0079aaf8644"]
)
def test_a_reference_is_understood_wherever_an_id_is(archive, value):
    expected = archive.search(Request.of("", person="Эркин Тукумов"))["total"]
    assert archive.search(Request.of("", person=value))["total"] == expected
    assert archive.search(Request.of(f'person:"{value}"'))["total"] == expected
    assert archive.search(Request.of(f"person:{value}"))["total"] == expected
    assert archive.person(value)["name"] == "Эркин Тукумов"


@pytest.mark.parametrize(
    "value", ["erkin-tukumov", "e0079aaf", "Эркин-e0079aaf86", "e0079aaf86-", "tukumov-0079aaf86e"]
)
def test_what_is_no_reference_is_none(archive, value):
    with pytest.raises(EntityNotFound):
        archive.person(value)


def test_digits_that_begin_two_ids_stand_for_neither():
    table = link("person", Tally(Counter(["Иван Котов", "Пётр Ершов"])))
    ids = np.array([0xABCDEF0123000001, 0xABCDEF0123000002], np.uint64)
    entities = LinkedPersons("person", replace(table, ids=ids))
    assert entities.find("abcdef0123") == []
    for ordinal in range(2):
        digits = entities.reference(ordinal).rpartition("-")[2]
        assert len(digits) == 16 and entities.find(digits) == [ordinal]


def test_a_hyphen_in_a_name_is_part_of_it(tmp_path, write_rows):
    rows = [{"text": "О нём.", "persons": ["Михаил Салтыков-Щедрин"], "mentions": []}]
    index_sources(tmp_path / "index", [write_rows(tmp_path / "a.jsonl", rows)])
    archive = Archive(tmp_path / "index")
    for name in ("Салтыков-Щедрин", "салтыков-щедрин", "Щедрин", "Михаил Салтыков-Щедрин"):
        assert archive.search(Request.of("", person=name))["total"] == 1
    assert archive.referred([("person", "Салтыков-Щедрин"), ("q", "Салтыков-Щедрин")]) == [
        ("person", "mikhail-saltykov-shchedrin-" + archive.person("Щедрин")["id"][:10]),
        ("q", "Салтыков-Щедрин"),
    ]
