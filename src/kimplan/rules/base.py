"""What every rule is: a code, documentation, and what it asks of a record or of the whole plan."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Set
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, TypeVar

from kimplan.diagnostic import Correction, Diagnostic, Severity
from kimplan.model.rating import scheme_of

if TYPE_CHECKING:
    from kimplan.loader import LoadedFile
    from kimplan.model.plan import Owners, Settings
    from kimplan.model.recommendation import Recommendation
    from kimplan.snapshot.earlier import Base
    from kimplan.source import KeyPath

_T = TypeVar("_T")


class Context:
    """What a rule may ask about the rest of the plan; an unreadable file's value is None.

    `as_of` and `base` are None in a run without a clock or without an earlier state. `paths` are
    the records' files that were read so far, in the order of their refs; `broken` are those
    of them that could not be understood, and `changed` those that differ from the base.
    `scheme` is that of the plan's ratings. `is_on_disk` is false where the files are those of
    another time, beside which nothing can be looked up.
    """

    def __init__(
        self,
        root: str,
        settings: LoadedFile[Settings],
        owners: LoadedFile[Owners],
        as_of: date | None = None,
        base: Base | None = None,
    ) -> None:
        self.root = root
        self.settings = settings
        self.owners = owners
        self.as_of = as_of
        self.base = base
        self.paths: list[str] = []
        self.broken: set[str] = set()
        self.changed: dict[str, LoadedFile[Recommendation]] = {}
        self.is_on_disk = True
        self._pairs: dict[str, str] | None = None
        self._shared: dict[type[Any], Any] = {}
        self.scheme = scheme_of(settings.document.value)

    def read(self, file: LoadedFile[Recommendation]) -> None:
        """Take note of a record that was read."""
        self.paths.append(file.path)
        if file.value is None:
            self.broken.add(file.path)
        if self.base is not None and file.path in self.base.changed:
            self.changed[file.path] = file

    def shared(self, kind: type[_T]) -> _T:
        """Return the one of its `kind` in this run, in which several rules keep what they know."""
        found: _T = self._shared.setdefault(kind, kind())
        return found

    def pairs(self) -> dict[str, str]:
        """Return where each changed record stood in the base, by where it stands now.

        It is known when all records were read; a record that is new is not among them.
        """
        if self._pairs is None:
            from kimplan.changes.pairing import pair_records

            records = self.base.records if self.base else {}
            before = {path: file.value for path, file in records.items()}
            after = {path: file.value for path, file in self.changed.items()}
            self._pairs = pair_records(before, after)
        return self._pairs

    def earlier(self, path: str) -> LoadedFile[Recommendation] | None:
        """Return what the record at `path` was in the base, None where it is new."""
        was = self.pairs().get(path)
        return self.base.records[was] if self.base and was is not None else None


class Rule:
    """One thing that can be wrong; an instance serves one run and may remember what it has seen.

    A child names its `code` and its `severity`, and says in its docstring what it finds, why that
    matters and how to mend it; a child without a docstring cannot be defined. `can_be_ignored` is
    false where the plan could not be read, or not be reported on, without what is asked for.
    `is_local` is true where no other file has a say in what it finds in one. `about` are fields of
    which a record has one wherever its `check` has anything to say or to note; where there are
    none, it looks at every record.
    """

    code: ClassVar[str]
    severity: ClassVar[Severity] = Severity.ERROR
    can_be_ignored: ClassVar[bool] = True
    is_local: ClassVar[bool] = False
    about: ClassVar[frozenset[str]] = frozenset()

    def __init_subclass__(cls, **keywords: Any) -> None:
        super().__init_subclass__(**keywords)
        if not cls.__doc__ and sys.flags.optimize < 2:  # -OO takes all documentation away
            raise TypeError(f"the rule {cls.__name__} has no documentation")

    def __init__(self, context: Context) -> None:
        self.context = context

    @property
    def complete(self) -> str:
        """The word for what is complete in the plan's scheme of ratings."""
        return self.context.scheme.complete.word

    @classmethod
    def looks_at(cls, fields: Set[str]) -> bool:
        """Return whether it looks at a record that has these `fields`."""
        return cls.check is not Rule.check and not (cls.about and cls.about.isdisjoint(fields))

    @classmethod
    def title(cls) -> str:
        """Return what the rule finds, as one sentence."""
        import inspect

        return inspect.cleandoc(cls.__doc__ or "").partition("\n\n")[0].replace("\n", " ")

    @classmethod
    def explanation(cls) -> str:
        """Return why that matters and how to mend it: paragraphs and indented examples."""
        import inspect

        return inspect.cleandoc(cls.__doc__ or "").partition("\n\n")[2]

    def check(self, file: LoadedFile[Recommendation], item: Recommendation) -> Iterable[Diagnostic]:
        """Return what is wrong with `item`, the recommendation that `file` holds."""
        return ()

    def check_plan(self) -> Iterable[Diagnostic]:
        """Return what is wrong with the plan as a whole; called after every record was checked."""
        return ()

    def finding(
        self,
        file: LoadedFile[Any],
        message: str,
        at: KeyPath = (),
        hint: str = "",
        *,
        key: bool = False,
        correction: Correction | None = None,
    ) -> Diagnostic:
        """Return a diagnostic of this rule at the value, or with `key` at the key, of `at`."""
        return file.finding(
            self.code,
            message,
            at,
            hint,
            key=key,
            severity=self.severity,
            correction=correction,
        )


class ReadingRule(Rule):
    """A rule that is kept while a file is read; its class says what its code means."""

    can_be_ignored = False


class ClockRule(Rule):
    """A rule that depends on the day; it runs only where there is one."""

    as_of: date

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.as_of = context.as_of or date.max


class ChangeRule(Rule):
    """A rule about a change; it runs only where there is an earlier state to compare with."""

    base: Base

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.base = context.base or _no_base()


def _no_base() -> Base:
    from kimplan.snapshot.earlier import Base

    return Base("", frozenset(), {})


class Changed(NamedTuple):
    """A record in its file, and what it was."""

    file: LoadedFile[Recommendation]
    item: Recommendation
    before: Recommendation


class RecordChangeRule(ChangeRule):
    """A rule that compares a record with what it was."""

    code = ""

    def check_plan(self) -> Iterator[Diagnostic]:
        """Find it, when all records were read and each is known by what it was."""
        for path, file in self.context.changed.items():
            earlier = self.context.earlier(path)
            if file.value and earlier and earlier.value:
                yield from self._compare(Changed(file, file.value, earlier.value))

    def _compare(self, change: Changed) -> Iterable[Diagnostic]:
        raise NotImplementedError
