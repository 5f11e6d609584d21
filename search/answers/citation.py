"""The citation of an article by ГОСТ Р 7.0.100—2018, "Библиографическая запись"."""

import datetime
from typing import Any

from search.answers.export.one_line import one_line

_MONTHS = (
    "янв.", "февр.", "март", "апр.", "май", "июнь",
    "июль", "авг.", "сент.", "окт.", "нояб.", "дек.",
)  # fmt: skip
_MONTHS_OF_DAYS = (
    "янв.", "февр.", "марта", "апр.", "мая", "июня",
    "июля", "авг.", "сент.", "окт.", "нояб.", "дек.",
)  # fmt: skip
_UNTITLED = "[Без названия]"
_AREA = ". — "


def citation(article: dict[str, Any], accessed: datetime.date) -> str:
    """An article, as the API gives it, as a part of its source: its title and authors, the
    source, the date as precise as it is known, and the address with the day it was ``accessed``.

    Months are shortened by ГОСТ Р 7.0.12—2011.
    """
    title = one_line(article["title"]) or _UNTITLED
    authors = ", ".join(map(one_line, article["authors"]))
    areas = [f"{title} / {authors}" if authors else title]
    if article["url"]:
        areas.append("Текст : электронный")
    if article["source"]:
        site = " : [сайт]" if article["url"] else ""
        areas[-1] += f" // {one_line(article['source'])}{site}"
    if article["date"]:
        areas += _date(article["date"])
    if article["url"]:
        areas.append(f"URL: {one_line(article['url'])} (дата обращения: {accessed:%d.%m.%Y})")
    return _joined(areas)


def _date(date: str) -> list[str]:
    year, *rest = date.split("-")
    if not rest:
        return [year]
    month = int(rest[0]) - 1
    if len(rest) == 1:
        return [year, _MONTHS[month]]
    return [year, f"{int(rest[1])} {_MONTHS_OF_DAYS[month]}"]


def _joined(areas: list[str]) -> str:
    """Areas of a record: one that ends with a mark of its own gets no second full stop."""
    text = ""
    for area in areas:
        text += area if not text else f"{'' if text[-1] in '.!?…' else '.'}{_AREA[1:]}{area}"
    return text if text[-1] in ".!?…" else f"{text}."
