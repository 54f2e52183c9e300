"""One file of a plan: what it says, as its model, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from kimplan.diagnostic import Correction, Diagnostic, Location, Severity
from kimplan.loader.validation import validate
from kimplan.model.rating import Scheme
from kimplan.source import MISSING, Document, KeyPath, Problem, Words, decode, parse, read
from kimplan.source.problem import UNFIT

if TYPE_CHECKING:
    from kimplan.loader.faults import Fault
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

    def tell(
        self,
        document: Document,
        problems: Sequence[Problem],
        model: type[_M],
        scheme: Scheme,
        *,
        but: frozenset[str] = frozenset(),
    ) -> None:
        """Add the `problems` and what is wrong with a `document` that the file means, by causes.

        The words of ratings are those of the `scheme`. What has one of the codes `but` is told
        already.
        """
        said = document.problems
        faults = _validated(document, model, scheme)[1]
        if said or faults:
            said, faults = _by_cause(document, model, scheme, faults)
        for problem in (*problems, *(one for one in said if one.code not in but)):
            self.add(problem)
        if faults:
            self.diagnostics += _findings(self, document, faults, model, scheme)

    def tell_as_meant(
        self,
        problems: Sequence[Problem],
        model: type[_M],
        scheme: Scheme,
        *,
        was_wrong: bool,
    ) -> None:
        """Add what is wrong with characters, and with the text that they stand for.

        What nobody can see is an error where only that makes the file wrong.
        """
        from kimplan.loader.look_alikes import look_at

        found, meant = look_at(self.document, model)
        self.tell(meant, (*problems, *found), model, scheme, but=UNFIT)
        if was_wrong and not self.has_errors:
            self.diagnostics = [
                one._replace(code="KP120", severity=Severity.ERROR) if one.code in UNFIT else one
                for one in self.diagnostics
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
    value, faults = _validated(document, model, scheme)
    all_said = (*problems, *document.problems) if problems else document.problems
    is_wrong = bool(faults or all_said) and (
        bool(faults) or any(one.severity is Severity.ERROR for one in all_said)
    )
    if _may_mislead(document, value, has_errors=is_wrong):
        loaded.tell_as_meant(problems, model, scheme, was_wrong=is_wrong)
    elif is_wrong or all_said:
        loaded.tell(document, problems, model, scheme)
    loaded.value = None if loaded.diagnostics and loaded.has_errors else value
    return loaded


def _validated(
    document: Document, model: type[_M], scheme: Scheme
) -> tuple[_M | None, list[Fault]]:
    return (None, []) if document.value is None else validate(document.value, model, scheme)


def _by_cause(
    document: Document, model: type[_M], scheme: Scheme, faults: list[Fault]
) -> tuple[list[Problem], list[Fault]]:
    """Return the problems of a text by their causes, and those `faults` that do not follow."""
    from kimplan.writing.repairs.told import tell

    def faults_of(value: dict[str, Any]) -> list[tuple[KeyPath, str]]:
        return [(fault.at, fault.message) for fault in validate(value, model, scheme)[1]]

    told = tell(document, model, faults_of)
    return told.problems, [one for one in faults if not told.explains(one.at)]


def _findings(
    file: LoadedFile[Any],
    document: Document,
    faults: Sequence[Fault],
    model: type[PlanModel],
    scheme: Scheme,
) -> Iterator[Diagnostic]:
    """Yield what is wrong with the values of a `document`, each with the lines to write."""
    from kimplan.loader.mending import corrections

    lines = corrections(document, faults, model, scheme)
    for one, (correction, then) in zip(faults, lines, strict=True):
        place = document.locate(one.at, key=one.key)
        hint = f"{one.hint} Then {then.message}. {then.hint}" if then else one.hint
        yield file.finding_on(one.code, one.message, place, hint, correction=correction)


# What damaged text has, and what else may be taken for the keyboard's in a file without more.
_DAMAGED = "\ufffd\xc2\xc3\xe2\xc4\xc5\xef\xf0"


def _may_mislead(document: Document, value: PlanModel | None, *, has_errors: bool) -> bool:
    """Return whether a character of a file may be another than it seems; fast."""
    if not document.is_plain:
        return True
    if document.text.isascii():
        return False
    if has_errors or any(one in document.text for one in _DAMAGED):
        return True
    from kimplan.model.plan import Owners
    from kimplan.model.recommendation import Recommendation

    if isinstance(value, Recommendation):  # other files know its section
        return not value.section.isascii()
    return isinstance(value, Owners) and not all(one.role.isascii() for one in value.owners)
