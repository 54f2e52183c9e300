"""What was meant by a word that is no command of ours, but perhaps another program's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

# Words that people try, and what they are here.
_COMMANDS = {
    "summary": "status stats position count counts overview dashboard",
    "show REF": "view display cat open get print read",
    "list": "ls all find search filter grep recommendations",
    "lint": "validate valid verify-plan problems errors",
    "lint --fix": "fix format fmt mend repair",
    "check": "test ci audit",
    "new": "add create append insert",
    "init": "start setup scaffold begin",
    "update REF": "edit set change modify move mark complete close done note progress evidence",
    "changes": "diff compare delta whatsnew",
    "history REF": "log blame story timeline",
    "report": "build docx word doc document generate make",
    "export html": "html page web site website publish board public",
    "export xlsx": "xlsx excel spreadsheet sheet workbook xls",
    "export csv": "csv table tsv",
    "export ics": "ics calendar cal",
    "export ndjson": "ndjson json jsonl",
    "remind": "mail email e-mail notify send reminders digest",
    "overdue": "late due deadlines overdues upcoming soon",
    "import FILE": "load convert migrate",
    "codeowners": "reviewers",
    "owners list": "roles role owner people who",
    "schema": "schemas fields editor",
    "rule CODE": "explain rules codes why",
    "help": "man usage commands docs",
    "--version": "version about",
}
_FORMS = {
    "report": "word docx doc document",
    "xlsx": "excel spreadsheet workbook xls sheet",
    "html": "page web site website board public dashboard",
    "csv": "table tsv text",
    "ics": "calendar ical icalendar outlook",
    "ndjson": "json jsonl lines",
}
_ROLES = {
    "list": "ls all show roles",
    "add": "new create append register insert",
    "rename": "mv move change edit update",
    "remove": "rm delete del drop reassign",
}
_GOING = {"del", "delete", "drop", "remove", "rm"}
_TABLES = {"kimplan export": _FORMS, "kimplan owners": _ROLES}
_CODE = re.compile(r"KP[0-9]{1,3}", re.IGNORECASE)
_REF = re.compile(r"[A-Za-z]{0,10}[._-]?[0-9][A-Za-z0-9._-]{0,20}")
_FILES = {
    ".docx": ("verify", "merge"), ".yaml": ("lint",), ".yml": ("lint",),
    ".xlsx": ("import",), ".csv": ("import",), ".html": ("import",),
}  # fmt: skip


def neighbour(word: str, known: Iterable[str], path: str) -> str:
    """Return a sentence about what `word` may have meant, empty where nothing is near.

    `known` are the names that there are behind `path`, ``kimplan`` or a group.
    """
    if word.casefold() == "pdf":
        return "kimplan report writes Word, which can be saved as PDF."
    is_top = " " not in path
    if is_top and word.casefold() in _GOING:
        return "What no longer applies is kept: kimplan update REF --rag not-applicable."
    table = _TABLES.get(path, _COMMANDS)
    meant = _meant(word, list(known), table) or (_by_its_looks(word) if is_top else [])
    meant = meant or _nearest(word, list(known), table)
    if not is_top and meant == ["report"]:
        path = "kimplan"
    said = " or ".join(f"{path} {name}" for name in meant)
    return f"Did you mean {said}?" if said else ""


def _meant(word: str, known: list[str], table: Mapping[str, str]) -> list[str]:
    """Return what surely is meant: the same word, its letters in another order, a word for it."""
    letters = sorted(word.casefold())
    if alike := [name for name in known if sorted(name) == letters]:
        return alike
    return [name for name, words in table.items() if word.casefold() in words.split()]


def _nearest(word: str, known: list[str], table: Mapping[str, str]) -> list[str]:
    """Return what is nearest to a slip of the keys, if anything is."""
    from kimplan.model.suggestion import closest

    others = {one: name for name, words in table.items() for one in words.split()}
    if near := closest(word, known):
        return [near]
    near = closest(word, others)
    return [others[near]] if near else []


def _by_its_looks(word: str) -> list[str]:
    """Return what may be asked of a code, a file or a ref."""
    if _CODE.fullmatch(word):
        return [f"rule {word.upper()}"]
    for ending, commands in _FILES.items():
        if word.casefold().endswith(ending):
            return [f"{command} {word[:60]}" for command in commands]
    return [f"show {word}"] if _REF.fullmatch(word) else []
