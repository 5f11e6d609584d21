"""Similar articles over HTTP."""

from index.indexing import index_sources
from web.app import create_app


def test_an_id_may_end_like_the_route(tmp_path, write_rows):
    ids = ("a", "b", "a/b", "a/b/similar", "c/similar")
    rows = [
        {"id": id, "text": f"Паром отдали музею речного флота, {n} раз.", "mentions": []}
        for n, id in enumerate(ids)
    ]
    index_sources(tmp_path / "index", [write_rows(tmp_path / "rows.jsonl", rows)])
    client = create_app(tmp_path / "index").test_client()
    for id in ids:
        assert client.get(f"/api/v1/articles/{id}").json["id"] == id
    assert "results" in client.get("/api/v1/articles/a/b/similar/similar").json
    assert "results" in client.get("/api/v1/articles/a/similar").json
    assert client.get("/api/v1/articles/d/similar").status_code == 404
    assert client.get("/api/v1/articles/a/similar?limit=x").status_code == 400
