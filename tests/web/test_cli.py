"""The command group: every command is there, and only what it needs is imported."""

import os
import subprocess
import sys

import pytest
from click.testing import CliRunner

from web.cli import COMMANDS, podshivka

SERVER = {"flask", "waitress", "web.app", "jinja2"}
TAGGER = {"natasha", "slovnet", "navec", "index.tagger"}


def run(*arguments: str, **options):
    return CliRunner().invoke(podshivka, arguments, prog_name="podshivka", **options)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command):
    result = run(command, "--help")
    assert result.exit_code == 0
    assert f"Example: podshivka {command}" in result.output


def test_help_lists_every_command():
    output = run("--help").output
    assert all(f"\n  {command} " in output for command in COMMANDS)


def test_a_mistyped_command_is_wrong_usage_and_gets_a_suggestion():
    result = run("serch")
    assert result.exit_code == 2
    assert "No such command 'serch'. Did you mean 'search'?" in result.output
    assert "No such command 'xyzzy'." in run("xyzzy").output


@pytest.mark.parametrize(
    "arguments, unwanted",
    [
        (["--help"], SERVER | TAGGER),
        (["search", "мост"], SERVER | TAGGER),
        (["show", "visit"], SERVER | TAGGER),
        (["stats"], SERVER | TAGGER),
        (["serve", "--help"], SERVER | TAGGER),
    ],
)
def test_a_command_imports_only_what_it_needs(folder, arguments, unwanted):
    code = (
        "import sys\n"
        "from web.__main__ import main\n"
        f"sys.argv[1:] = {arguments!r}\n"
        "try:\n    main()\n"
        "except SystemExit as exit:\n    assert not exit.code, exit.code\n"
        "print(*sys.modules, file=sys.stderr)\n"
    )
    result = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code],
        env=os.environ | {"PODSHIVKA_INDEX": str(folder)},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert result.returncode == 0, result.stderr
    assert unwanted & set(result.stderr.split()) == set()
