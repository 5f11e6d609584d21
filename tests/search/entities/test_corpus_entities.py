"""Entities of the whole index: facets, the answer about one, corrections, the commands."""

import json

import numpy as np
import pytest
from click.testing import CliRunner

from index.indexing import index_sources
from index.ledger import FILE
from index.linking import storage
from index.linking.reasons import Reason
from index.schema import NO_DATE
from search import Archive, CorrectionError, EntityNotFound, Request
from search.__main__ import commands
from search.answers import entity as entity_answer
from search.commands.entity_text import REASONS

CENTRE = "Центр изучения рек"


def mentions(text, *found):
    """Mentions of (kind, entity, words, role): each stands at the next place of its words."""
    result, at = [], 0
    for kind, entity, words, role in found:
        start = text.index(words, at)
        at = start + len(words)
        result.append(
            {
                "kind": kind,
                "entity": entity,
                "start": start,
                "stop": at,
                "text": words,
                "role": role,
            }
        )
    return result


def article(id, date, text, *found):
    return {"id": id, "date": date, "text": text, "mentions": mentions(text, *found)}


ROWS = [
    article(
        "first", "2021-03-05", "Директор ЦИР (Центр изучения рек) Олег Ершов встретил Щукину.",
        ("organization", CENTRE, "ЦИР", None),
        ("organization", CENTRE, "Центр изучения рек", None),
        ("person", "Олег Ершов", "Олег Ершов", "Директор ЦИР (Центр изучения рек)"),
        ("person", "Щукина", "Щукину", None),
    ),
    article(
        "second", "2021-05-20", "О. Ершов, директор ЦИР, ушёл. Ершова хвалят.",
        ("person", "О. Ершов", "О. Ершов", "директор ЦИР"),
        ("organization", "ЦИР", "ЦИР", None),
        ("person", "О. Ершов", "Ершова", None),
    ),
    article(
        "third", "2022", "Рыбака Ершова сменила министр Анна Щукина.",
        ("person", "Ершов", "Ершова", "Рыбака"),
        ("person", "Анна Щукина", "Анна Щукина", "министр"),
    ),
    article(
        "fourth", "2022-07", "Приехали Котов, Иван Котов и Пётр Котов.",
        ("person", "Котов", "Котов", None),
        ("person", "Иван Котов", "Иван Котов", None),
        ("person", "Пётр Котов", "Пётр Котов", None),
    ),
    {"id": "fifth", "text": "Без даты.", "persons": ["КОТОВ"], "mentions": []},
]  # fmt: skip


@pytest.fixture
def folder(tmp_path, write_rows):
    index_sources(tmp_path / "index", [write_rows(tmp_path / "rows.jsonl", ROWS)])
    return tmp_path / "index"


@pytest.fixture
def rivers(folder):
    return Archive(folder)


def values(archive, facet="person", **parameters):
    answer = archive.search(Request.from_params(parameters.items()))
    return {value["name"]: value for value in answer["facets"][facet]["values"]}


def found(archive, **parameters):
    answer = archive.search(Request.from_params(parameters.items()))
    return {result["id"] for result in answer["results"]}


def test_facets_count_articles_of_entities(rivers):
    people = values(rivers)
    assert {name: value["count"] for name, value in people.items()} == {
        "Олег Ершов": 3, "Анна Щукина": 2, "Котов": 2, "Иван Котов": 1, "Пётр Котов": 1,
    }  # fmt: skip
    assert set(people["Олег Ершов"]["variants"]) == {"Ершов", "О. Ершов"}
    assert {name: value["count"] for name, value in values(rivers, "org").items()} == {CENTRE: 2}


def test_an_ambiguous_value_says_so_and_names_its_candidates(rivers):
    people = values(rivers)
    assert [name for name, value in people.items() if value["ambiguous"]] == ["Котов"]
    candidates = [{"id": people[n]["id"], "name": n} for n in ("Иван Котов", "Пётр Котов")]
    assert people["Котов"]["candidates"] == candidates
    assert "candidates" not in people["Иван Котов"]
    offered = {row["text"]: row.get("ambiguous") for row in rivers.suggest("котов")["suggestions"]}
    assert (offered["Котов"], offered["Иван Котов"]) == (True, False)
    assert "ambiguous" not in rivers.search(Request())["facets"]["source"]


