"""Processes that share the work: how they begin and end."""

import json
import os
import signal
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor

import pytest
from click.testing import CliRunner

from index import row_annotation
from index.__main__ import commands
from index.interruption import Interruption
from index.workers import ProcessLost, Workers

LINE = json.dumps({"id": "1", "text": "Эркин Тукумов прибыл в Баку."}).encode() + b"\n"


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_come_with_what_is_kept_in_the_order_of_the_tasks(jobs):
    with Workers(jobs) as workers:
        tasks = ((word, [word]) for word in "сталь мост визит указ год".split())
        assert list(workers.each(len, tasks, 1)) == [
            (word, 1) for word in "сталь мост визит указ год".split()
        ]


def test_no_more_tasks_are_taken_than_may_wait():
    taken = []
    with Workers(2) as workers:
        results = workers.each(len, ((taken.append(n), "мост") for n in range(100)), 3)
        assert next(results) == (None, 4)
        assert len(taken) == 7


def test_a_process_that_dies_ends_the_work():
    with Workers(2) as workers, pytest.raises(ProcessLost, match="a process was killed"):
        list(workers.each(os._exit, [(None, 1)], 1))


def test_a_process_that_dies_ends_the_command_with_an_error(monkeypatch):
    def annotate(articles, workers):
        yield next(articles)
        raise ProcessLost("a process was killed")

    monkeypatch.setattr(row_annotation, "annotate", annotate)
    row = json.dumps({"id": "1", "text": "Мост.", "mentions": []})
    done = CliRunner().invoke(commands, ["annotate"], input=row)
    assert (done.exit_code, json.loads(done.stdout)["id"]) == (1, "1")
    assert done.stderr == (
        "Error: --jobs: a process was killed; rows after those written are missing\n"
    )


def test_a_process_that_cannot_be_started_ends_the_command_with_an_error(monkeypatch):
    def submit(pool, work, task):
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(ProcessPoolExecutor, "submit", submit)
    done = CliRunner().invoke(commands, ["annotate", "--jobs", "2"], input=LINE)
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == (
        "Error: --jobs: a process could not be started; rows after those written are missing\n"
    )


def test_a_handler_of_ctrl_c_that_python_did_not_set_is_left_alone(monkeypatch):
    handler, set_handler = signal.getsignal, signal.signal
    monkeypatch.setattr(signal, "getsignal", lambda number: None)
    monkeypatch.setattr(signal, "signal", lambda *told: set_handler(*told) and None)
    before = handler(signal.SIGINT)
    with Interruption(), Workers(2) as workers:
        assert list(workers.each(len, [(None, "мост")], 1)) == [(None, 4)]
        assert handler(signal.SIGINT) == before
    assert handler(signal.SIGINT) == before


def test_a_killed_command_leaves_no_process(tmp_path):
    (tmp_path / "rows.jsonl").write_bytes(LINE * 4000)
    with (tmp_path / "rows.jsonl").open("rb") as rows:
        command = [sys.executable, "-m", "index", "annotate", "--jobs", "2"]
        process = subprocess.Popen(command, stdin=rows, stdout=subprocess.PIPE)
    assert json.loads(process.stdout.readline())["persons"] == ["Эркин Тукумов"]
    process.kill()
    process.communicate(timeout=60)  # to the end of what all of them can write to
