"""The ledger: what its lines mean, and which of them are none."""

import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.ledger import (
    FILE,
    KINDS,
    LEAST_NAMES,
    Operation,
    OperationNotFound,
    Recorded,
    append,
    mark,
    read,
    remove,
)
from index.linking.corrections import correct
from index.linking.lookup import Lookup
from index.linking.table import link
from index.linking.tally import Tally

NAMES = ["Иван Котов", "И. Котов", "Пётр Котов", "Котов", "Анна Щукина", "Щукина", "Олег Ершов"]
TABLE = link("person", Tally(Counter(dict.fromkeys(NAMES, 1))))
LOOKUP = Lookup("person", TABLE)


def add(folder, operation):
    return append(folder, lambda: operation)


def corrected(*operations):
    return correct(
        TABLE,
        LOOKUP,
        [Operation(op, "person", tuple(names), to, line=number)
         for number, (op, names, to) in enumerate(operations, 1)],
    )  # fmt: skip


def groups(found):
    by_owner = {}
    for name, owner in zip(TABLE.names, found.owners.tolist()):
        by_owner.setdefault(owner, set()).add(name)
    return sorted(map(sorted, by_owner.values()))


def owner_name(found, name):
    return TABLE.names[found.owners[TABLE.names.index(name)]]


def test_what_is_appended_is_read(tmp_path):
    assert read(tmp_path).operations == ()
    operations = [
        Operation("merge", "person", ("А", "Б"), when="2024-01-02", by="Архивист"),
        Operation("rename", "organization", ("ЦАМО",), "Центр", line=0),
        Operation("hide", "person", ("А",), entities=(Recorded("0f", ("А. Б.", "А")),)),
        Operation("split", "person", ("А",), of=Recorded("0f", ("А. Б.", "А"))),
    ]
    before = mark(tmp_path)
    written = [add(tmp_path, operation) for operation in operations]
    assert [operation.line for operation in written] == [1, 2, 3, 4]
    assert mark(tmp_path) != before
    found = read(tmp_path)
    assert found.complaints == ()
    assert list(found.operations) == written
    assert [replace(operation, line=0, id="") for operation in written] == operations
    lines = (tmp_path / FILE).read_text("utf-8").splitlines()
    assert json.loads(lines[1]) == {
        "op": "rename", "kind": "organization", "names": ["ЦАМО"], "to": "Центр",
    }  # fmt: skip


def test_a_last_line_without_its_end_is_not_spoilt(tmp_path):
    (tmp_path / FILE).write_text('{"op": "hide", "kind": "person", "names": ["А"]}', "utf-8")
    assert add(tmp_path, Operation("hide", "person", ("Б",))).line == 2
    assert [o.names for o in read(tmp_path).operations] == [("А",), ("Б",)]


@pytest.mark.parametrize(
    "line, reason",
    [
        ("hide Иван", "no JSON: "),
        ("[]", "no JSON object"),
        ('{"op": "join"}', "op is one of merge, split, rename, hide, found 'join'"),
        ('{"op": "hide", "kind": "city"}', "kind is person or organization, found 'city'"),
        ('{"op": "hide", "kind": "person", "names": "А"}', "names is a list of names"),
        ('{"op": "hide", "kind": "person", "names": [" "]}', "names is a list of names"),
        ('{"op": "hide", "kind": "person", "names": []}', "hide needs 1 names, found 0"),
        ('{"op": "merge", "kind": "person", "names": ["А"]}', "merge needs 2 names, found 1"),
        ('{"op": "rename", "kind": "person", "names": ["А"]}', 'rename needs "to", the new name'),
        ('{"op": "hide", "kind": "person", "names": ["А"], "by": 1}', "by is a string"),
        ('{"op": "split", "kind": "person", "names": ["А"], "of": "Б"}', "of is an id and names"),
        (
            '{"op": "rename", "kind": "person", "names": ["А"], "to": "\\u200b"}',
            'rename needs "to", the new name',
        ),
        *(
            (
                f'{{"op": "hide", "kind": "person", "names": ["А"], "entities": {entities}}}',
                "entities is a list of an id and names for each of the names",
            )
            for entities in (
                "[]",
                "1",
                "[1]",
                '[{"id": "0"}]',
                '[{"id": 0, "names": ["А"]}]',
                '[{"id": "0", "names": []}]',
                '[{"id": "0", "names": [1]}]',
            )
        ),
    ],
)
def test_a_wrong_line_is_named_and_passed_over(tmp_path, line, reason):
    good = '{"op": "hide", "kind": "person", "names": ["Б"]}'
    (tmp_path / FILE).write_text(f"{good}\n\n{line}\n{good}\n", "utf-8")
    found = read(tmp_path)
    assert [o.line for o in found.operations] == [1, 4]
    (complaint,) = found.complaints
    assert complaint.startswith(f"entities.jsonl, line 3: {reason}")
    assert complaint.endswith("; the line is passed over")


