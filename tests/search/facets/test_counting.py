"""Counting by value and by date against the slow, obvious ways."""

from collections import Counter
from unittest.mock import patch

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.dates import days
from index.reprints.grouping import ALONE
from search.facets import counting
from search.facets.calendar import Calendar, held_spans
from search.facets.counting import Held, ValueTable
from search.facets.histogram import histogram
from search.facets.stories import Reprints

held = st.lists(st.sets(st.integers(0, 30), max_size=4), min_size=1, max_size=40)
groups = st.lists(st.sampled_from([ALONE, 3, 4, 7]), min_size=40, max_size=40)
some = st.sets(st.integers(0, 39))
partials = st.sampled_from([None, "2020", "2020-02", "2020-02-29", "2020-03-01", "2021-07-04"])


def column(values):
    lengths = np.array(list(map(len, values)))
    ordinals = np.array([n for inside in values for n in sorted(inside)], np.intp)
    held = Held(lengths, ordinals, np.bincount(ordinals, minlength=31))
    thirds = np.arange(len(values)) % 3
    other = Held(np.ones(len(values), int), thirds, np.bincount(thirds, minlength=3))
    return ValueTable([other, held, other], len(values)).columns[1]


@given(held, some, st.integers(1, 5), st.integers(1, 40), st.integers(1, 40))
def test_values_are_counted(values, chosen, size, prefix, chunk):
    with patch.multiple(counting, PREFIX=prefix, CHUNK=chunk):
        check_counts(values, chosen, size)


def check_counts(values, chosen, size):
    chosen = sorted(docid for docid in chosen if docid < len(values))
    found = column(values)
    counts = found.counts(np.array(chosen, np.intp))
    expected = Counter(ordinal for docid in chosen for ordinal in values[docid])
    assert {n: counts.of(int(found.number_of[n])) for n in range(31)} == {
        n: expected[n] for n in range(31)
    }
    assert counts.total == len(expected)
    assert counts.missing == sum(not values[d] for d in chosen)
    ranked = sorted(expected, key=lambda n: (-expected[n], n))
    assert found.commonest(counts, size) == [(n, expected[n]) for n in ranked[:size]]


@given(held, some, st.lists(st.integers(0, 8), min_size=40, max_size=40))
def test_stories_are_counted_once_for_each_value(values, chosen, stories):
    chosen = np.array(sorted(docid for docid in chosen if docid < len(values)), np.intp)
    found = column(values)
    times = Counter(stories[docid] for docid in chosen)
    repeated = np.array([d for d in chosen if times[stories[d]] > 1], np.intp)
    groups = np.array(stories, np.int32)[repeated]
    counts = found.counts_of_stories(chosen, (repeated, groups))
    holding = {
        ordinal: {stories[d] for d in chosen if ordinal in values[d]} for ordinal in range(31)
    }
    assert {n: counts.of(int(found.number_of[n])) for n in range(31)} == {
        n: len(holding[n]) for n in range(31)
    }
    assert counts.missing == len({stories[d] for d in chosen if not values[d]})


dated = st.lists(partials, min_size=1, max_size=40)
intervals = st.sampled_from(["auto", "day", "month", "year"])


def calendar_of(dates):
    spans = np.array([days(p) if p else (0, 0) for p in dates], np.int32)
    different, held = held_spans(spans[:, 0], spans[:, 1])
    return spans, Calendar(different, ValueTable([held], len(dates)).columns[0], held.ordinals)


@given(dated, some, intervals)
def test_the_calendar_counts_as_the_histogram(dates, chosen, interval):
    chosen = np.array(sorted(docid for docid in chosen if docid < len(dates)), np.intp)
    spans, calendar = calendar_of(dates)
    expected = histogram(spans[chosen, 0], spans[chosen, 1], interval)
    assert calendar.histogram(chosen, interval) == expected


@given(dated, some, intervals, groups)
def test_stories_are_counted_once_in_each_interval(dates, chosen, interval, groups):
    chosen = np.array(sorted(docid for docid in chosen if docid < len(dates)), np.intp)
    spans, calendar = calendar_of(dates)
    groups = np.array(groups, np.int32)[: len(dates)]
    reprints = Reprints(groups, spans[:, 0], spans[:, 1], np.arange(len(dates)))
    found = calendar.histogram(chosen, interval, reprints.told_again(chosen))
    told = {}
    for docid in chosen:
        one = calendar.histogram(np.array([docid]), found.interval)
        where = one.starts[0] if one.starts else (one.coarse, one.missing)
        told.setdefault(where, set()).add(reprints.story(docid))
    assert dict(zip(found.starts, found.counts)) == {
        start: len(told.get(start, ())) for start in found.starts
    }
    assert found.coarse == len(told.get((1, 0), ()))
    assert found.missing == len(told.get((0, 1), ()))


@given(dated, some, groups)
def test_of_each_story_the_first_of_some_publications_is_told(dates, chosen, groups):
    chosen = sorted(docid for docid in chosen if docid < len(dates))
    spans, _ = calendar_of(dates)
    reprints = Reprints(
        np.array(groups, np.int32)[: len(dates)], *spans.T, np.arange(len(dates))[::-1]
    )

    def place(docid):
        first, last = spans[docid].tolist()
        return not first, first, last, -docid

    stories = {}
    for docid in sorted(chosen, key=place):
        stories.setdefault(reprints.story(docid), docid)
    assert reprints.first_of_each(np.array(chosen, np.intp)).tolist() == sorted(stories.values())
    for docid in chosen:
        told = [n for n in range(len(dates)) if reprints.story(n) == reprints.story(docid)]
        assert reprints.of(docid) == sorted(told, key=place)
