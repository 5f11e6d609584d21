import pytest

from web.timeline import HEIGHT_PX, LEAST_PX, timeline


def bars(starts_and_counts, date_from=None, date_to=None, interval="month", of_all=False):
    values = [
        {"start": start, "count": count, "all": max([count, *all])}
        for start, count, *all in starts_and_counts
    ]
    facet = {"interval": interval, "coarse": 0, "missing": 2, "values": values}
    return timeline(facet, date_from, date_to, lambda start: f"/?from={start}&to={start}", of_all)


def test_bars_share_the_width_and_stand_on_the_base():
    drawn = bars([("2022-01", 0), ("2022-02", 4), ("2022-03", 2), ("2022-04", 1)])
    assert (drawn.missing, drawn.interval, drawn.apart) == (2, "month", False)
    assert [line.value for line in drawn.lines] == [2, 4]
    assert [(bar.x, bar.width) for bar in drawn.bars] == [(0, 25), (25, 25), (50, 25), (75, 25)]
    assert [bar.height for bar in drawn.bars] == [0, HEIGHT_PX, HEIGHT_PX // 2, HEIGHT_PX // 4]
    assert drawn.bars[1].url == "/?from=2022-02&to=2022-02"


def test_a_single_article_beside_many_is_seen():
    assert bars([("2022-01", 1), ("2022-02", 5000)]).bars[0].height == LEAST_PX


@pytest.mark.parametrize(
    "highest, lines",
    [(1, [1]), (3, [1, 2, 3]), (4, [2, 4]), (7, [5, 10]), (312, [200, 400]), (9512, [5000, 10000])],
)
def test_lines_stand_at_round_numbers(highest, lines):
    assert [line.value for line in bars([("2022", highest)]).lines] == lines


def test_the_archive_stands_behind_on_the_same_scale_while_that_shows_both():
    near = bars([("2021", 5, 10), ("2022", 0, 20)])
    assert near.apart and near.all_highest is None
    assert [bar.height for bar in near.bars] == [HEIGHT_PX // 4, 0]
    assert [bar.all_height for bar in near.bars] == [HEIGHT_PX // 2, HEIGHT_PX]
    far = bars([("2021", 5, 1000), ("2022", 10, 5000)])
    assert far.all_highest == 5000
    assert [bar.height for bar in far.bars] == [HEIGHT_PX // 2, HEIGHT_PX]
    assert [bar.all_height for bar in far.bars] == [round(HEIGHT_PX / 5), HEIGHT_PX]


def test_shares_of_the_archive_tell_its_growth_from_that_of_the_news():
    drawn = bars([("2021", 5, 10), ("2022", 50, 100), ("2023", 0, 0)], of_all=True)
    assert [bar.share for bar in drawn.bars] == [50, 50, 0]
    assert drawn.bars[0].height == drawn.bars[1].height
    assert [line.value for line in drawn.lines] == [20, 40, 60]


def test_the_dates_asked_for_are_where_they_are_selected():
    months = [(f"2022-{month:02}", 1) for month in range(1, 11)]
    assert bars(months).selected is None
    assert bars(months, "2022-02", "2022-04-05").selected == (10, 30)
    assert bars(months, "2022").selected is None
    assert bars(months, "2023").selected is None


@pytest.mark.parametrize(
    "date_from, date_to, chosen",
    [
        (None, None, ["2021-12", "2022-01", "2022-02"]),
        ("2022", None, ["2022-01", "2022-02"]),
        (None, "2021", ["2021-12"]),
        ("2022-01", "2022-01", ["2022-01"]),
        ("2022-01-20", "2022-02-03", ["2022-01", "2022-02"]),
    ],
)
def test_bars_in_the_range_asked_for_are_chosen(date_from, date_to, chosen):
    drawn = bars([("2021-12", 1), ("2022-01", 1), ("2022-02", 1)], date_from, date_to)
    assert [bar.start for bar in drawn.bars if bar.chosen] == chosen


def test_years_are_labelled_where_they_begin():
    months = [(f"{year}-{month:02}", 1) for year in (2021, 2022) for month in range(1, 13)]
    assert [(label.x, label.text) for label in bars(months).labels] == [(0, "2021"), (50, "2022")]


def test_days_are_labelled_by_month():
    days = [(f"2022-08-{day:02}", 1) for day in range(1, 32)] + [
        (f"2022-09-{day:02}", 1) for day in range(1, 31)
    ]
    labels = bars(days, interval="day").labels
    assert [label.text for label in labels] == ["2022-08", "2022-09"]


def test_nothing_is_drawn_of_nothing():
    assert bars([]) is None
    assert bars([("2022-01", 0)]) is None
