"""Which findings do not count, because the plan or a comment in a file says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

from kimplan.rules import ChangeRule, ClockRule, Context
from kimplan.source import Ignore, find_ignores, shown

if TYPE_CHECKING:
    from kimplan.diagnostic import Diagnostic
    from kimplan.loader import LoadedFile

_VERBS = ("ignore", "ignore-file")
_FORM = "Write '# kimplan: ignore KP303 - why'; kimplan rule KP013 says more."


class Ignores:
    """The ignores of one run; it remembers which of them were needed."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._settings = context.settings
        self._for_all = context.settings.path, context.owners.path
        plan = context.settings.value
        self._for_plan = list(plan.lint.ignore) if plan else []
        self._for_files: dict[str, list[tuple[Ignore, LoadedFile[Any]]]] = {}
        self._needed: set[object] = set()
        self._broken: set[str] = set()

    def read(self, file: LoadedFile[Any]) -> None:
        """Remember the comments of `file` that ignore something."""
        if file.value is None:
            self._broken.add(file.path)
        if found := find_ignores(file.document.text):
            self._for_files[file.path] = [(ignore, file) for ignore in found]

    def kept(self, findings: Iterable[Diagnostic]) -> list[Diagnostic]:
        """Return the findings that nothing ignores, and those about the ignores themselves."""
        if not self._for_plan and not self._for_files:
            return list(findings)
        kept = [found for found in findings if not self._is_ignored(found)]
        return [*kept, *self._about_plan(), *self._about_files()]

    def _is_ignored(self, found: Diagnostic) -> bool:
        if found.code not in _can_be_ignored():
            return False
        is_ignored = False
        is_of_change = found.code in _of_changes()
        for index, code in enumerate(self._for_plan):
            if found.code.startswith(code) and not is_of_change:
                self._needed.add(index)
                is_ignored = True
        old = self._old(found.location.path) if is_of_change else ()
        for ignore, _ in self._for_files.get(found.location.path, ()):
            is_new = ignore.said not in old
            if is_new and ignore.covers(found.location.line) and not _fault(ignore):
                for code in ignore.codes:
                    if found.code.startswith(code):
                        self._needed.add((found.location.path, ignore, code))
                        is_ignored = True
        return is_ignored

    def _old(self, path: str) -> set[object]:
        """Return what the comments of an earlier state of a file said.

        An exception from change control is for one change: it does not excuse the next.
        """
        before: LoadedFile[Any] | None = self._context.earlier(path)
        if path == self._settings.path and self._context.base:
            before = self._context.base.settings
        return {ignore.said for ignore in find_ignores(before.document.text)} if before else set()

    def _about_plan(self) -> Iterator[Diagnostic]:
        for index, code in enumerate(self._for_plan):
            line, column = self._settings.document.locate(("lint", "ignore", index))
            if fault := _fault_of_code(code) or _fault_in_plan(code):
                yield _bad(self._settings, (line, column), fault)
            elif index not in self._needed and not self._broken and _is_judged(code):
                yield _useless(self._settings, (line, column), code, "in the plan")

    def _about_files(self) -> Iterator[Diagnostic]:
        for path, ignores in self._for_files.items():
            for ignore, file in ignores:
                place = ignore.line, ignore.column
                if fault := _fault(ignore):
                    yield _bad(file, place, fault)
                    continue
                for code in ignore.codes if self._is_whole(path) else ():
                    if (path, ignore, code) not in self._needed and _is_judged(code):
                        where = "in this file" if ignore.is_for_file else "here"
                        yield _useless(file, place, code, where)

    def _is_whole(self, path: str) -> bool:
        """Return whether every rule could look at the file at `path`."""
        return not self._broken & {path, *self._for_all}


@cache
def _can_be_ignored() -> frozenset[str]:
    from kimplan.rules.all_rules import ALL_RULES

    return frozenset(rule.code for rule in ALL_RULES if rule.can_be_ignored)


@cache
def _of_changes() -> frozenset[str]:
    from kimplan.rules.all_rules import ALL_RULES

    return frozenset(rule.code for rule in ALL_RULES if issubclass(rule, ChangeRule))


_LineAndColumn: TypeAlias = tuple[int, int]
_Fault: TypeAlias = tuple[str, str]


def _bad(file: LoadedFile[Any], place: _LineAndColumn, fault: _Fault) -> Diagnostic:
    from kimplan.rules.files import BadIgnore

    message, hint = fault
    return file.finding_on(BadIgnore.code, message, place, hint)


def _useless(file: LoadedFile[Any], place: _LineAndColumn, code: str, where: str) -> Diagnostic:
    from kimplan.rules.files import UselessIgnore

    message = f"nothing {where} needs {code} to be ignored"
    hint = f"Delete {code}, so that it does not hide the next mistake."
    severity = UselessIgnore.severity
    return file.finding_on(UselessIgnore.code, message, place, hint, severity=severity)


def _fault(ignore: Ignore) -> _Fault | None:
    """Return what is wrong with a comment, and how to mend it."""
    if ignore.verb not in _VERBS:
        return f"the comment says {shown(ignore.verb)}, which is not known", _FORM
    if not ignore.codes:
        return "the comment names no code to ignore", _FORM
    if not any(character.isalnum() for character in ignore.reason):
        return "the comment gives no reason, so it ignores nothing", _FORM
    return next(filter(None, map(_fault_of_code, ignore.codes)), None)


def _fault_of_code(code: str) -> _Fault | None:
    from kimplan.rules.all_rules import rules_of

    rules = rules_of(code) if len(code) > len("KP") else []
    if not rules:
        near = [rule.code for rule in rules_of(code[:3])] if len(code) > len("KP") else []
        hint = f"There are {near[0]} to {near[-1]}." if near else _FORM
        return f"there is no code {code} to ignore", hint
    if not any(rule.can_be_ignored for rule in rules):
        return f"{code} cannot be ignored: {rules[0].title()}", "Mend it instead."
    return None


def _fault_in_plan(code: str) -> _Fault | None:
    """Return why a code cannot be ignored for the whole plan."""
    from kimplan.rules.all_rules import rules_of

    if all(issubclass(rule, ChangeRule) for rule in rules_of(code)):
        hint = "Write the exception behind the value that the change is about, with its reason."
        return f"{code} is about one change, and cannot be ignored for the whole plan", hint
    return None


def _is_judged(code: str) -> bool:
    """Return whether a run can know that `code` is not needed: not so for the clock and changes."""
    from kimplan.rules.all_rules import rules_of

    return not any(issubclass(rule, ClockRule | ChangeRule) for rule in rules_of(code))
