"""What the API answers, as JSON Schemas (draft 2020-12)."""

from typing import Any

from index.dates.evidence import PROVENANCES
from index.ledger import KINDS, LEAST_NAMES
from index.schema import FACETS
from search.answers.comparison import FIELDS as COMPARED_FIELDS
from search.facets.histogram import INTERVALS
from search.parameters import RULES
from search.query.syntax import TEXT_FIELDS

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
TEXT_OR_NULL: Schema = {"type": ["string", "null"]}
COUNT: Schema = {"type": "integer", "minimum": 0}
TRUTH: Schema = {"type": "boolean"}
PARTIAL_DATE: Schema = {
    "type": ["string", "null"],
    "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$",
    "description": "An ISO date as precise as it is known, null where it is not.",
    "examples": ["2022-08-19", "2022-08", "2022"],
}


def list_of(items: Schema) -> Schema:
    """A list of such items."""
    return {"type": "array", "items": items}


def record(
    fields: dict[str, Schema], optional: tuple[str, ...] = (), description: str = ""
) -> Schema:
    """An object of these fields and no other; all but the optional ones are always there."""
    schema: Schema = {
        "type": "object",
        "properties": fields,
        "required": [name for name in fields if name not in optional],
        "additionalProperties": False,
    }
    return schema | ({"description": description} if description else {})


def named(component: str) -> Schema:
    """A reference to one of COMPONENTS."""
    return {"$ref": f"#/components/schemas/{component}"}


def _counts_by_name(of: str) -> Schema:
    return {"type": "object", "additionalProperties": COUNT, "description": of}


_MARKS: Schema = {
    "type": "array",
    "items": {"type": "array", "items": COUNT, "minItems": 2, "maxItems": 2},
    "description": "Half-open spans in code points.",
}
_QUERIES: Schema = {"type": "object", "additionalProperties": TEXT}
_ENTITY = {"id": TEXT, "name": TEXT}
_COUNTED = record(_ENTITY | {"count": COUNT})
_HEAD = {
    "id": TEXT,
    "title": TEXT,
    "url": TEXT_OR_NULL,
    "source": TEXT_OR_NULL,
    "date": PARTIAL_DATE,
    "date_precision": {"type": "string", "enum": ["day", "month", "year", "none"]},
    "date_provenance": {"enum": [*PROVENANCES, None], "description": "What the date comes from."},
    "date_written": TEXT | {"description": "A date without its year, as the text has it."},
}
_LISTED = _HEAD | {
    "persons": list_of(named("Entity")),
    "organizations": list_of(named("Entity")),
    "reprints": COUNT | {"description": "Other members of the article's group."},
    "first_publication": TEXT | {"description": "The id of the first of its group."},
}
_ROLE = {
    "text": TEXT,
    "first": PARTIAL_DATE,
    "last": PARTIAL_DATE,
    "count": COUNT,
}
_BESIDE: Schema = {"anyOf": [named("Entity"), {"type": "null"}]}
_HISTOGRAM = list_of(
    record(
        {
            "start": PARTIAL_DATE,
            "count": COUNT,
            "all": COUNT | {"description": "Articles of these dates in the whole archive."},
        }
    )
)
_INTERVAL: Schema = {"type": "string", "enum": list(INTERVALS)}
_ASKED_BY: dict[str, Schema] = {
    "auto": _INTERVAL | {"description": "What interval=auto takes."},
    "intervals": list_of(_INTERVAL)
    | {"description": "Those of which the dates fill several, and not too many."},
}
_DATE_FACET: dict[str, Schema] = {
    "interval": _INTERVAL,
    "coarse": COUNT | {"description": "Articles whose date is wider than the interval."},
    "missing": COUNT,
    "values": _HISTOGRAM,
}
_CLOSER = {"description": "The dates asked for, where a finer interval fits them."}


def _entity_page(other: str) -> Schema:
    return record(
        _ENTITY
        | {
            "kind": {"type": "string", "enum": ["person", "organization"]},
            "articles": COUNT,
            "first_date": PARTIAL_DATE,
            "last_date": PARTIAL_DATE,
            "ambiguous": TRUTH,
            "candidates": list_of(_COUNTED),
            "hidden": TRUTH,
            "variants": list_of(
                record(
                    {
                        "name": TEXT,
                        "count": COUNT,
                        "reason": {"type": "object", "description": "Why the name belongs here."},
                    }
                )
            ),
            "roles": list_of(record(_ROLE | {other: _BESIDE})),
            "roles_of": COUNT | {"description": "The articles whose roles are counted."},
            "persons": list_of(_COUNTED),
            "organizations": list_of(_COUNTED),
            "months": _HISTOGRAM,
        }
    )


