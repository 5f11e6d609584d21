"""The help page: the whole query language, each example a link."""

from flask import g, render_template
from werkzeug.wrappers import Response

from web.pages.blueprint import addresses, blueprint, shorter

EXAMPLES = {
    "words": [
        ("губернатор мост", "help_words"),
        ("Соловьёвой", "help_forms"),
        ('"министр транспорта"', "help_phrase"),
        ("«губернатор Ремизов»", "help_quotes"),
        ("!мосту", "help_exact"),
        ('!"законодательного собрания"', "help_exact_phrase"),
        ('"!министр транспорта"', "help_exact_inside"),
    ],
    "together": [
        ("школа OR больница", "help_or"),
        ("школа | больница", "help_or_sign"),
        ("школа ИЛИ больница", "help_or_russian"),
        ("суд -приговор", "help_not"),
        ("суд НЕ приговор", "help_not_russian"),
        ("(школа OR больница) ремонт", "help_brackets"),
        ('"губернатор мост"~5', "help_near"),
        ("губернатор / мост", "help_sentence"),
        ("губернатор / (мост OR паром)", "help_sentence_brackets"),
    ],
    "parts": [
        ("транс*", "help_prefix"),
        ("тран*т", "help_star_inside"),
        ("гоб?рнатор | губ?рнатор", "help_question"),
        ("губирнатор~", "help_fuzzy"),
        ("губинатор~2", "help_fuzzy_2"),
        ("стекло\\стечь", "help_without"),
        ("мост\\!моста", "help_without_form"),
    ],
    "fields": [
        ("person:Соловьёва", "help_person"),
        ('person:"Рустам Тагиев"', "help_person_name"),
        ("org:Заксобрание", "help_org"),
        ('source:"Деловой край"', "help_source"),
        ("section:Спорт", "help_section"),
        ("title:мост", "help_title_field"),
        ("text:мост", "help_text_field"),
        ("персона:Соловьёва заголовок:тариф", "help_russian_fields"),
    ],
    "dates": [
        ("date:2022", "help_date_year"),
        ("date:2022-08", "help_date_month"),
        ("date:2022-09-03", "help_date_day"),
        ("date:[2022-01 TO 2022-08]", "help_date"),
        ("date:>2022", "help_date_after"),
        ("date:<=2022-08-19", "help_date_until"),
        ("мост дата:2021", "help_date_russian"),
    ],
}
"""By section: queries, and the messages that say what they find. Each finds something in the
demo archive."""


@blueprint.get("/help")
def help() -> str | Response:
    """The query language and the ways of the page."""
    g.address = addresses()
    return shorter() or render_template("help.html", sections=EXAMPLES)
