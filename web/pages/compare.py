"""The page that compares persons, organizations and queries on one time line."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from flask import current_app, g, render_template, request
from werkzeug.wrappers import Response

from search import Archive, Comparison, Request
from search.answers.comparison import FIELDS, MOST_COMPARED
from search.parameters import choice
from web.address import RANGE, Address, every_one
from web.axes import percent
from web.explanations import explain_error, explain_warning
from web.line_chart import line_chart
from web.messages import messages
from web.pages.blueprint import addresses, blueprint, given, language, shorter
from web.pages.dates import too_fine
from web.pages.period import read_period
from web.timeline import intervals

_FORM = ("add", "as")
"""What the form sends beside the parameters of a comparison."""

OFFERED = 3
"""Persons that are offered for comparison where nothing is compared yet."""

_field = choice(*FIELDS)


@blueprint.get("/compare")
def compare() -> str | Response:
    """Up to five items by day, month or year, and what each two share; of intervals that cannot be
    told apart wider ones are taken, and a period is mended as on the search page. The form sends
    one to ``add``, which is a value of the field ``as``, and its empty fields too; the answer to
    that is the short address.

    :raise 400: another parameter is unknown or its value is wrong.
    """
    archive: Archive = current_app.config["ARCHIVE"]
    pairs = [pair for pair in given() if pair[0] not in _FORM]
    if added := request.args.get("add", "").strip():
        field = _field.read("as", request.args.get("as", FIELDS[0]))
        pairs += archive.identified([(field, added)])
    asked, period = read_period(pairs, Comparison.from_params)
    own = asked.to_params()
    g.address = address = addresses(own=period.own(own))
    if short := shorter():
        return short
    answer = archive.compare(asked)
    if too_fine(answer):
        answer = archive.compare(replace(asked, interval="auto"))
    say = messages(language())
    articles = _articles(address, asked)
    timeless = [pair for pair in own if pair[0] not in ("from", "to")]
    return render_template(
        "compare.html",
        asked=asked,
        answer=answer,
        swapped=period.swapped,
        ends=period.ends(asked),
        unread={end: explain_error(error, say) for end, error in period.unread.items()},
        items=[
            item
            | {
                "label": f"«{item['name']}»" if one.field == "q" else item["name"],
                "search": address.search(one.request),
                "undated": replace(address, request=one.request).undated(),
                "removal": [pair for pair in own if pair != (one.field, one.value)],
                "warnings": [explain_warning(warning, say) for warning in item["warnings"]],
            }
            for one, item in zip(asked.items, answer["items"])
        ],
        chart=line_chart(answer, address.shares, articles),
        dates=address.page("pages.compare", *timeless, ("from", "DATE"), ("to", "DATE")),
        always=address.page("pages.compare", *timeless),
        intervals=intervals(answer, lambda one: address.page("pages.compare", *_counted(own, one))),
        widened=asked.interval not in ("auto", answer["interval"]),
        pairs=_pairs(address, asked, answer["together"]),
        percent=percent,
        full=len(asked.items) >= MOST_COMPARED,
        most=MOST_COMPARED,
        fields=FIELDS,
        switch=address.switched().page("pages.compare", *own),
        kept=[
            *address.written(pair for pair in own if pair[0] not in ("from", "to")),
            *address.view,
        ],
        offered=() if asked.items else _offered(archive),
    )


def _articles(address: Address, asked: Comparison) -> Callable[[int, str], str]:
    """What gives the address of the articles of an item, by its number, in an interval."""
    around = [replace(address, request=item.request).ranged().split(RANGE) for item in asked.items]

    def of(number: int, start: str) -> str:
        first, last = asked.within(start)
        return f"from={first}&to={last}".join(around[number])

    return of


def _counted(own: Iterable[tuple[str, str]], interval: str) -> list[tuple[str, str]]:
    """The parameters of a comparison by another interval."""
    others = [pair for pair in own if pair[0] != "interval"]
    return others + ([("interval", interval)] if interval != "auto" else [])


def _pairs(
    address: Address, asked: Comparison, together: list[list[int]]
) -> list[list[tuple[int, str]]]:
    """For every two items the articles that they share, and the search that finds these."""
    return [
        [
            (shared, _both(address, asked, row, column))
            for column, shared in enumerate(together[row])
        ]
        for row in range(len(together))
    ]


def _both(address: Address, asked: Comparison, *numbers: int) -> str:
    items = [asked.items[number] for number in dict.fromkeys(numbers)]
    queries = [item.value for item in items if item.field == "q"]
    q = queries[0] if len(queries) == 1 else " ".join(f"({query})" for query in queries)
    named = every_one((item.field, item.value) for item in items if item.field != "q")
    pairs = named + ([("q", q)] if q else [])
    ends = {"date_from": asked.date_from, "date_to": asked.date_to}
    return address.search(Request.from_params(pairs).replace(**ends))


def _offered(archive: Archive) -> list[dict[str, Any]]:
    """The most named persons, to begin with."""
    asked = Request(limit=0, facets=("person",), facet_size=OFFERED)
    return archive.search(asked)["facets"]["person"]["values"]
