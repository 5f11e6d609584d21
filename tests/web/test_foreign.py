"""Articles that try to be something else than text, in every export, on a terminal, and in the
headers of every answer."""

import csv
import io
import json
import re
import shutil
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from index.terminal import printable
from web.access.tokens import new_token
from web.app import create_app
from web.cli import podshivka
from web.settings import Settings


@pytest.fixture(scope="module")
def foreign(foreign_folder):
    return create_app(foreign_folder).test_client()


@pytest.fixture(scope="module")
def results(foreign):
    return foreign.get("/api/v1/search?limit=100&sort=date").json["results"]


def exported(client, format: str) -> str:
    answer = client.get(f"/api/v1/export?format={format}&sort=date&limit=100")
    assert answer.status_code == 200
    return answer.data.decode()


ACTING = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def test_csv_holds_a_row_for_each_article_and_no_formula(foreign, results):
    text = exported(foreign, "csv")
    header, *rows = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    assert [len(row) for row in rows] == [len(header)] * len(results)
    assert not [cell for row in rows for cell in row if re.match(r"\s*[=+\-@\t\r]", cell)]
    assert not ACTING.search(text)
    shown = dict(zip(header, rows[0]))
    assert shown["title"].lstrip("'") == results[0]["title"]


def test_jsonl_gives_every_article_back(foreign, results):
    rows = [json.loads(line) for line in exported(foreign, "jsonl").split("\n")[:-1]]
    assert [(row["id"], row["title"]) for row in rows] == [(r["id"], r["title"]) for r in results]


def test_ris_holds_a_record_for_each_article_and_no_line_of_another(foreign, results):
    text = exported(foreign, "ris")
    lines = text.split("\r\n")
    assert all(re.fullmatch(r"([A-Z][A-Z0-9]  - .*)?", line) for line in lines)
    assert lines.count("TY  - NEWS") == lines.count("ER  - ") == len(results)
    assert len([line for line in lines if line.startswith("TY")]) == len(results)
    assert "\n" not in text.replace("\r\n", "") and not ACTING.search(text.replace("\r", ""))


def test_bibtex_holds_an_entry_for_each_article_and_closes_every_brace(foreign, results):
    text = exported(foreign, "bibtex")
    assert len(re.findall(r"^@", text, re.M)) == len(results)
    keys = re.findall(r"^@misc{([A-Za-z0-9:_-]+),$", text, re.M)
    assert len(set(keys)) == len(results)
    plain = re.sub(r"\\[{}]", "", text)
    depth = 0
    for character in plain:
        depth += {"{": 1, "}": -1}.get(character, 0)
        assert depth >= 0
    assert depth == 0
    assert not re.search(r"\\(?!textbackslash\{\}|[\^~]\{\}|[{}$&#%_])", text)


def test_rss_is_xml_with_an_item_for_each_article_and_links_to_the_web(foreign, results):
    root = ElementTree.fromstring(exported(foreign, "rss"))
    items = root.findall("channel/item")
    assert len(items) == len(results)
    for element in root.iter():
        assert element.tag in {
            "rss", "channel", "title", "link", "description", "language", "item", "guid",
            "pubDate", "category",
        }  # fmt: skip
    links = [element.text for element in root.iter("link")]
    assert all(link.startswith(("http://", "https://")) for link in links)


@pytest.mark.parametrize("format", ["gost", "csv", "jsonl", "ris", "bibtex"])
def test_an_article_alone(foreign_folder, results, format):
    for result in results:
        shown = run(foreign_folder, "show", "--format", format, "--", result["id"])
        assert shown.exit_code == 0
        assert not ACTING.search(shown.output.replace("\r\n", "\n"))


def run(folder, *arguments: str):
    env = {"PODSHIVKA_INDEX": str(folder)}
    return CliRunner().invoke(podshivka, arguments, prog_name="podshivka", env=env, color=True)


def test_nothing_acts_on_a_terminal(foreign_folder, results, tmp_path):
    copy = shutil.copytree(foreign_folder, tmp_path / "index")
    bad = "\x1b]0;x\x07\x9b31m\u202eимя"
    odd = tmp_path / f"{bad}.jsonl"
    odd.write_text(json.dumps({"text": "Новая.", "id": bad, "title": bad}) + "\nвздор\n", "utf-8")
    ids = [result["id"] for result in results]
    names = [row["name"] for result in results for row in result["persons"]]
    asked = [
        ("search", "мост", "--limit", "100", "--facets", "person,org,source,section,date"),
        ("search", f"person:{bad}", "--json"),
        ("search", "--person", bad),
        ("search", "--sort", bad),
        ("search", f"мост date:{bad}"),
        ("stats",),
        ("entities", "list", "--limit", "100"),
        ("entities", "show", bad),
        ("compare", "--person", bad, "--query", f"{bad} OR мост"),
        ("index", str(odd)),
        ("index", str(odd), "--dry-run"),
        ("index", f"/nowhere/{bad}"),
        ("delete", bad + "x"),
        ("check",),
        (bad,),
        *(("show", "--", id) for id in ids),
        *(("show", "--similar", "--", id) for id in ids),
        *(("entities", "show", "--", name) for name in names),
        *(("entities", "hide", "--", name) for name in names[:5]),
    ]
    for arguments in asked:
        output = run(copy, *arguments).output
        assert printable(output.replace("\r\n", "\n")) == output, arguments


HEADERS = {
    "Content-Security-Policy": "default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=()",
}


@pytest.mark.parametrize(
    "path",
    ["/", "/?q=мост", "/nothing", "/?limit=x", "/sign-in", "/api/", "/static/base.css",
     "/api/v1/search", "/api/v1/search?limit=x", "/api/v1/export?format=csv", "/metrics"],
)  # fmt: skip
def test_every_answer_carries_strict_headers(foreign_folder, path):
    token, _ = new_token("x", edit=True)
    app = create_app(foreign_folder, Settings(editing=True, session=token, metrics=True))
    headers = app.test_client().get(path).headers
    for name, value in HEADERS.items():
        assert headers[name].startswith(value), name
    policy = headers["Content-Security-Policy"]
    assert "unsafe" not in policy and "*" not in policy and "data:" not in policy
    assert "frame-ancestors 'none'" in policy and "base-uri 'none'" in policy
