"""The command group: every command is there and tells what it does."""

import pytest
from click.testing import CliRunner

from web.cli import COMMANDS, podshivka


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
