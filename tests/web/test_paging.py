import json

import pytest

from web.paging import pages


def drawn(total: int, limit: int, offset: int) -> str:
    offered = []
    for page in pages(total, limit, offset):
        offered += ["…"] * page.after_gap
        offered.append(f"[{page.number}]" if page.current else str(page.number))
    return " ".join(offered)


@pytest.mark.parametrize(
    "total, limit, offset, expected",
    [
        (10, 10, 0, ""),
        (11, 10, 0, "[1] 2"),
        (200, 10, 0, "[1] 2 3 … 20"),
        (200, 10, 90, "1 … 8 9 [10] 11 12 … 20"),
        (200, 10, 190, "1 … 18 19 [20]"),
        (25, 10, 500, "1 2 [3]"),
        (25, 10, 5, "[1] 2 3"),
        (500, 0, 0, ""),
    ],
)
def test_first_last_and_neighbours(total, limit, offset, expected):
    assert drawn(total, limit, offset) == expected


def test_offsets_are_multiples_of_the_page():
    assert [page.offset for page in pages(25, 10, 0)] == [0, 10, 20]


def test_pages_of_the_api_are_the_export_cut_into_pieces(client):
    for query in ("q=совет OR визит OR мост", "sort=date", "", "group=reprints&q=визит OR совет"):
        exported = client.get(f"/api/v1/export?format=jsonl&{query}").text.splitlines()
        whole = [json.loads(line)["id"] for line in exported]
        paged, link = [], f"/api/v1/search?limit=3&{query}"
        while link:
            answer = client.get(link).json
            paged += [result["id"] for result in answer["results"]]
            link = answer["links"].get("next")
        assert paged == whole, query


@pytest.mark.parametrize("offset", [8, 9, 10**6, 10**9])
def test_past_the_end_there_is_nothing_and_the_way_back(client, offset):
    answer = client.get(f"/api/v1/search?offset={offset}").json
    assert (answer["total"], answer["results"]) == (8, [])
    assert "next" not in answer["links"] and "previous" in answer["links"]


def test_an_offset_that_no_archive_reaches_is_refused(client):
    assert client.get(f"/api/v1/search?offset={10**9 + 1}").json["parameter"] == "offset"
