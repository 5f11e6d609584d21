"""The README's commands do what it says."""

import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import time
import urllib.request
from pathlib import Path

import pytest
from click.testing import CliRunner

from web.cli import podshivka

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
COMMANDS = [
    line.split("   #")[0]
    for block in re.findall(r"```sh\n(.*?)```", README, re.S)
    for line in block.splitlines()
]


def test_the_first_commands_are_the_demo_and_the_tests():
    demo, tests = COMMANDS[:2]
    assert demo.endswith("podshivka demo")
    assert tests == "sh tests/run"
    ci = (ROOT / ".ci" / "run").read_text("utf-8").splitlines()
    assert ci[1:] == ['cd "$(dirname "$0")/.." || exit', tests]


@pytest.mark.parametrize(
    "command",
    [
        c
        for c in COMMANDS
        if c.startswith(("podshivka search", "podshivka stats", "podshivka compare"))
    ],
)
def test_questions_are_answered(demo_folder, command):
    done = CliRunner().invoke(
        podshivka, shlex.split(command)[1:], env={"PODSHIVKA_INDEX": str(demo_folder)}
    )
    assert done.exit_code == 0, done.output
    assert not done.stdout.startswith("0 found")


@pytest.mark.parametrize(
    "query", re.findall(r"`([^`]+)`", README.split("| write | finds |")[1].split("\n\n")[0])
)
def test_queries_of_the_table_are_read_without_repairs(query):
    from search.query.parser import parse

    parsed = parse(query.replace("\\|", "|"))
    assert parsed.tree is not None
    assert parsed.warnings == ()


def test_the_first_lines_of_a_notebook(demo_folder, tmp_path, monkeypatch):
    (lines,) = re.findall(r"```python\n(.*?)```", README, re.S)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "podshivka-index").symlink_to(demo_folder)
    names = {}
    exec(lines, names)
    assert names["answer"]["total"] > 0 and names["people"]
    assert len(names["rows"]) > names["answer"]["total"] and names["rows"][0]["text"]


@pytest.mark.install
def test_the_first_command_opens_the_demo(tmp_path):
    clone = tmp_path / "clone"
    clone.mkdir()
    for name in ("index", "search", "web", "pyproject.toml", "README.md"):
        if (ROOT / name).is_dir():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / name, clone / name, ignore=ignored)
        else:
            shutil.copy(ROOT / name, clone / name)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    bare = {name: os.environ[name] for name in ("HOME", "PATH")}
    bare["XDG_DATA_HOME"] = str(tmp_path / "data")
    log = (tmp_path / "log").open("wb")
    process = subprocess.Popen(
        ["sh", "-c", f"{COMMANDS[0]} --port {port}"],
        cwd=clone, env=bare, stdout=log, stderr=subprocess.STDOUT, start_new_session=True,
    )  # fmt: skip
    try:
        page = _page(
            f"http://127.0.0.1:{port}/?q=%D0%BC%D0%BE%D1%81%D1%82", process, tmp_path / "log"
        )
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(30)
    assert "Подшивка" in page
    assert "<mark>мост" in page


def _page(address: str, process: subprocess.Popen, log: Path) -> str:
    deadline = time.monotonic() + 600
    while time.monotonic() < deadline:
        assert process.poll() is None, log.read_text("utf-8")
        try:
            with urllib.request.urlopen(address, timeout=10) as response:
                return response.read().decode()
        except OSError:
            time.sleep(0.5)
    raise AssertionError(log.read_text("utf-8"))
