"""serve and demo, as they are run."""

import json
import re
import signal
import socket
import subprocess
import sys
import urllib.request

import pytest
from click.testing import CliRunner

from web.cli import podshivka


def run(*arguments: str, **options):
    return CliRunner().invoke(podshivka, arguments, prog_name="podshivka", **options)


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_serve_answers_at_the_address_that_it_prints_until_it_is_told_to_end(folder, ending):
    command = [sys.executable, "-m", "web", "serve", "--port", "0", "--index", str(folder)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        try:
            said = server.stderr.readline()
            address = re.fullmatch(
                r"Podshivka: (http://127\.0\.0\.1:\d+/) \(Ctrl-C stops it\)\n", said
            )[1]
            with urllib.request.urlopen(f"{address}api/v1/health") as answer:
                assert json.load(answer)["articles"] == 8
        finally:
            server.send_signal(ending)
        assert server.wait(30) == 0


def test_a_port_in_use_is_a_short_error(folder):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = run("serve", "--index", str(folder), "--port", str(port))
    assert result.exit_code == 1
    assert re.fullmatch(rf"Error: 127\.0\.0\.1:{port}: .+; try another --port\n", result.output)


@pytest.mark.parametrize("host", ["nobody.invalid", "no host"])
def test_a_host_that_is_none_is_a_short_error(folder, host):
    result = run("serve", "--index", str(folder), "--host", host, "--public")
    assert result.exit_code == 1
    assert result.output == f"Error: {host}: no host to listen on; try 127.0.0.1\n"


def test_a_folder_that_is_no_index_is_a_short_error(tmp_path):
    path = tmp_path / "file"
    path.write_text("not an index")
    result = run("serve", "--index", str(path))
    assert result.exit_code == 1
    assert result.output.startswith(f"Error: {path}: ") and result.output.count("\n") == 1


@pytest.mark.parametrize("port", ["-1", "65536", "http"])
def test_a_port_that_is_none_is_wrong_usage(port):
    assert run("serve", "--port", port).exit_code == 2


@pytest.mark.parametrize(
    "seconds, complaint",
    [
        ("inf", "inf is not in the range 0.1<=x<=86400"),
        ("nan", "'nan' is no number"),
        ("0", "0.0 is not in the range"),
    ],
)
def test_a_time_that_is_none_is_wrong_usage(folder, seconds, complaint):
    result = run("serve", "--index", str(folder), "--timeout", seconds)
    assert result.exit_code == 2
    assert complaint in result.output


def test_demo_indexes_its_articles_once(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    first = run("demo", "--no-serve")
    assert first.exit_code == 0, first.output
    read, new = map(int, re.match(r"(\d+) read: (\d+) new", first.output).groups())
    assert read == new >= 120
    assert f"The index is in {tmp_path / 'podshivka' / 'demo'}" in first.output
    again = run("demo", "--no-serve")
    assert (
        f"{read} read: 0 new, 0 changed, {read} unchanged, 0 duplicates, 0 rejected" in again.output
    )
    found = run("stats", "--index", str(tmp_path / "podshivka" / "demo"))
    assert str(read) in found.output