@given(st.binary(max_size=60))
def test_any_bytes_are_a_ledger(tmp_path_factory, content):
    folder = tmp_path_factory.mktemp("ledger")
    (folder / FILE).write_bytes(content)
    assert read(folder).operations == ()


def test_without_operations_linking_stands():
    assert groups(corrected()) == [
        ["Анна Щукина", "Щукина"],
        ["И. Котов", "Иван Котов"],
        ["Котов"],
        ["Олег Ершов"],
        ["Пётр Котов"],
    ]


def test_merge_takes_whole_entities_and_keeps_the_first():
    found = corrected(("merge", ["Олег Ершов", "щукина"], None))
    assert ["Анна Щукина", "Олег Ершов", "Щукина"] in groups(found)
    assert owner_name(found, "Щукина") == "Олег Ершов"
    moved = {TABLE.names[row]: operation.line for row, operation in found.moved.items()}
    assert moved == {"Анна Щукина": 1, "Щукина": 1}


def test_a_name_whose_candidates_are_merged_is_theirs():
    found = corrected(("merge", ["Пётр Котов", "Иван Котов"], None))
    assert ["И. Котов", "Иван Котов", "Котов", "Пётр Котов"] in groups(found)


def test_split_takes_names_out_and_the_rest_stays_one():
    found = corrected(("split", ["И. Котов"], None))
    assert ["И. Котов"] in groups(found) and ["Иван Котов"] in groups(found)
    found = corrected(("split", ["Анна Щукина"], None), ("rename", ["Щукина"], "Другая Щукина"))
    assert ["Щукина"] in groups(found)
    assert list(found.renamed.values()) == ["Другая Щукина"]
    assert TABLE.names[next(iter(found.renamed))] == "Щукина"


def test_split_undoes_a_merge_and_what_is_renamed_stays_so():
    found = corrected(
        ("merge", ["Олег Ершов", "Анна Щукина"], None),
        ("rename", ["Олег Ершов"], "О. Е."),
        ("split", ["Олег Ершов"], None),
    )
    assert ["Анна Щукина", "Щукина"] in groups(found) and ["Олег Ершов"] in groups(found)
    assert {TABLE.names[row]: name for row, name in found.renamed.items()} == {
        "Анна Щукина": "О. Е."
    }


def test_a_later_line_knows_a_new_name():
    found = corrected(("rename", ["Олег Ершов"], "Олег Ерш"), ("hide", ["ОЛЕГ ЕРШ"], None))
    assert {TABLE.names[row] for row in found.hidden} == {"Олег Ершов"}


def test_names_that_are_gone_are_passed_over():
    found = corrected(("merge", ["Иван Котов", "Кто-то", "Пётр Котов"], None))
    assert found.complaints == ()
    assert owner_name(found, "Пётр Котов") == "Иван Котов"
    found = corrected(("hide", ["Олег Ершов"], None), ("merge", ["Иван Котов", "Кто-то"], None))
    assert found.complaints == (
        "entities.jsonl, line 2: merge: no person in the index is called 'Кто-то'; "
        "the line is passed over",
    )
    assert len(found.hidden) == 1


