"""The feed: newline-delimited JSON, a recommendation a line, for programs; and its schema."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date

from kimplan.answers.group import PlanOf
from kimplan.export.feed_keys import Context, Subject, object_schema, record_keys, to_json

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_ABOUT = (
    "One line of kimplan export ndjson: everything that a recommendation's file says, and where it "
    "stands on a day. Every key is always there; null is what the file does not say."
)
# A line is a JSON value by itself, so nothing of a text may look like the end of one.
_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode


def feed_lines(plans: Sequence[PlanOf], as_of: date) -> Iterator[bytes]:
    """Yield a line for each recommendation as on the day `as_of`, with its end.

    They stand in the order of the plans and reports.
    """
    keys = record_keys()
    for name, plan in plans:
        titles = {section.id: section.title for section in plan.settings.sections}
        context = Context(name, plan.settings, as_of, titles)
        for item in plan.recommendations:
            yield f"{_encode(to_json(keys, Subject(item, item), context))}\n".encode()


def feed_schema_text() -> str:
    """Return the JSON Schema of a line, as ASCII text that ends its line."""
    schema = {
        "$schema": _DRAFT,
        "title": "A recommendation in kimplan's feed",
        "description": _ABOUT,
        **object_schema(record_keys()),
    }
    return json.dumps(schema, indent=2, ensure_ascii=True) + "\n"
