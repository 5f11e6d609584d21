import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.parameters import PARAMETERS, ParameterError
from search.request import Request, Selection


def test_all_parameters():
    request = Request.from_params(
        [
            ("q", " мост "),
            ("person", "А"),
            ("person", "Б"),
            ("person.mode", "all"),
            ("org.not", "В"),
            ("source.missing", "1"),
            ("from", "2021"),
            ("to", "2022-08"),
            ("sort", "date"),
            ("limit", "5"),
            ("offset", "10"),
            ("facets", "date,person"),
            ("facet.size", "3"),
            ("interval", "year"),
            ("org.size", "100"),
        ]
    )
    assert request == Request(
        q="мост",
        selection={
            "person": Selection(values=("А", "Б"), mode="all"),
            "org": Selection(excluded=("В",), size=100),
            "source": Selection(missing=True),
            "section": Selection(),
        },
        date_from="2021",
        date_to="2022-08",
        sort="date",
        limit=5,
        offset=10,
        facets=("person", "date"),
        facet_size=3,
        interval="year",
    )
    assert Request.from_params(request.to_params()) == request


@pytest.mark.parametrize(
    "name, value, rule, message",
    [
        ("persn", "А", "unknown", "persn: no such parameter; there are q, person, person.not"),
        ("limit", "101", "number", "limit: expected a number from 0 to 100, found '101'"),
        ("limit", "-1", "number", "limit: expected a number from 0 to 100, found '-1'"),
        ("org.size", "0", "number", "org.size: expected a number from 1 to 1000, found '0'"),
        ("offset", "²", "number", "offset: expected a number from 0 to 1000000000, found '²'"),
        ("sort", "best", "choice", "sort: expected one of relevance, date, -date, found 'best'"),
        ("person.mode", "some", "choice", "person.mode: expected one of any, all, found 'some'"),
        (
            "facets",
            "person,x",
            "choice",
            "facets: expected one of person, org, source, section, date, none, found 'x'",
        ),
        ("from", "31.02.2022", "date", "from: '31.02.2022' is in no calendar"),
        ("q", "date:x", "query", "q: 'x' is no date; write it like 2024-05-31 (at 5)"),
    ],
)
def test_wrong_parameters_are_named(name, value, rule, message):
    with pytest.raises(ParameterError) as error:
        Request.from_params([(name, value)])
    assert (error.value.parameter, error.value.rule) == (name, rule)
    assert error.value.value in value
    assert str(error.value).startswith(message)


def test_a_span_of_dates_written_backwards_is_refused():
    with pytest.raises(ParameterError, match="from: 2022 is after to=2021"):
        Request.from_params([("from", "2022"), ("to", "2021")])


def test_empty_parameters_count_as_not_given():
    assert Request.from_params([(name, " ") for name in PARAMETERS]) == Request()


def test_sorting_follows_the_query():
    assert Request().sorting == "-date"
    assert Request(q="мост").sorting == "relevance"
    assert Request(q="мост", sort="date").sorting == "date"


def test_selecting_begins_at_the_first_hit():
    request = Request(offset=20).select("person", "А").select("person", "А")
    assert request.to_params() == [("person", "А")]


def test_what_is_no_unicode_is_replaced():
    assert Request.from_params([("q", "мост \udcff")]).q == "мост ?"


texts = st.text(min_size=1).map(str.strip).filter(bool)


@given(
    st.lists(
        st.tuples(st.sampled_from(["person", "org.not", "source", "section.not"]), texts)
        | st.tuples(st.just("q"), st.from_regex(r"[а-я]+( [а-я]+)*", fullmatch=True))
        | st.tuples(st.sampled_from(["limit", "offset"]), st.integers(0, 100).map(str))
        | st.tuples(st.just("group"), st.sampled_from(["articles", "reprints"]))
    ),
    st.sampled_from([None, Request(group="reprints"), Request(limit=20)]),
)
def test_a_request_survives_its_own_link(pairs, usual):
    request = Request.from_params(pairs, usual)
    assert Request.from_params(request.to_params(usual), usual) == request


def test_what_is_usual_is_left_out_of_a_link():
    stories = Request(group="reprints")
    assert Request.from_params([], stories) == stories
    assert stories.to_params(stories) == []
    assert stories.to_params() == [("group", "reprints")]
    assert Request().to_params(stories) == [("group", "articles")]
