"""The RAG rating and what it asks of a recommendation."""

from __future__ import annotations

from kimplan.model.choice import Choice


class Rating(Choice):
    """How far a recommendation has come; the order is that of the report."""

    GREEN = "green", "Complete: the landlord complies."
    AMBER = "amber", "In progress: work is planned or under way."
    RED = "red", "Not started, or in serious difficulty."
    NOT_APPLICABLE = "not-applicable", "Does not apply at present; the response says why."

    @property
    def is_open(self) -> bool:
        """Whether work is still promised: amber and red have a due date and owners."""
        return self is Rating.AMBER or self is Rating.RED
