"""Digests that the tests make issues of. Import with ``from forge.letters import …``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kimplan.answers.letter import Occasion
from kimplan.answers.reminders import Digest, Row, Topic
from kimplan.forge.wanted import Source, Style, Wanted, wanted_issues
from kimplan.formatters.letter_markdown import format_letter, format_note
from kimplan.model.plan import Owner

DAY = date(2024, 5, 31)
STYLE = Style(format_letter, format_note)


def row(ref: str = "REC2", topic: Topic = Topic.OVERDUE, title: str = "Keep a register.") -> Row:
    return Row(topic, ref, title, False, ("Head of Repairs",), -61, "March 2024")


def digest(
    *rows: Row, role: str = "Head of Repairs", handle: str | None = "@ann", **fields: object
) -> Digest:
    owner = Owner(role=role, handle=handle)
    made = Digest("", "Action plan", "Example Homes", role, owner, False, rows or (row(),))
    return made._replace(**fields)  # type: ignore[arg-type]


def wanted(*digests: Digest, day: date = DAY, missing: Sequence[str] = ()) -> list[Wanted]:
    return wanted_issues(digests or (digest(),), Source(Occasion(day), "plan", missing), STYLE)
