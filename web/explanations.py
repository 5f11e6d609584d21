"""Explanations: what was wrong with a request, and why a hit stands where it does, in the
reader's language."""

from collections.abc import Mapping
from typing import Any

from search import ParameterError
from web.messages import Messages


def explain_error(error: ParameterError, say: Messages) -> str:
    """What is wrong with a parameter and what would be right."""
    facts = error.facts
    named = {"parameter": error.parameter, "value": error.value}
    sentence = say(f"wrong_{error.rule}", **named, **facts)
    if "low" in facts:
        return f"{sentence} {say('wrong_bounds', low=facts['low'], high=facts['high'])}"
    if facts.get("choices"):
        return f"{sentence} {say('wrong_choices', choices=', '.join(facts['choices']))}"
    return sentence


def explain_warning(warning: Mapping[str, Any], say: Messages) -> str:
    """How a query was repaired, or what in it was understood in more than one way."""
    return say(
        f"warning_{warning['code']}",
        value=warning.get("value"),
        candidates=", ".join(warning.get("candidates", ())),
    )


def explain_reason(reason: Mapping[str, Any], say: Messages) -> str:
    """Why a name belongs to its entity."""
    if reason["code"] == "ledger":
        when = say.date(reason["when"][:10]) if reason["when"] else say("some_time")
        return say("reason_ledger", when=when, by=reason["by"] or say("somebody"))
    return say(f"reason_{reason['code']}", of=reason.get("of"), articles=reason.get("articles"))


def explain_part(part: Mapping[str, Any], say: Messages) -> str:
    """What a part of a score comes from."""
    kind = part["kind"]
    if kind == "near":
        one, other = part["words"]
        return say("part_near", one=one, other=other, n=say.number(part["distance"]))
    facts = {**part, "where": say(f"part_in_{part['field']}")} if "field" in part else part
    if kind != "word":
        return say(f"part_{kind}", **facts)
    facts |= {name: say.decimal(part[name]) for name in ("weight", "rarity", "share")}
    sentence = say("part_word", **facts | {"times": say.count("times", part["frequency"])})
    return sentence if part["share"] == 1 else f"{sentence}{say('part_share', **facts)}"
