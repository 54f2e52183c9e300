"""What a column of the report's table can show: a record's field, or one of the plan's own."""

from __future__ import annotations

from kimplan.model.choice import Choice

_PREFIX = "fields."


class ColumnField(Choice):
    """What a column of the report's table can show."""

    REF = "ref", "The recommendation's ref."
    RECOMMENDATION = "recommendation", "Its title and detail."
    RESPONSE = "response", "The landlord's response."
    RAG = "rag", "Its rating."
    DUE = "due", "Its due date, or the rating's text in place of one."
    OWNERS = "owners", "The roles that own it."
    COMPLETED = "completed", "The day on which it was completed."
    EVIDENCE = "evidence", "What proves that it is complete."
    VERIFIED = "verified", "Who checked it, and when."
    PROGRESS = "progress", "Its dated notes."
    ACTIONS = "actions", "Its steps."


class OwnColumn(str):
    """The name of a column that shows an own field: ``fields.priority``."""

    __slots__ = ()

    @property
    def id(self) -> str:
        """The own field's id."""
        return self.removeprefix(_PREFIX)


def as_own_column(text: str) -> OwnColumn | None:
    """Return `text` as the name of an own field's column, None if it is none."""
    is_one = text.startswith(_PREFIX) and text != _PREFIX and len(text) <= 100
    return OwnColumn(text) if is_one else None
