import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.end_labels import spread

ROOM, HIGHEST = 30, 280

heights = st.lists(st.floats(0, HIGHEST), min_size=1, max_size=5)


@pytest.mark.parametrize(
    "wanted, expected",
    [
        ([10, 100, 200], [10, 100, 200]),
        ([200, 10, 100], [200, 10, 100]),
        ([100, 110], [90, 120]),
        ([100, 100, 100], [70, 100, 130]),
        ([0, 0], [0, 30]),
        ([280, 280, 280], [220, 250, 280]),
        ([100, 110, 135], [85, 115, 145]),
    ],
)
def test_labels_stand_at_their_lines_or_give_way_evenly(wanted, expected):
    assert spread(wanted, ROOM, HIGHEST) == pytest.approx(expected)


@given(heights)
def test_no_label_is_over_another_or_outside(wanted):
    placed = sorted(spread(wanted, ROOM, HIGHEST))
    assert 0 <= placed[0] and placed[-1] <= HIGHEST + 1e-6
    assert all(below - above >= ROOM - 1e-6 for above, below in zip(placed, placed[1:]))


@given(heights)
def test_labels_are_in_the_order_of_their_lines(wanted):
    placed = spread(wanted, ROOM, HIGHEST)
    by_line = sorted(range(len(wanted)), key=wanted.__getitem__)
    assert by_line == sorted(range(len(wanted)), key=placed.__getitem__)


@given(heights)
def test_a_label_with_room_stands_at_its_line(wanted):
    for number, place in enumerate(spread(wanted, ROOM, HIGHEST)):
        others = [w for other, w in enumerate(wanted) if other != number]
        if all(abs(other - wanted[number]) >= ROOM * len(wanted) for other in others):
            least, most = ROOM * len(wanted), HIGHEST - ROOM * len(wanted)
            if least <= wanted[number] <= most:
                assert place == pytest.approx(wanted[number])


@given(heights, st.lists(st.floats(-20, 20), min_size=5, max_size=5))
def test_no_other_places_are_nearer_to_the_lines(wanted, moves):
    placed = spread(wanted, ROOM, HIGHEST)
    others = sorted(p + move for p, move in zip(placed, moves))
    apart = all(below - above >= ROOM for above, below in zip(others, others[1:]))
    if apart and 0 <= others[0] and others[-1] <= HIGHEST:
        distance = sum((p - w) ** 2 for p, w in zip(placed, wanted))
        assert distance <= sum((p - w) ** 2 for p, w in zip(others, sorted(wanted))) + 1e-6