def test_a_name_finds_every_spelling_of_its_entity(rivers):
    for name in (
        "Олег Ершов",
        "ершов",
        "О.Ершов",
        "Ершов Олег",
        values(rivers)["Олег Ершов"]["id"],
    ):
        assert found(rivers, person=name) == {"first", "second", "third"}
    assert found(rivers, q="org:ЦИР") == found(rivers, org=CENTRE) == {"first", "second"}


def test_an_ambiguous_name_finds_its_candidates_too_and_its_id_does_not(rivers):
    answer = rivers.search(Request.from_params([("person", "Котов")]))
    assert {result["id"] for result in answer["results"]} == {"fourth", "fifth"}
    (warning,) = answer["query"]["warnings"]
    assert (warning["code"], set(warning["candidates"])) == (
        "ambiguous-name", {"Котов", "Иван Котов", "Пётр Котов"},
    )  # fmt: skip
    id = values(rivers)["Котов"]["id"]
    answer = rivers.search(Request.from_params([("person", id)]))
    assert (answer["total"], answer["query"]["warnings"]) == (2, [])


def test_the_answer_about_a_person_is_whole(rivers):
    people, bodies = values(rivers), values(rivers, "org")
    answer = rivers.person("Ершов")
    centre = {"id": bodies[CENTRE]["id"], "name": CENTRE}
    assert answer == {
        "id": people["Олег Ершов"]["id"],
        "name": "Олег Ершов",
        "kind": "person",
        "articles": 3,
        "first_date": "2021-03-05",
        "last_date": "2022",
        "ambiguous": False,
        "candidates": [],
        "hidden": False,
        "variants": [
            {"name": "Ершов", "count": 1, "reason": {"code": "surname", "of": "Олег Ершов"}},
            {"name": "О. Ершов", "count": 1, "reason": {"code": "initials", "of": "Олег Ершов"}},
            {"name": "Олег Ершов", "count": 1, "reason": {"code": "name"}},
        ],
        "roles": [
            {
                "text": "директор ЦИР (Центр изучения рек)", "organization": centre,
                "first": "2021-03-05", "last": "2021-03-05", "count": 1,
            },
            {
                "text": "директор ЦИР", "organization": centre,
                "first": "2021-05-20", "last": "2021-05-20", "count": 1,
            },
            {"text": "рыбак", "organization": None, "first": "2022", "last": "2022", "count": 1},
        ],
        "roles_of": 3,
        "persons": [{"id": people["Анна Щукина"]["id"], "name": "Анна Щукина", "count": 2}],
        "organizations": [centre | {"count": 2}],
        "months": [
            {"start": "2021-03", "count": 1, "all": 1},
            {"start": "2021-04", "count": 0, "all": 0},
            {"start": "2021-05", "count": 1, "all": 1},
        ],
    }  # fmt: skip


def test_the_answer_about_an_organization(rivers):
    answer = rivers.organization("цир")
    assert (answer["name"], answer["kind"], answer["articles"]) == (CENTRE, "organization", 2)
    assert {v["name"]: v["reason"] for v in answer["variants"]} == {
        CENTRE: {"code": "name"},
        "ЦИР": {"code": "abbreviation", "of": CENTRE, "articles": 1},
    }
    assert [(p["name"], p["count"]) for p in answer["persons"]] == [
        ("Олег Ершов", 2),
        ("Анна Щукина", 1),
    ]
    assert rivers.organization(answer["id"]) == answer


def test_the_answer_about_an_ambiguous_name(rivers):
    answer = rivers.person("Котов")
    assert answer["ambiguous"]
    assert [(c["name"], c["count"]) for c in answer["candidates"]] == [
        ("Иван Котов", 1),
        ("Пётр Котов", 1),
    ]
    assert (answer["first_date"], answer["articles"]) == ("2022-07", 2)
    assert {v["name"]: v["reason"]["code"] for v in answer["variants"]} == {
        "Котов": "name",
        "КОТОВ": "spelling",
    }


def test_an_unknown_or_unclear_entity(rivers):
    with pytest.raises(EntityNotFound, match="no person is called 'Никто'"):
        rivers.person("Никто")
    with pytest.raises(EntityNotFound, match="no organization is called 'Котов'"):
        rivers.organization("Котов")
    with pytest.raises(EntityNotFound, match="'Котову' may be any of") as error:
        rivers.person("Котову")
    assert set(error.value.candidates) == {"Котов", "Иван Котов", "Пётр Котов"}
    assert rivers.person("Щукиной")["name"] == "Анна Щукина"


