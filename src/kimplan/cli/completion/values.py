"""The words that may stand at a place, from the plan's files where they are the plan's."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from kimplan.characters import make_visible
from kimplan.cli.completion.question import COMMAND, FORM, OPTION, Question

_MOST = 1_000
_FILES = ("FILE", "PATH", "FILE.docx", "REPORT.docx", "FILE|FOLDER/", "FILE|FOLDER", "kim|FILE")
_FOLDERS = ("FOLDER",)
_LISTED = re.compile("One of ([^;]+);")


class Candidate(NamedTuple):
    """A word, and what it is; `is_open` says that something is to follow it without a space."""

    text: str
    about: str = ""
    is_open: bool = False


class Candidates(NamedTuple):
    """The words that may stand there; `kind` says whether files or folders may as well."""

    found: tuple[Candidate, ...] = ()
    kind: str = "words"


_Source: TypeAlias = Callable[[Question], Iterable[Candidate]]


def candidates(question: Question, *, with_about: bool) -> Candidates:
    """Return what may stand where `question` asks, `with_about` what each is.

    Nothing is there for a plan that cannot be read, and nothing that a terminal cannot show.
    """
    if question.metavar in _FOLDERS:
        return Candidates(kind="folders")
    kind = "files" if question.metavar in _FILES else "words"
    typed = question.typed.casefold()
    wanted = (
        one
        for one in _all(question, with_about=with_about)
        if one.text.casefold().startswith(typed) and _is_sound(one.text)
    )
    return Candidates(tuple(one for one, _ in zip(wanted, range(_MOST), strict=False)), kind)


def _is_sound(text: str) -> bool:
    """Return whether a terminal can show `text`, and no reader has put a mark for a character."""
    return make_visible(text) == text and "\ufffd" not in text


def _all(question: Question, *, with_about: bool) -> Iterable[Candidate]:
    if question.kind in {COMMAND, FORM}:
        return _commands(question, with_about=with_about)
    if question.kind == OPTION:
        return [Candidate(name, about) for name, about in question.known]
    if source := _SOURCES.get(question.metavar):
        return source(question)
    return _choices(question.metavar)


def _commands(question: Question, *, with_about: bool) -> Iterator[Candidate]:
    from kimplan.cli.app import about, commands_of

    known = commands_of(question.metavar if question.kind == FORM else "")
    for name in known:
        yield Candidate(name, about(name, known) if with_about else "")


def _choices(metavar: str) -> list[Candidate]:
    """Return the words of a metavar that lists them, such as ``owner|section``."""
    words = [word for word in metavar.strip("[]").split("|") if word.islower()]
    return [Candidate(word) for word in words if "=" not in word]


# What depends on the plan


def _root(question: Question) -> Path:
    from kimplan.cli.elsewhere import in_variable
    from kimplan.whereabouts import find_plan

    named = [*question.plans] or in_variable()
    return find_plan(Path(os.path.expanduser(named[-1])) if named else None)


def _read(question: Question, name: str) -> dict[str, Any]:
    """Return what a file of the plan says, nothing where it cannot be understood."""
    from kimplan.source import parse, read

    root = str(_root(question))
    text, _ = read(f"{root}/{name}", root)
    return parse(text).value or {} if text is not None else {}


def _texts(entries: Any, key: str, about: str = "") -> Iterator[Candidate]:
    for entry in entries if isinstance(entries, list) else ():
        if isinstance(entry, dict) and isinstance(text := entry.get(key), str) and text:
            said = entry.get(about)
            yield Candidate(text, said if isinstance(said, str) else "")


def _refs(question: Question) -> list[Candidate]:
    from kimplan.model.refs import file_order, is_ref

    folder = _root(question) / "recommendations"
    names = sorted((one for one in os.listdir(folder) if one.endswith(".yaml")), key=file_order)
    refs = (name.removesuffix(".yaml") for name in names)
    given = {ref.casefold() for ref in question.given}
    return [Candidate(ref) for ref in refs if is_ref(ref) and ref.casefold() not in given]


def _roles(question: Question) -> Iterator[Candidate]:
    return _texts(_read(question, "owners.yaml").get("owners"), "role")


def _sections(question: Question) -> Iterator[Candidate]:
    return _texts(_read(question, "plan.yaml").get("sections"), "id", "title")


def _ratings(question: Question) -> Iterator[Candidate]:
    from kimplan.model.rating import Scheme, scheme_of

    scheme = scheme_of(_read(question, "plan.yaml")) or Scheme.RAG
    return _behind_commas(question, [Candidate(word) for word in scheme.words])


def _fields(question: Question) -> Iterator[Candidate]:
    for field in _texts(_read(question, "plan.yaml").get("fields"), "id", "label"):
        yield Candidate(f"{field.text}=", field.about, is_open=True)


def _conditions(question: Question) -> Iterator[Candidate]:
    from kimplan.answers.where import BUILT_IN

    yield from _fields(question)
    yield from (Candidate(f"{name}=", is_open=True) for name in BUILT_IN)


def _parts(question: Question) -> Iterator[Candidate]:
    """Yield what ``report --only`` takes."""
    yield Candidate("open")
    for name, found in (("section", _sections(question)), ("owner", _roles(question))):
        yield from (Candidate(f"{name}={one.text}", one.about) for one in found)


# What kimplan itself knows


def _codes(question: Question) -> Iterator[Candidate]:
    from kimplan.rules.all_rules import ALL_RULES

    found = (Candidate(rule.code, rule.title()) for rule in ALL_RULES)
    return _behind_commas(question, found)


def _formats(question: Question) -> list[Candidate]:
    found = _LISTED.match(question.about)
    return [Candidate(name) for name in found[1].split(", ")] if found else []


def _tables(question: Question) -> list[Candidate]:
    from kimplan.answers.tables.named import TABLES

    return [Candidate(name) for name in TABLES]


def _behind_commas(question: Question, found: Iterable[Candidate]) -> Iterator[Candidate]:
    """Yield each word behind those that are typed already, with commas between."""
    before, comma, _ = question.typed.rpartition(",")
    for one in found:
        yield one._replace(text=f"{before}{comma}{one.text}")


_SOURCES: dict[str, _Source] = {
    "REF": _refs,
    "REF[:FIELD]": _refs,
    "ROLE": _roles,
    "OLD": _roles,
    "ROLE|ADDRESS": _roles,
    "SECTION": _sections,
    "ID": _sections,
    "RATING": _ratings,
    "CODE": _codes,
    "CODES": _codes,
    "FORMAT[=FILE]": _formats,
    "FIELD=VALUE": _conditions,
    "ID=VALUE": _fields,
    "TABLE": _tables,
    "open|section=ID|owner=ROLE": _parts,
    "[SHELL]": lambda _: map(Candidate, _shells()),
}


def _shells() -> tuple[str, ...]:
    from kimplan.cli.shared_options import SHELLS

    return SHELLS
