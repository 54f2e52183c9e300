"""One file of a plan: what it says, as its model, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from kimplan.diagnostic import Correction, Diagnostic, Location, Severity
from kimplan.loader.validation import validate
from kimplan.model.rating import Scheme
from kimplan.source import MISSING, Document, KeyPath, Problem, Words, decode, parse, read
from kimplan.source.problem import UNFIT

if TYPE_CHECKING:
    from kimplan.model.fields import PlanModel

_M = TypeVar("_M", bound="PlanModel")


class LoadedFile(Generic[_M]):
    """A file that was read: `value` is None when something about it is wrong.

    `diagnostics` are the findings about the file itself; rules make theirs with `finding`.
    """

    __slots__ = ("diagnostics", "document", "path", "value")

    def __init__(self, path: str, document: Document) -> None:
        self.path = path
        self.document = document
        self.value: _M | None = None
        self.diagnostics: list[Diagnostic] = []

    def finding(
        self,
        code: str,
        message: str,
        at: KeyPath = (),
        hint: str = "",
        *,
        key: bool = False,
        severity: Severity = Severity.ERROR,
        correction: Correction | None = None,
    ) -> Diagnostic:
        """Return a diagnostic at the value, or with `key` at the key, of the path `at`."""
        place = self.document.locate(at, key=key)
        return self.finding_on(code, message, place, hint, severity=severity, correction=correction)

    def finding_in(
        self,
        code: str,
        message: str,
        at: KeyPath,
        words: Words,
        hint: str = "",
        *,
        severity: Severity = Severity.ERROR,
        correction: Correction | None = None,
    ) -> Diagnostic:
        """Return a diagnostic at some `words` of the text at the path `at`."""
        place = self.document.locate_words(at, words)
        return self.finding_on(code, message, place, hint, severity=severity, correction=correction)

    def finding_on(
        self,
        code: str,
        message: str,
        place: tuple[int, int],
        hint: str = "",
        *,
        severity: Severity = Severity.ERROR,
        correction: Correction | None = None,
    ) -> Diagnostic:
        """Return a diagnostic at a line and column of the file, from 1."""
        where = Location(self.path, *place)
        excerpt = self.document.line(place[0])
        return Diagnostic(code, severity, message, where, hint, excerpt, correction)

    @property
    def has_errors(self) -> bool:
        """Whether an error was found in it."""
        return any(found.severity is Severity.ERROR for found in self.diagnostics)

    def say(
        self,
        document: Document,
        problems: Sequence[Problem],
        model: type[_M],
        scheme: Scheme,
    ) -> _M | None:
        """Add what is wrong with a `document` that the file means; return what it is as a `model`.

        The words of ratings are those of the `scheme`.
        """
        for problem in problems:
            self.add(problem)
        if document.value is None:
            return None
        value, faults = validate(document.value, model, scheme)
        for one in faults:
            place = document.locate(one.at, key=one.key)
            self.diagnostics.append(
                self.finding_on(one.code, one.message, place, one.hint, correction=one.correction)
            )
        return value

    def say_again(
        self,
        meant: Document,
        problems: Sequence[Problem],
        model: type[_M],
        scheme: Scheme,
    ) -> None:
        """Say what is wrong with what the file means in place of what was said of it.

        What nobody can see is an error where only that makes the file wrong.
        """
        was_wrong = self.has_errors
        self.diagnostics.clear()
        self.say(meant, problems, model, scheme)
        if was_wrong and not self.has_errors:
            self.diagnostics = [
                found._replace(code="KP120", severity=Severity.ERROR)
                if found.code in UNFIT
                else found
                for found in self.diagnostics
            ]

    def add(self, problem: Problem) -> None:
        """Add a problem of the file's text to the diagnostics."""
        place = problem.line, problem.column
        found = self.finding_on(
            problem.code,
            problem.message,
            place,
            problem.hint,
            severity=problem.severity,
            correction=problem.correction,
        )
        self.diagnostics.append(found)


def load_file(path: str, root: str, model: type[_M], scheme: Scheme = Scheme.RAG) -> LoadedFile[_M]:
    """Read the file at `path` of the plan in `root` as a `model`; never raises for its content.

    The words of ratings are those of the `scheme`.
    """
    return _load(path, model, scheme, *read(path, root))


def load_bytes(
    path: str, content: bytes, model: type[_M], scheme: Scheme = Scheme.RAG
) -> LoadedFile[_M]:
    """Read `content`, which stands or stood at `path`, as a `model`; never raises for it.

    The words of ratings are those of the `scheme`.
    """
    return _load(path, model, scheme, *decode(content))


def load_nothing(path: str) -> LoadedFile[Any]:
    """Return what is said of a file that is not there."""
    loaded: LoadedFile[Any] = LoadedFile(path, Document())
    loaded.add(MISSING)
    return loaded


def _load(
    path: str, model: type[_M], scheme: Scheme, text: str | None, problems: list[Problem]
) -> LoadedFile[_M]:
    document = parse(text) if text is not None else Document()
    return load_document(path, document, model, problems, scheme)


def load_document(
    path: str,
    document: Document,
    model: type[_M],
    problems: Sequence[Problem] = (),
    scheme: Scheme = Scheme.RAG,
) -> LoadedFile[_M]:
    """Read a `document` that was parsed already as a `model`, with the `problems` of its file.

    The words of ratings are those of the `scheme`.
    """
    loaded: LoadedFile[_M] = LoadedFile(path, document)
    value = loaded.say(document, (*problems, *document.problems), model, scheme)
    if _may_mislead(document, value, has_errors=loaded.has_errors):
        from kimplan.loader.look_alikes import look_at

        found, meant = look_at(document, model)
        others = [one for one in meant.problems if one.code not in UNFIT]
        loaded.say_again(meant, (*problems, *found, *others), model, scheme)
    loaded.value = None if loaded.has_errors else value
    return loaded


# What damaged text has, and what else may be taken for the keyboard's in a file without more.
_DAMAGED = "\ufffd\xc2\xc3\xe2\xc4\xc5\xef\xf0"


def _may_mislead(document: Document, value: PlanModel | None, *, has_errors: bool) -> bool:
    """Return whether a character of a file may be another than it seems; fast."""
    if not document.is_plain:
        return True
    if document.text.isascii():
        return has_errors and "`" in document.text
    if has_errors or any(one in document.text for one in _DAMAGED):
        return True
    from kimplan.model.plan import Owners

    return isinstance(value, Owners) and not all(one.role.isascii() for one in value.owners)
