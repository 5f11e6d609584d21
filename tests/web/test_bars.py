import pytest

from web.bars import LAST_LABEL, LEAST_PX, across, labels, percent, pixels


def test_a_bar_stands_in_the_middle_of_its_place():
    for place in range(4):
        x, width = across(place, 4)
        assert x + width / 2 == pytest.approx(25 * place + 12.5, abs=0.01)
        assert 0 < width < 25


def test_a_bar_is_as_high_as_its_value_and_never_too_low_to_be_seen():
    assert [pixels(value, 5000, 50) for value in (5000, 2500, 1, 0)] == [50, 25, LEAST_PX, 0]


def test_nothing_of_nothing_is_no_share():
    assert (percent(1, 4), percent(0, 0)) == (25, 0)


def test_dates_are_labelled_where_they_begin_and_thinned():
    months = [f"{year}-{month:02}" for year in range(2000, 2020) for month in range(1, 13)]
    found = labels(months, 4, 5)
    assert [(label.x, label.text) for label in found] == [
        (0, "2000"), (20, "2004"), (40, "2008"), (60, "2012"), (80, "2016")
    ]  # fmt: skip
    assert all(label.x <= LAST_LABEL for label in labels(months, 7, 1000))