COMPONENTS: dict[str, Schema] = {
    "Entity": record(_ENTITY),
    "Word": record(
        {
            "word": TEXT,
            "lemmas": list_of(TEXT),
            "forms": _counts_by_name("Articles by the form that they hold."),
            "leave_out": _QUERIES | {"description": "Queries without a lemma or a form."},
            "restore": _QUERIES | {"description": "Queries with what was left out."},
        },
        description="How a word of the query was understood.",
    ),
    "Warning": record(
        {
            "code": TEXT,
            "message": TEXT,
            "position": COUNT,
            "value": TEXT,
            "field": TEXT,
            "candidates": list_of(TEXT),
        },
        optional=("position", "value", "field", "candidates"),
        description="How the query was repaired, or what in it may mean several things.",
    ),
    "OtherQuery": record(
        {"q": TEXT, "total": COUNT},
        description="What may have been meant by a query that finds nothing, and what it finds.",
    ),
    "Suggestion": record(
        {
            "kind": {"type": "string", "enum": ["word", "person", "organization"]},
            "text": TEXT | {"description": "A query, or the name of an entity."},
            "id": TEXT_OR_NULL | {"description": "Of an entity."},
            "ambiguous": TRUTH | {"description": "Of an entity: it may be one of several."},
            "count": COUNT,
        },
        optional=("ambiguous",),
    ),
    "SuggestAnswer": record({"q": TEXT, "suggestions": list_of(named("Suggestion"))}),
    "Snippet": record({"text": TEXT, "marks": _MARKS}),
    "Result": record(
        _LISTED
        | {
            "score": {"type": "number"},
            "title_marks": _MARKS,
            "snippets": list_of(named("Snippet")),
            "explanation": list_of(named("ScorePart"))
            | {"description": "With explain=1: the parts that add up to the score."},
        },
        optional=("date_written", "explanation"),
    ),
    "ScorePart": record(
        {
            "kind": {"enum": ["word", "pattern", "dates", "everything", "near", "form"]},
            "score": {"type": "number"},
            "field": {"type": "string", "enum": list(TEXT_FIELDS)},
            "lemma": TEXT,
            "frequency": COUNT,
            "weight": {"type": "number", "description": "Of all occurrences, by their places."},
            "length": COUNT | {"description": "Words of the field, to some percent."},
            "mean_length": {"type": "number"},
            "rarity": {"type": "number", "description": "Inverse document frequency."},
            "share": {"type": "number", "description": "Less than 1 for a less likely lemma."},
            "pattern": TEXT,
            "words": list_of(TEXT),
            "distance": COUNT,
            "word": TEXT,
        },
        optional=(
            "field",
            "lemma",
            "frequency",
            "weight",
            "length",
            "mean_length",
            "rarity",
            "share",
            "pattern",
            "words",
            "distance",
            "word",
        ),
        description="A word scores rarity · share · weight · 2.2 / (weight + 1.2 · (0.25 + 0.75 · "
        "length / mean_length)): BM25F.",
    ),
    "FacetValue": record(
        _ENTITY
        | {
            "variants": list_of(TEXT),
            "count": COUNT,
            "selected": TRUTH,
            "excluded": TRUTH,
            "ambiguous": TRUTH,
            "candidates": list_of(named("Entity")),
        },
        optional=("ambiguous", "candidates"),
    ),
    "Facet": record({"total": COUNT, "missing": COUNT, "values": list_of(named("FacetValue"))}),
    "DateFacet": record(
        _DATE_FACET
        | {
            **_ASKED_BY,
            "closer": {"anyOf": [record(_DATE_FACET), {"type": "null"}]} | _CLOSER,
        }
    ),
    "SearchAnswer": record(
        {
            "query": record(
                {
                    "q": TEXT,
                    "lemmas": list_of(named("Word")),
                    "warnings": list_of(named("Warning")),
                    "suggestion": {"anyOf": [named("OtherQuery"), {"type": "null"}]},
                    "entities": list_of(named("Suggestion")),
                }
            ),
            "total": COUNT,
            "articles": COUNT | {"description": "The total with group=articles."},
            "next": TEXT_OR_NULL
            | {"description": "The cursor (after=) of the next page; null on the last one."},
            "elapsed_ms": {"type": "number"},
            "generation": COUNT,
            "results": list_of(named("Result")),
            "facets": record(
                {**{facet: named("Facet") for facet in FACETS}, "date": named("DateFacet")},
                optional=(*FACETS, "date"),
            ),
            "links": record(
                dict.fromkeys(
                    ("self", "next", "previous", "csv", "jsonl", "ris", "bibtex", "rss"), TEXT
                ),
                optional=("next", "previous"),
            ),
        }
    ),
    "Mention": record(
        {
            "kind": {"type": "string", "enum": ["person", "organization"]},
            "entity": named("Entity"),
            "start": COUNT,
            "stop": COUNT,
            "text": TEXT,
            "role": TEXT_OR_NULL,
        }
    ),
    "ArticleAnswer": record(
        _LISTED
        | {
            "authors": list_of(TEXT),
            "citation": TEXT | {"description": "By GOST R 7.0.100-2018."},
            "text": TEXT,
            "section": TEXT_OR_NULL,
            "mentions": list_of(named("Mention")),
            "title_marks": _MARKS,
            "text_marks": _MARKS,
            "addresses": list_of(TEXT),
            "versions": list_of(
                record({"title": TEXT, "text": TEXT, "date": PARTIAL_DATE, "until": TEXT})
            ),
            "publications": list_of(record(_HEAD, optional=("date_written",))),
        },
        optional=("date_written",),
    ),
    "SimilarArticle": record(
        _LISTED
        | {
            "score": {"type": "number", "description": "1 for all in common."},
            "shared": record(
                {
                    "persons": list_of(named("Entity")),
                    "organizations": list_of(named("Entity")),
                    "lemmas": list_of(TEXT) | {"description": "The weightiest first."},
                }
            ),
        },
        optional=("date_written",),
    ),
    "SimilarAnswer": record({"id": TEXT, "results": list_of(named("SimilarArticle"))}),
    "PersonAnswer": _entity_page("organization"),
    "OrganizationAnswer": _entity_page("person"),
    "FacetAnswer": record(
        {
            "field": {"type": "string", "enum": list(FACETS)},
            "prefix": TEXT,
            "values": list_of(named("FacetValue")),
        }
    ),
    "CompareAnswer": record(
        {
            "generation": COUNT,
            "interval": _INTERVAL,
            **_ASKED_BY,
            "items": list_of(
                record(
                    {
                        "field": {"type": "string", "enum": list(COMPARED_FIELDS)},
                        "value": TEXT | {"description": "As it was asked for."},
                        "id": TEXT_OR_NULL | {"description": "Of an entity."},
                        "name": TEXT,
                        "warnings": list_of(named("Warning")),
                        "articles": COUNT,
                        "coarse": COUNT,
                        "missing": COUNT,
                    },
                    description="The persons, then the organizations, then the queries.",
                )
            ),
            "values": list_of(
                record(
                    {
                        "start": TEXT,
                        "total": COUNT | {"description": "All articles of the archive."},
                        "counts": list_of(COUNT) | {"description": "Those of each item."},
                    }
                )
            ),
            "together": list_of(list_of(COUNT))
            | {"description": "Articles that each two items share; an item's own with itself."},
        }
    ),
    "Health": record(
        {
            "status": {"type": "string", "enum": ["ok", "degraded"]},
            "generation": COUNT,
            "articles": COUNT,
            "committed": TEXT_OR_NULL | {"description": "When the index last changed, UTC."},
            "age_s": {"type": ["integer", "null"], "minimum": 0},
            "degraded": list_of(record({"code": TEXT, "message": TEXT})),
        },
        description="Whether the archive answers, and what makes its answers worse.",
    ),
    "Correction": record(
        {
            "id": TEXT,
            "line": COUNT | {"description": "Of the ledger, from 1."},
            "op": {"type": "string", "enum": list(LEAST_NAMES)},
            "kind": {"type": "string", "enum": list(KINDS)},
            "names": list_of(TEXT),
            "to": TEXT_OR_NULL | {"description": "The new name."},
            "when": TEXT_OR_NULL,
            "by": TEXT_OR_NULL | {"description": "Whose token it was, or who said so."},
        },
        description="A line of the ledger of corrections.",
    ),
    "CorrectionList": record({"corrections": list_of(named("Correction"))}),
    "Problem": {
        "type": "object",
        "description": "RFC 9457; a wrong parameter is named, with the rule that it breaks.",
        "properties": {
            "type": TEXT,
            "title": TEXT,
            "status": {"type": "integer", "minimum": 400, "maximum": 599},
            "detail": TEXT,
            "parameter": TEXT,
            "value": TEXT,
            "rule": {"enum": list(RULES)},
            "position": COUNT,
            "candidates": list_of(TEXT),
        },
        "required": ["type", "title", "status", "detail"],
    },
}
