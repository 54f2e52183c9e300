"""What each rating asks of a recommendation, and what proves it (KP3xx)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kimplan.characters import shown
from kimplan.diagnostic import Correction, Diagnostic, Severity
from kimplan.model.own_type import MOST_OWN_FIELDS, OwnType
from kimplan.rules.addresses import is_address, looks_like_site, may_be_path
from kimplan.rules.base import Context, Rule
from kimplan.rules.promises import reasoned, restored
from kimplan.whereabouts import find_repository

if TYPE_CHECKING:
    from kimplan.loader import LoadedFile
    from kimplan.model.recommendation import Recommendation
    from kimplan.source import KeyPath


class MissingDue(Rule):
    """An open recommendation has no due date.

    Work that nobody promised a date for cannot become overdue, so it goes stale unseen. Add
    ``due:`` with a day, a month or an interval: ``due: 2024-07``. Where no date is agreed yet, say
    so, and why:

        due: none agreed
        due_reason: The contractor has not been appointed yet.

    Where plan.yaml says `scheme: brag`, green is on track and so as open as amber and red.
    """

    code = "KP301"
    can_be_ignored = False

    def check(self, file: LoadedFile[Recommendation], item: Recommendation) -> Iterator[Diagnostic]:
        """Find it."""
        if item.rag.is_open and item.due is None:
            message = f"{item.ref} is {item.rag} but has no due date"
            hint = "Add a line 'due: 2024-07' below rag, with the date that was promised, or "
            hint += "'due: none agreed' and 'due_reason: …'."
            lines = restored(file, (), item) or reasoned(file, item)
            if lines:
                hint = f"Add the line '{lines.lines[0].strip()}', as "
                hint += "the last revision says." if item.revisions else "due_reason says."
            yield self.finding(file, message, ("rag",), hint, key=True, correction=lines)


class GreenWithoutEvidence(Rule):
    """A green recommendation has no evidence.

    "Even where the landlord has fulfilled its obligations, it cannot evidence this" is what the
    Ombudsman found (KIM report, 2023). Name what proves it, with a web address or a path in the
    repository:

        evidence:
          - title: Data quality framework
            link: evidence/framework.pdf
    """

    code = "KP303"
    severity = Severity.WARNING

    def check(self, file: LoadedFile[Recommendation], item: Recommendation) -> Iterator[Diagnostic]:
        """Find it."""
        if item.rag.is_complete and not item.evidence:
            message = f"{item.ref} is {item.rag} but has no evidence"
            hint = "Add 'evidence:' and below it '  - title: …' and '    link: …'."
            yield self.finding(file, message, ("rag",), hint, key=True)


class MissingEvidence(Rule):
    """A path of evidence, or of a link among the own fields, leads to nothing in the repository.

    Evidence that nobody can open is none. The path begins at the top of the repository and is
    written with `/`. Correct it, or add the file in the same change.
    """

    code = "KP304"
    about = frozenset({"evidence", "fields"})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._roots: tuple[str, ...] | None = None

    def check(self, file: LoadedFile[Recommendation], item: Recommendation) -> Iterator[Diagnostic]:
        """Find it, unless the plan is that of an earlier time, whose other files are not here."""
        for index, evidence in enumerate(item.evidence if self.context.is_on_disk else ()):
            link = evidence.link
            if link and not is_address(link) and not self._is_there(link):
                if _is_on_a_drive(link):
                    yield _on_a_drive(self, file, index)
                    continue
                message = f"the evidence {shown(link)} is not in the repository"
                at: KeyPath = ("evidence", index, "link")
                hint, correction = _path_hint(link), _with_scheme(file, at, link)
                if _is_left_open(link):
                    hint, correction = "Delete the line until there is one.", _without(file, at)
                yield self.finding(file, message, at, hint, correction=correction)
        for name, link in self._own_links(item):
            if not is_address(link) and may_be_path(link) and not self._is_there(link):
                message = f"the file {shown(link)} is not in the repository"
                correction = _with_scheme(file, ("fields", name), link)
                hint = _path_hint(link)
                yield self.finding(file, message, ("fields", name), hint, correction=correction)

    def _own_links(self, item: Recommendation) -> Iterator[tuple[str, str]]:
        """Yield the links among the own fields, none where files cannot be looked up."""
        settings = self.context.settings.value
        if not item.fields or settings is None or not self.context.is_on_disk:
            return
        for field in settings.fields[:MOST_OWN_FIELDS]:
            if field.type is OwnType.LINK and field.id in item.fields:
                yield field.id, item.fields[field.id]

    def _is_there(self, path: str) -> bool:
        """Return whether `path` is below the repository's top or the folder that holds plan/."""
        if self._roots is None:
            beside = Path(os.path.realpath(self.context.root)).parent
            top = find_repository(beside)
            self._roots = tuple({str(beside): 0, str(top or beside): 0})
        if "\\" in path or path.startswith(("/", "~")) or path[1:2] == ":":
            return False
        from kimplan.source import leads_out

        return any(
            os.path.exists(f"{root}/{path}") and not leads_out(f"{root}/{path}", root)
            for root in self._roots
        )


