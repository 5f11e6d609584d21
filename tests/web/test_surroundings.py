"""Time zone and locale of the machine change nothing that is answered."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
ASKED = """
import sys
from pathlib import Path
from web.app import create_app

client = create_app(Path(sys.argv[1])).test_client()
for path in ("/api/v1/search?q=визит&sort=date", "/?q=визит", "/?lang=en", "/articles/council",
             "/persons/Эркин Тукумов", "/compare?q=мост&q=визит", "/api/v1/search?limit=x",
             "/api/v1/facets/person?prefix=т", "/api/v1/suggest?q=со", "/api/v1/openapi.json",
             *(f"/api/v1/export?format={name}" for name in ("csv", "jsonl", "ris", "bibtex", "rss"))):
    sys.stdout.buffer.write(client.get(path, headers={"Accept-Language": "ru"}).data)
"""
PLAIN = {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


_TIMES = re.compile(rb'"elapsed_ms":[\d.]+|[\d,.]+[ \xc2\xa0]+(?:s|\xd1\x81)')
"""How long answers took, in JSON and on pages."""


def answered(folder, home, **surroundings: str) -> bytes:
    program = home / "ask.py"
    program.write_text(ASKED, "utf-8")
    left = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG", "TZ"))}
    done = subprocess.run(
        [sys.executable, str(program), str(folder)],
        env=left | {"PYTHONPATH": str(ROOT)} | surroundings,
        capture_output=True,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    return re.sub(_TIMES, b"", done.stdout)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("program")


@pytest.fixture(scope="module")
def usual(folder, home):
    return answered(folder, home, TZ="UTC", LC_ALL="C.UTF-8")


@pytest.mark.once
@pytest.mark.parametrize(
    "surroundings",
    [
        {"TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8"},
        {"TZ": "America/Adak", "LC_ALL": "C", **PLAIN},
        {"TZ": "Asia/Kolkata", "LC_ALL": "POSIX", **PLAIN},
        {"TZ": ":nonsense", "LC_ALL": "tr_TR.ISO-8859-9", "LANGUAGE": "tr", **PLAIN},
    ],
)
def test_answers_are_the_same_everywhere(folder, home, usual, surroundings):
    assert len(usual) > 50_000
    assert answered(folder, home, **surroundings) == usual
