"""The sections of a source, each with an id."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kimplan.intake.prose import clean
from kimplan.intake.questions import Kind, Notebook, Question
from kimplan.intake.rows import Heading
from kimplan.sheet import SheetFile

_NOT_AN_ID = re.compile(r"[^a-z0-9]+")
_LONGEST_ID = 48
_LONGEST_TITLE = 600
_NO_NAME = "Recommendations"


def slug(title: str, taken: Sequence[str] = ()) -> str:
    """Return an id for a title: its words with hyphens, with a number where that is taken."""
    words = _NOT_AN_ID.sub("-", title.casefold().replace("’", "").replace("'", "")).strip("-")
    if len(words) > _LONGEST_ID:
        words = words[:_LONGEST_ID].rpartition("-")[0] or words[:_LONGEST_ID]
    base, number = words.strip("-") or "section", 2
    name = base
    while name in taken:
        name, number = f"{base}-{number}", number + 1
    return name


def with_ids(
    headings: Sequence[Heading], file: SheetFile, notebook: Notebook
) -> tuple[tuple[str, Heading], ...]:
    """Return each section with its id; what the source does not name gets the file's title."""
    ids: list[str] = []
    named: list[tuple[str, Heading]] = []
    for heading in headings:
        title = heading.title
        if not title:
            title = " ".join(clean(file.title).split())[:300] or _NO_NAME
            notebook.say(Question(Kind.SECTION_MISSING, value="no section", taken=title))
        title = title[:_LONGEST_TITLE]
        ids.append(slug(title, ids))
        named.append((ids[-1], heading._replace(title=title)))
    return tuple(named)
