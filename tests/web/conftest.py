"""The application over the small archive, and over one whose every field is hostile."""

import json
from pathlib import Path

import pytest

from index.indexing import index_sources
from web.app import create_app

BREAK_OUT = "\"'><script>alert(1)</script>"

HOSTILE = [
    {
        "id": f"../a b/{BREAK_OUT}?q=1#x%20",
        "title": f"Заголовок {BREAK_OUT}",
        "text": f"Текст {BREAK_OUT} про мост.\n\n<img src=x onerror=alert(1)>",
        "url": "javascript:alert(1)",
        "source": f"Источник {BREAK_OUT}",
        "section": f"Рубрика {BREAK_OUT}",
        "authors": [f"Автор {BREAK_OUT}"],
        "persons": [f"Имя {BREAK_OUT}"],
        "organizations": [f"Контора {BREAK_OUT}"],
        "mentions": [
            {
                "kind": "person",
                "entity": f"Имя {BREAK_OUT}",
                "start": 0,
                "stop": 9,
                "text": "Заголовок",
                "role": f"роль {BREAK_OUT}",
            }
        ],
    },
    {
        "id": "plain",
        "title": "",
        "text": "Статья без заголовка про мост.",
        "url": 'HTTPS://gazeta.example/a?b=1&c="2"',
        "mentions": [],
    },
]


@pytest.fixture(scope="session")
def client(folder):
    """A client of the application over the small archive."""
    return create_app(folder).test_client()


@pytest.fixture(scope="session")
def hostile_folder(tmp_path_factory) -> Path:
    """The folder of an index of articles that try to break out of the page."""
    home = tmp_path_factory.mktemp("hostile")
    source = home / "articles.jsonl"
    source.write_text("".join(json.dumps(row) + "\n" for row in HOSTILE), "utf-8")
    report = index_sources(home / "index", [source])
    assert report.rejected == 0, report.rejections
    return home / "index"


@pytest.fixture(scope="session")
def hostile(hostile_folder):
    """A client of the application over the hostile archive."""
    return create_app(hostile_folder).test_client()
