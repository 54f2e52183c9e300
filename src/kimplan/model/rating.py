"""The RAG rating and what it asks of a recommendation."""

from __future__ import annotations

import enum


class Rating(enum.StrEnum):
    """How far a recommendation has come; the order is that of the report."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    NOT_APPLICABLE = "not-applicable"

    @property
    def is_open(self) -> bool:
        """Whether work is still promised: amber and red have a due date and owners."""
        return self is Rating.AMBER or self is Rating.RED
