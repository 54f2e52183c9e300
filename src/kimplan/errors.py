"""What stops a command: an error that no diagnostic about the plan can express."""

from __future__ import annotations


class KimplanError(Exception):
    """A command cannot run; the command line prints it and exits with 2.

    `message` is one sentence for a person, `hint` says how to mend it (or is empty).
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class PlanNotFoundError(KimplanError):
    """There is no plan where one was looked for."""


class TemplateError(KimplanError):
    """A Word template cannot be used."""


class OutputError(KimplanError):
    """A file cannot be written where the command was told to write it."""
