"""What every rule is: a code, documentation, and what it asks of a record or of the whole plan."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Any, ClassVar

from kimplan.diagnostic import Diagnostic
from kimplan.loader import LoadedFile
from kimplan.model.plan import Owners, Settings
from kimplan.model.recommendation import Recommendation


class Context:
    """What a rule may ask about the rest of the plan; an unreadable file's value is None."""

    def __init__(
        self, root: str, settings: LoadedFile[Settings], owners: LoadedFile[Owners]
    ) -> None:
        self.root = root
        self.settings = settings
        self.owners = owners
        self.files = 0


class Rule:
    """One thing that can be wrong; an instance serves one run and may remember what it has seen.

    A child names its `code` and says in its docstring what it finds, why that matters and how to
    mend it; a child without a docstring cannot be defined.
    """

    code: ClassVar[str]

    def __init_subclass__(cls, **keywords: Any) -> None:
        super().__init_subclass__(**keywords)
        if not cls.__doc__ and sys.flags.optimize < 2:  # -OO takes all documentation away
            raise TypeError(f"the rule {cls.__name__} has no documentation")

    def __init__(self, context: Context) -> None:
        self.context = context

    def check(self, file: LoadedFile[Recommendation], item: Recommendation) -> Iterable[Diagnostic]:
        """Return what is wrong with `item`, the recommendation that `file` holds."""
        return ()

    def check_plan(self) -> Iterable[Diagnostic]:
        """Return what is wrong with the plan as a whole; called after every record was checked."""
        return ()
