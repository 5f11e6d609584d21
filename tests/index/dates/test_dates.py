import weakref

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.dates import DateError, days, following, parse_date, preceding, precision, spanning


@pytest.mark.parametrize(
    "written, expected",
    [
        ("2022", "2022"),
        ("2022-08", "2022-08"),
        ("2022-8-9", "2022-08-09"),
        ("2022-08-19T23:59:00+03:00", "2022-08-19"),
        ("2022-08-19 10:00", "2022-08-19"),
        ("20220819", "2022-08-19"),
        ("20220819T101500Z", "2022-08-19"),
        ("20220819101500", "2022-08-19"),
        ("2022/08/19", "2022-08-19"),
        ("2022.8.9 10:15", "2022-08-09"),
        ("3 сент. 2020", "2020-09-03"),
        ("1 мая 2020", "2020-05-01"),
        ("19.08.2022", "2022-08-19"),
        ("19 августа 2022 г.", "2022-08-19"),
        ("19 авг 2022, 10:15", "2022-08-19"),
        ("Май 2021", "2021-05"),
        ("1 марта 2020 года", "2020-03-01"),
        ("Fri, 19 Aug 2022 10:00:00 +0300", "2022-08-19"),
        ("29.02.2024", "2024-02-29"),
    ],
)
def test_dates_are_read_with_their_precision(written, expected):
    assert parse_date(written) == expected


def test_a_long_text_behind_a_date_is_not_kept():
    class Text(str):
        """One that can be watched."""

    text = Text("2022-08-19 " + "слово " * 1000)
    kept = weakref.ref(text)
    assert parse_date(text) == "2022-08-19"
    del text
    assert kept() is None


@pytest.mark.parametrize(
    "written",
    [
        "",
        "вчера",
        "19 августа",
        "2022-13",
        "20 магазинов 2019",
        "31.02.2022",
        "2022-02-30",
        "2022/13/01",
        "2022.08/19",
        "0000",
        "12345",
    ],
)
def test_what_is_no_date_is_refused(written):
    with pytest.raises(DateError):
        parse_date(written)


@given(st.text(max_size=30))
def test_any_text_is_a_date_or_refused(written):
    try:
        found = parse_date(written)
    except DateError:
        return
    assert precision(found) in ("year", "month", "day")
    assert parse_date(found) == found


@pytest.mark.parametrize(
    "partial, length",
    [("2022", 365), ("2024", 366), ("2024-02", 29), ("2022-12", 31), ("2022-08-19", 1)],
)
def test_days_span_the_whole_date(partial, length):
    first, last = days(partial)
    assert last - first + 1 == length
    assert spanning(first, last) == partial


@given(st.dates(), st.sampled_from([4, 7, 10]))
def test_following_and_preceding_are_neighbours(day, length):
    partial = day.isoformat()[:length]
    try:
        after = following(partial)
    except DateError:
        assert partial.startswith("9999")
        return
    assert days(after)[0] == days(partial)[1] + 1
    assert preceding(after) == partial