def _is_on_a_drive(link: str) -> bool:
    return link.startswith("\\\\") or link[1:2] == ":"


def _on_a_drive(rule: Rule, file: LoadedFile[Recommendation], index: int) -> Diagnostic:
    """Return that the link of the evidence `index` is a place that nobody else can open."""
    from kimplan.rules.links import ON_A_DRIVE

    at = ("evidence", index, "link")
    correction = _without(file, at)
    hint = ON_A_DRIVE.hint
    if not correction or correction.lines:
        hint = (
            "Keep it as evidence without a link, or add the file to the repository and link to it."
        )
    return rule.finding(file, f"this {ON_A_DRIVE.what}", at, hint, correction=correction)


def _path_hint(link: str) -> str:
    if "\\" in link or link[1:2] == ":":
        return "Write a path from the top of the repository, with /: evidence/policy.pdf."
    if looks_like_site(link):
        return f"If it is a web address, write https://{link}; if it is a path, add the file."
    return "Correct the path, which begins at the top of the repository, or add the file."


def _with_scheme(file: LoadedFile[Any], at: KeyPath, link: str) -> Correction | None:
    """Return the line with `https://` before what is an address without it."""
    if not looks_like_site(link) or " " in link:
        return None
    from kimplan.writing import keys
    from kimplan.writing.correction import by_edit

    return by_edit(file.document, lambda text: keys.set_line(text, at, f"https://{link}"))


def _is_left_open(link: str) -> bool:
    from kimplan.model.nobody import is_nobody

    return is_nobody(link) and not set(link) <= {".", "/"}


def _without(file: LoadedFile[Any], at: KeyPath) -> Correction | None:
    from kimplan.rules.placed_links import without

    return without(file, at)


class CompletedWhileOpen(Rule):
    """An open recommendation claims to be completed or verified.

    The rating and the date of completion contradict each other. Rate it complete, or delete the
    claim.
    """

    code = "KP306"
    about = frozenset({"completed", "verified"})

    def check(self, file: LoadedFile[Recommendation], item: Recommendation) -> Iterator[Diagnostic]:
        """Find it."""
        if not item.rag.is_open:
            return
        for key, value in (("completed", item.completed), ("verified", item.verified)):
            if value:
                message = f"{item.ref} is {item.rag} but claims to be {key}"
                hint = f"Write 'rag: {self.complete}', or delete '{key}'."
                if todo := next((one.title for one in item.actions if one.is_open), ""):
                    hint = f"Delete '{key}' while the action {shown(todo)} is open; once nothing "
                    hint += f"is, write 'rag: {self.complete}'."
                yield self.finding(file, message, (key,), hint, key=True)


class OpenActionWhenClosed(Rule):
    """A green or not-applicable recommendation has an open action.

    What is complete has nothing left to do. Write the day on which the action was done, or rate
    the recommendation amber until it is:

        actions:
          - title: Publish the form
            due: 2024-06
            done: 2024-06-11
    """

    code = "KP307"
    about = frozenset({"actions"})

    def check(self, file: LoadedFile[Recommendation], item: Recommendation) -> Iterator[Diagnostic]:
        """Find it."""
        for number, action in enumerate(item.actions):
            if action.is_open and not item.rag.is_open:
                message = f"{item.ref} is {item.rag}, but its action {shown(action.title)} is open"
                hint = (
                    "Add 'done: 2024-06-11' to it, with the day on which it was done; or, while it "
                )
                hint += f"is not, {_as_open(item)}."
                yield self.finding(file, message, ("actions", number, "title"), hint)


def _as_open(item: Recommendation) -> str:
    """Return what changes in a closed record that is to be open, as the end of a sentence."""
    goes = [key for key in ("completed", "verified") if getattr(item, key)]
    lacks = [key for key in ("due", "owners") if not getattr(item, key)]
    said = ["write 'rag: amber'", *(f"delete '{key}'" for key in goes)]
    *first, last = [*said, *(f"add '{key}:'" for key in lacks)]
    return f"{', '.join(first)} and {last}" if first else last


class AllActionsDone(Rule):
    """Every action of an open recommendation is done.

    Perhaps the recommendation is complete: rate it so, with evidence, or name the next step.
    """

    code = "KP308"
    severity = Severity.INFO
    about = frozenset({"actions"})

    def check(self, file: LoadedFile[Recommendation], item: Recommendation) -> Iterator[Diagnostic]:
        """Find it."""
        if item.rag.is_open and item.actions and not any(one.is_open for one in item.actions):
            message = f"all actions of {item.ref} are done, but it is {item.rag}"
            hint = f"Rate it {self.complete}, with evidence, or add the next action."
            yield self.finding(file, message, ("rag",), hint)