def test_a_merge_is_seen_at_once_and_undone_by_removing_its_line(rivers, folder):
    before = values(rivers)
    written = rivers.correct("person", "merge", ["Иван Котов", "Пётр Котов"], by="Архивист")
    assert (written.line, written.by) == (1, "Архивист")
    after = values(rivers)
    assert after["Иван Котов"]["id"] == before["Иван Котов"]["id"]
    assert (after["Иван Котов"]["count"], "Котов" in after, "Пётр Котов" in after) == (
        2,
        False,
        False,
    )
    assert found(rivers, person=before["Пётр Котов"]["id"]) == {"fourth", "fifth"}
    reason = {v["name"]: v["reason"] for v in rivers.person("Иван Котов")["variants"]}["Пётр Котов"]
    assert (reason["code"], reason["line"], reason["by"]) == ("ledger", 1, "Архивист")
    (folder / FILE).write_text("", "utf-8")
    assert values(rivers) == before


def test_split_rename_and_hide(rivers):
    rivers.correct("person", "split", ["Олег Ершов", "Ершов"])
    people = values(rivers)
    assert (people["Олег Ершов"]["count"], people["Ершов"]["count"]) == (2, 1)
    rivers.correct("person", "rename", ["Ершов"], to="Ершов, рыбак")
    assert values(rivers)["Ершов, рыбак"]["variants"] == ["Ершов"]
    assert found(rivers, person="ершов, РЫБАК") == found(rivers, person="Ершов") == {"third"}
    rivers.correct("person", "hide", ["Ершов, рыбак", "Анна Щукина"])
    assert not {"Ершов, рыбак", "Анна Щукина"} & values(rivers).keys()
    assert rivers.search(Request())["facets"]["person"]["total"] == 4
    assert rivers.facet("person", "щук", Request())["values"] == []
    assert found(rivers, person="Анна Щукина") == {"first", "third"}
    assert found(rivers, person="Щукиной") == set()
    assert rivers.person("Анна Щукина")["hidden"]
    shown = rivers.article("third")
    assert shown["persons"] == []
    assert [m["entity"]["name"] for m in shown["mentions"]] == ["Ершов, рыбак", "Анна Щукина"]


@pytest.mark.parametrize(
    "op, names, complaint",
    [
        ("merge", ["Олег Ершов", "Ершов"], "'Олег Ершов' and 'Ершов' are one person already"),
        ("split", ["Олег Ершов", "Анна Щукина"], "'Анна Щукина' is no variant of 'Олег Ершов'"),
        ("split", ["Иван Котов", "Иван Котов"], "nothing would be left of 'Иван Котов'"),
        ("split", ["Котов", "КОТОВ"], "nothing would be left of 'Котов'"),
    ],
)
def test_corrections_that_would_do_nothing_are_refused(rivers, folder, op, names, complaint):
    with pytest.raises(CorrectionError, match=complaint):
        rivers.correct("person", op, names)
    assert not (folder / FILE).exists()


def test_the_ledger_outlives_indexing_anew_and_a_fuller_name(rivers, folder, tmp_path, write_rows):
    rivers.correct("person", "merge", ["Олег Ершов", "Анна Щукина"])
    id = values(rivers)["Олег Ершов"]["id"]
    fuller = {"id": "sixth", "text": "Ещё.", "persons": ["Олег Ильич Ершов"], "mentions": []}
    changed = [row | {"title": "Новое"} for row in ROWS]
    for row in changed:
        row["mentions"] = [
            m | {"start": m["start"] + len("Новое") + 2, "stop": m["stop"] + len("Новое") + 2}
            for m in row["mentions"]
        ]
    index_sources(folder, [write_rows(tmp_path / "rows.jsonl", [*changed, fuller])])
    value = values(rivers)["Олег Ильич Ершов"]
    assert value["id"] == id
    assert {"Анна Щукина", "Олег Ершов"} <= set(value["variants"])


