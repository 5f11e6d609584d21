"""Explanations: what was wrong with a request, in the reader's language."""

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
