"""The commands about tokens, and what serve asks of them."""

import json
import stat

import pytest
from click.testing import CliRunner

from web.access.tokens import TokenFile, matching
from web.cli import podshivka


@pytest.fixture
def run(tmp_path):
    """Runs podshivka with a file of tokens of its own."""

    def invoke(*arguments: str):
        return CliRunner().invoke(
            podshivka,
            arguments,
            prog_name="podshivka",
            env={"PODSHIVKA_TOKENS": str(tmp_path / "config" / "tokens.json")},
        )

    return invoke


def test_a_token_is_shown_once_and_kept_as_its_hash(run, tmp_path):
    added = run("tokens", "add", "Отдел\x1b проверки", "--edit")
    secret = added.stdout.strip()
    path = tmp_path / "config" / "tokens.json"
    content = path.read_text("utf-8")
    assert secret not in content and len(secret) >= 43
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    known = TokenFile(path).tokens()
    assert matching(known, secret) == known[0]
    assert matching(known, secret[:-1]) is matching(known, "") is matching((), secret) is None
    assert (known[0].name, known[0].edit) == ("Отдел проверки", True)


def test_tokens_are_listed_and_removed(run):
    run("tokens", "add", "Читатель")
    run("tokens", "add", "Архивист", "--edit")
    listed = [line.split("\t") for line in run("tokens", "list").output.splitlines()]
    assert [(row[0], row[2]) for row in listed] == [("read", "Читатель"), ("edit", "Архивист")]
    assert run("tokens", "remove", "Читатель").exit_code == 0
    assert len(run("tokens", "list").output.splitlines()) == 1


def test_what_makes_no_sense_is_a_short_error(run, tmp_path):
    run("tokens", "add", "Архивист")
    again = run("tokens", "add", "Архивист")
    assert (again.exit_code, "already" in again.output) == (1, True)
    unknown = run("tokens", "remove", "Никто")
    assert (unknown.exit_code, "there are: Архивист" in unknown.output) == (1, True)
    assert run("tokens", "add", " \u200b").exit_code == 2
    path = tmp_path / "config" / "tokens.json"
    for content in ("{", "[1]", "[{}]", json.dumps([{"name": "x"}])):
        path.write_text(content)
        damaged = run("tokens", "list")
        assert (damaged.exit_code, "damaged" in damaged.output) == (1, True)


@pytest.mark.parametrize(
    "arguments, words",
    [
        (("--host", "0.0.0.0"), "podshivka tokens add NAME, or let everyone"),
        (("--private",), "podshivka tokens add NAME, or let everyone"),
        (("--host", "192.0.2.1", "--public", "--edit"), "tokens add NAME --edit"),
    ],
)
def test_a_server_that_others_reach_asks_for_tokens(run, folder, arguments, words):
    result = run("serve", "--index", str(folder), "--port", "0", *arguments)
    assert result.exit_code == 2
    assert words in " ".join(result.output.split())