def test_a_correction_needs_an_exact_name(rivers, folder):
    assert rivers.person("Щукиной")["name"] == "Анна Щукина"
    with pytest.raises(EntityNotFound, match="'Щукиной' may be Анна Щукина; write the name"):
        rivers.correct("person", "hide", ["Щукиной"])
    assert not (folder / FILE).exists()
    assert rivers.correct("person", "hide", ["анна  ЩУКИНА"]).line == 1


def test_a_new_name_is_nobody_elses(rivers, folder):
    complaint = "'Анна Щукина' is another person already; merge them instead"
    with pytest.raises(CorrectionError, match=complaint):
        rivers.correct("person", "rename", ["Олег Ершов"], to="Анна Щукина")
    with pytest.raises(CorrectionError, match="a name has letters"):
        rivers.correct("person", "rename", ["Олег Ершов"], to="\u200b \u2060\x07")
    assert not (folder / FILE).exists()
    rivers.correct("person", "rename", ["Олег Ершов"], to="О.\u200b  Ершов")
    assert "О. Ершов" in values(rivers)


def test_an_organization_has_the_roles_that_name_it(rivers):
    answer = rivers.organization("ЦИР")
    person = {"id": values(rivers)["Олег Ершов"]["id"], "name": "Олег Ершов"}
    assert answer["roles"] == [
        {
            "text": "директор ЦИР (Центр изучения рек)", "person": person,
            "first": "2021-03-05", "last": "2021-03-05", "count": 1,
        },
        {
            "text": "директор ЦИР", "person": person,
            "first": "2021-05-20", "last": "2021-05-20", "count": 1,
        },
    ]  # fmt: skip
    rivers.correct("person", "hide", ["Олег Ершов"])
    assert rivers.organization("ЦИР")["roles"] == []


def test_roles_are_those_of_new_articles_and_of_some_older_ones(rivers, monkeypatch):
    monkeypatch.setattr(entity_answer, "MOST_READ", 2)
    answer = rivers.person("Олег Ершов")
    assert [role["text"] for role in answer["roles"]] == ["директор ЦИР", "рыбак"]
    assert (answer["articles"], answer["roles_of"]) == (3, 2)


def test_older_articles_that_are_read_lie_evenly_over_time(monkeypatch):
    monkeypatch.setattr(entity_answer, "MOST_READ", 8)
    days = np.array([NO_DATE, *range(700_000, 700_104)])
    read = entity_answer._sample(np.arange(105), days)
    assert read.tolist() == [0, 34, 67, 100, 101, 102, 103, 104]
    assert entity_answer._sample(np.arange(8), days[:8]).tolist() == list(range(8))


def test_wrong_lines_are_reported_with_their_number_and_passed_over(rivers, folder, caplog):
    lines = [
        "merge Котов",
        '{"op": "hide", "kind": "person", "names": ["Никто"]}',
        '{"op": "hide", "kind": "person", "names": ["Анна Щукина"]}',
    ]
    (folder / FILE).write_text("\n".join(lines), "utf-8")
    assert "Анна Щукина" not in values(rivers)
    assert [record.getMessage().split(";")[0].split(": ")[:2] for record in caplog.records] == [
        ["entities.jsonl, line 1", "no JSON"],
        ["entities.jsonl, line 2", "hide"],
    ]


def test_a_missing_table_is_made_anew(folder):
    before = values(Archive(folder))
    for field in ("person", "org"):
        storage.path(folder, field, 1).unlink()
    assert values(Archive(folder)) == before


def test_a_table_of_other_articles_is_not_believed(folder, tmp_path, write_rows):
    before = values(Archive(folder))
    other = {"id": "x", "text": "Иное.", "persons": ["Иван Котов"], "mentions": []}
    index_sources(tmp_path / "other", [write_rows(tmp_path / "other.jsonl", [other])])
    source = storage.path(tmp_path / "other", "person", 1)
    storage.path(folder, "person", 1).write_bytes(source.read_bytes())
    assert values(Archive(folder)) == before


def run(*arguments):
    return CliRunner().invoke(commands, ["entities", *map(str, arguments)], prog_name="podshivka")


