"""What is said of a file or a folder in a plan that nothing reads: what it seems to be."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import NamedTuple

from kimplan.diagnostic import Severity
from kimplan.loader.copies import original_of
from kimplan.model.refs import is_ref
from kimplan.source import shown

_YAML = ".yaml"
_WRONG_ENDING = re.compile(
    r"(?P<stem>.+?)(?:\.ya?ml)?\.(?:ya?ml|txt|ymal|yalm|yaml[0-9])", re.IGNORECASE
)
_BACKUP = re.compile(
    r"(?P<stem>.+?)(?:\.ya?ml)?\.(?:bak|orig|old|backup|rej|tmp|save|mine|theirs|ours|base|local|remote|r\d{1,9})",
    re.IGNORECASE,
)
_FOLDERS = frozenset(
    {"recommendation", "recomendations", "reccomendations", "recommendatons", "records", "recs"}
    | {"recomendation", "recommandations", "recommedations"}
)


class Stray(NamedTuple):
    """What is said of a stray, and how it is mended."""

    severity: Severity
    message: str
    hint: str


_NOBODY = "nothing in the plan reads this"
_ONLY_THESE = "Only plan.yaml, owners.yaml and recommendations/ belong here."
_NAMED = "A recommendation's file is named after its ref: REC1.yaml."
_OUT = (
    "Move it out of plan/; evidence lies elsewhere in the repository, where a record links to it."
)


def copied(name: str, names: Collection[str]) -> str:
    """Return which of `names` the file `name` is a copy of, or nothing."""
    stem = name.removesuffix(_YAML)
    wanted = f"{original_of(stem)}{_YAML}".casefold() if name.endswith(_YAML) else ""
    return next((one for one in names if one.casefold() == wanted and one != name), "")


def a_copy_of(original: str, severity: Severity = Severity.ERROR) -> Stray:
    """Return what is said of a copy."""
    hint = f"Compare the two, keep what is right in {original}, and delete this one."
    return Stray(severity, f"this is a copy of {original}, which nothing reads", hint)


def hidden(name: str, names: Collection[str]) -> Stray | None:
    """Return what is said of a file whose `name` begins with a full stop, if it is a record's."""
    plain = name.removeprefix(".")
    stem = plain.removesuffix(_YAML)
    if not is_ref(stem) or not any(map(str.isdigit, stem)):
        return None  # an editor's, or the system's
    if plain in names:
        return a_copy_of(plain, Severity.WARNING)
    hint = f"If it is a recommendation, rename it to {plain}."
    return Stray(Severity.ERROR, "the full stop before its name hides this: nothing reads it", hint)


def judge(name: str, names: Collection[str], *, is_top: bool, is_folder: bool) -> Stray:
    """Return what is said of the stray `name`, beside which there are `names`.

    `is_top` says that it lies beside plan.yaml, and not among the recommendations.
    """
    if is_folder:
        return _folder(name, is_top=is_top)
    by_folded = {one.casefold(): one for one in names if one.endswith(_YAML) and one != name}
    if copy := _copy(name, names, by_folded):
        return copy
    if found := _WRONG_ENDING.fullmatch(name):
        return _of_wrong_ending(name, found["stem"], is_top=is_top)
    if is_top and name.endswith(_YAML):
        return Stray(Severity.ERROR, _NOBODY, _at_top(name))
    return _other(name, is_top=is_top)


def _copy(name: str, names: Collection[str], by_folded: Mapping[str, str]) -> Stray | None:
    """Return what is said of a file beside the one that it is a copy or a backup of."""
    backup, ending = _BACKUP.fullmatch(name), _WRONG_ENDING.fullmatch(name)
    if backup and (original := by_folded.get(f"{backup['stem']}{_YAML}".casefold())):
        return a_copy_of(original, Severity.WARNING)
    if ending and (original := by_folded.get(f"{ending['stem']}{_YAML}".casefold())):
        return a_copy_of(original)
    original = copied(name, names)
    return a_copy_of(original) if original else None


def _other(name: str, *, is_top: bool) -> Stray:
    if not is_top and is_ref(name) and "." not in name:
        hint = f"If it is a recommendation, rename it to {name}{_YAML}."
        return Stray(Severity.WARNING, _NOBODY, hint)
    is_error = re.search(r"\.ya?ml\b", name, re.IGNORECASE) is not None
    severity = Severity.ERROR if is_error else Severity.WARNING
    return Stray(severity, _NOBODY, _ONLY_THESE if is_top else _NAMED if is_error else _OUT)


def _folder(name: str, *, is_top: bool) -> Stray:
    if is_top and name.casefold() in _FOLDERS | {"recommendations"}:
        hint = "Rename the folder to recommendations."
    elif is_top:
        hint = _ONLY_THESE
    else:
        hint = "Move its records up into recommendations/, or the folder out of plan/."
    return Stray(Severity.ERROR, _NOBODY, hint)


def _of_wrong_ending(name: str, stem: str, *, is_top: bool) -> Stray:
    """Return what is said of what may be a record, but for its ending."""
    ending = name[len(stem) :]
    is_text = ending.lower() == ".txt"
    if is_text and (is_top or not is_ref(stem)):
        return Stray(Severity.WARNING, _NOBODY, _ONLY_THESE if is_top else _OUT)
    if is_top:
        return Stray(Severity.ERROR, _NOBODY, _at_top(f"{stem}{_YAML}"))
    hint = f"Rename it to {stem}{_YAML}."
    if ending.lower().endswith(".txt"):
        hint += " File Explorer shows such endings with View > Show > File name extensions."
    severity = Severity.WARNING if is_text else Severity.ERROR
    return Stray(severity, f"{_NOBODY}: its name ends with {shown(ending)}", hint)


def _at_top(name: str) -> str:
    """Return where a YAML file that lies beside plan.yaml belongs."""
    stem = name.removesuffix(_YAML)
    known = {"plan": "plan", "settings": "plan", "owners": "owners", "owner": "owners"}
    if wanted := known.get(stem.casefold()):
        return f"Rename it to {wanted}{_YAML} if it is that file, or move it elsewhere."
    if is_ref(stem):
        return f"If it is a recommendation, move it to recommendations/{name}."
    return _ONLY_THESE
