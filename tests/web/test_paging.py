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
