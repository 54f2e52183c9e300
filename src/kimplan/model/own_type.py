"""What the fields that a plan declares for itself may hold."""

from __future__ import annotations

from kimplan.model.choice import Choice

MOST_OWN_FIELDS = 50


class OwnType(Choice):
    """What an own field holds."""

    LINE = "line", "Words on one line."
    TEXT = "text", "Paragraphs, bullets and links."
    DATE = "date", "A day, a month or an interval, written as due dates are."
    CHOICE = "choice", "One of the field's choices."
    LINK = "link", "A web address, or a path in the repository."