def test_show_prints_the_answer(rivers, folder):
    shown = run("show", "Ершов", "--index", folder, "--json")
    assert (shown.exit_code, json.loads(shown.stdout)) == (0, rivers.person("Ершов"))
    text = run("show", "Ершов", "--index", folder).stdout
    assert text.startswith(
        f"Олег Ершов  (person {rivers.person('Ершов')['id']})\n3 articles, 2021-03-05 to 2022\n"
    )
    assert "     1  О. Ершов  — initials that fit only «Олег Ершов»\n" in text
    assert "     1  2021-05-20  директор ЦИР  [Центр изучения рек]\n" in text
    assert "     2  Анна Щукина\n" in text
    assert "  директор ЦИР  [Олег Ершов]\n" in run("show", "ЦИР", "--index", folder).stdout
    assert "  2021-05  1\n" in text
    text = run("show", "ЦИР", "--index", folder).stdout
    assert "     1  ЦИР  — stood for «Центр изучения рек», articles: 1\n" in text
    assert "May be:\n       1  Иван Котов\n" in run("show", "Котов", "--index", folder).stdout
    assert "\n1 article, " in run("show", "Пётр Котов", "--index", folder).stdout


def test_list_prints_the_facet(rivers, folder):
    listed = run("list", "кот", "--index", folder, "--json")
    assert json.loads(listed.stdout) == rivers.facet("person", "кот", Request())
    lines = run("list", "кот", "--index", folder, "--limit", 1).stdout.splitlines()
    assert lines == [f"     2  {rivers.person('Котов')['id']}  Котов (ambiguous)  [КОТОВ]"]
    assert CENTRE in run("list", "--kind", "organization", "--index", folder).stdout


def test_corrections_from_the_command_line(rivers, folder):
    ivan, pyotr = (values(rivers)[name]["id"] for name in ("Иван Котов", "Пётр Котов"))
    done = run("merge", "Иван Котов", "Пётр Котов", "--index", folder, "--by", "Архивист")
    assert (done.exit_code, done.stdout.splitlines()) == (
        0,
        [
            f"     1  {ivan}  Иван Котов",
            f"     1  {pyotr}  Пётр Котов",
            f"merge: line 1 of {folder / FILE}; remove it to undo",
        ],
    )
    assert run("rename", "ЦИР", "Институт рек", "--index", folder).exit_code == 0
    assert run("split", "Олег Ершов", "Ершов", "--index", folder).exit_code == 0
    assert run("hide", "Ершов", "--index", folder).exit_code == 0
    lines = [json.loads(line) for line in (folder / FILE).read_text("utf-8").splitlines()]
    assert [(line["op"], line["kind"], line["names"], line.get("to")) for line in lines] == [
        ("merge", "person", ["Иван Котов", "Пётр Котов"], None),
        ("rename", "organization", ["ЦИР"], "Институт рек"),
        ("split", "person", ["Ершов"], None),
        ("hide", "person", ["Ершов"], None),
    ]
    assert lines[0]["by"] == "Архивист"
    text = run("show", "Иван Котов", "--index", folder).stdout
    assert "Пётр Котов  — line 1 of the ledger, Архивист, " in text


@pytest.mark.parametrize(
    "arguments, code, complaint",
    [
        (["show", "Никто"], 1, "no person is called 'Никто'; no organization is called 'Никто'"),
        (["show", "Котову"], 1, "'Котову' may be any of Иван Котов, Котов, Пётр Котов"),
        (["show", "ЦИР", "--kind", "person"], 1, "no person is called 'ЦИР'"),
        (["merge", "Иван Котов"], 2, "Missing argument 'OTHER...'"),
        (["merge", "Ершов", "О. Ершов"], 1, "are one person already"),
        (["rename", "Ершов", " "], 2, "a name has letters"),
        (["rename", "Ершов", "\u200b"], 2, "a name has letters"),
        (["list", "--limit", "0"], 2, "0 is not in the range"),
    ],
)
def test_what_cannot_be_done_is_explained(folder, arguments, code, complaint):
    done = run(*arguments, "--index", folder)
    assert done.exit_code == code
    assert complaint in done.stderr
    assert not (folder / FILE).exists()


@pytest.mark.parametrize("command", ["list", "show", "merge", "split", "rename", "hide"])
def test_every_command_has_help_with_an_example(command):
    done = run(command, "--help")
    assert done.exit_code == 0
    assert f"Example: podshivka entities {command} " in " ".join(done.stdout.split())


def test_every_reason_for_a_variant_has_its_sentence():
    assert REASONS.keys() == {reason.name.lower() for reason in Reason} - {"ambiguous"}
