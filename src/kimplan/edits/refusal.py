"""Why a change is refused: something that a rule forbids, or that needs to be said first."""

from __future__ import annotations

from collections.abc import Sequence

from kimplan.diagnostic import Diagnostic


class RefusedError(Exception):
    """A change may not be made, and the file stays as it was.

    `code` is that of the rule which forbids it, or empty. `new` are the errors that the change
    would make, `old` those that it would leave there.
    """

    def __init__(
        self,
        message: str,
        hint: str = "",
        code: str = "",
        new: Sequence[Diagnostic] = (),
        old: Sequence[Diagnostic] = (),
    ) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.code = code
        self.new = new
        self.old = old