operations = st.builds(
    lambda op, names, to: (op, names, to),
    st.sampled_from(list(LEAST_NAMES)),
    st.lists(st.sampled_from([*NAMES, "Никто", "Новое Имя"]), min_size=1, max_size=3),
    st.just("Новое Имя"),
)


@settings(max_examples=200)
@given(st.lists(operations, max_size=8))
def test_whatever_the_lines_every_entity_has_one_row_that_stands_for_it(lines):
    found = corrected(*lines)
    owners = found.owners
    assert (owners[owners] == owners).all()
    for owner in set(owners.tolist()):
        assert found.namesakes[owners == owner].any()
    assert (found.hidden | found.renamed.keys()) <= set(owners.tolist())


def test_a_line_that_is_passed_over_changes_nothing():
    entities = Recorded("0" * 16, ("Никто",)), Recorded("0" * 16, ("И. Котов",))
    line = Operation("merge", "person", ("Никто", "И. Котов"), line=1, entities=entities)
    found = correct(TABLE, LOOKUP, [line])
    assert len(found.complaints) == 1
    assert ["И. Котов", "Иван Котов"] in groups(found)


recorded = st.lists(st.sampled_from([*NAMES, "Никто", "Иван Ильич Котов"]), min_size=1, max_size=4)


@settings(max_examples=200)
@given(st.lists(st.tuples(st.sampled_from(["merge", "hide", "rename"]), recorded, recorded)))
def test_so_it_is_with_recorded_entities(lines):
    operations = [
        Operation(op, "person", (one[0], two[0]), "Новое Имя", line=1,
                  entities=tuple(Recorded("0" * 16, tuple(names)) for names in (one, two)))
        for op, one, two in lines
    ]  # fmt: skip
    found = correct(TABLE, LOOKUP, operations)
    assert (found.owners[found.owners] == found.owners).all()
    for owner in set(found.owners.tolist()):
        assert found.namesakes[found.owners == owner].any()
    assert (found.hidden | found.renamed.keys()) <= set(found.owners.tolist())


def test_the_kinds_are_those_of_mentions():
    assert KINDS == ("person", "organization")


def hide(name: str) -> Operation:
    return Operation("hide", "person", (name,))


def test_an_operation_is_removed_by_its_id_and_nothing_else_changes(tmp_path):
    (tmp_path / FILE).write_bytes("# заметка\r\n\n".encode())
    kept, gone = add(tmp_path, hide("Котов")), add(tmp_path, hide("Щукина"))
    assert (kept.line, gone.line) == (3, 4)
    assert read(tmp_path).operations == (kept, gone)
    before = (tmp_path / FILE).read_bytes()
    again = add(tmp_path, hide("Щукина"))
    assert again.id == gone.id
    assert remove(tmp_path, gone.id) == again
    assert (tmp_path / FILE).read_bytes() == before
    assert remove(tmp_path, gone.id) == gone
    assert read(tmp_path).operations == (kept,)
    assert (tmp_path / FILE).read_bytes().startswith("# заметка\r\n\n".encode())
    with pytest.raises(OperationNotFound, match="may be undone already"):
        remove(tmp_path, gone.id)


def test_lines_written_and_removed_at_once_are_all_kept(tmp_path):
    removed = [add(tmp_path, hide(f"Старый {n}")).id for n in range(20)]
    with ThreadPoolExecutor(8) as threads:
        for n, id in enumerate(removed):
            threads.submit(add, tmp_path, hide(f"Новый {n}"))
            threads.submit(remove, tmp_path, id)
    names = {operation.names[0] for operation in read(tmp_path).operations}
    assert names == {f"Новый {n}" for n in range(20)}
