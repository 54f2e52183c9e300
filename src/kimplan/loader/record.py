"""One file of a plan: what it says, as its model, and what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from kimplan.diagnostic import Diagnostic, Location, Severity
from kimplan.loader.validation import validate
from kimplan.source import Document, Path, Problem, parse, read

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
        at: Path = (),
        hint: str = "",
        *,
        key: bool = False,
        severity: Severity = Severity.ERROR,
    ) -> Diagnostic:
        """Return a diagnostic at the value, or with `key` at the key, of the path `at`."""
        line, column = self.document.locate(at, key=key)
        return Diagnostic(code, severity, message, Location(self.path, line, column), hint)


def load_file(path: str, root: str, model: type[_M]) -> LoadedFile[_M]:
    """Read the file at `path` of the plan in `root` as a `model`; never raises for its content."""
    text, problems = read(path, root)
    document = parse(text) if text is not None else Document()
    loaded: LoadedFile[_M] = LoadedFile(path, document)
    for problem in (*problems, *document.problems):
        loaded.diagnostics.append(_diagnostic(path, problem))
    if document.value is not None:
        value = validate(loaded, document.value, model)
        if not any(found.severity is Severity.ERROR for found in loaded.diagnostics):
            loaded.value = value
    return loaded


def _diagnostic(path: str, problem: Problem) -> Diagnostic:
    place = Location(path, problem.line, problem.column)
    return Diagnostic(problem.code, problem.severity, problem.message, place, problem.hint)
