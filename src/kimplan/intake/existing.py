"""A source beside a plan that is there: what would be added, and what differs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from kimplan.edits.proof import BYTE_ORDER_MARK
from kimplan.edits.record_file import folder_of, read_record, refs
from kimplan.errors import KimplanError
from kimplan.intake.draft import Draft
from kimplan.intake.gather import Gathered
from kimplan.intake.prose import to_prose
from kimplan.intake.sections import slug
from kimplan.intake.written import record_text, roles_of
from kimplan.loader import PlanFolder
from kimplan.loader.folder import OWNERS
from kimplan.model.prose import parse_prose
from kimplan.source import decode, parse
from kimplan.whereabouts import SETTINGS
from kimplan.writing import entries
from kimplan.writing.parsed_text import CannotEditError, ParsedText


class Differs(NamedTuple):
    """A field of a record that the plan has otherwise than the source."""

    where: str
    plan: str
    source: str


class Rewritten(NamedTuple):
    """A file of the plan that is to hold another text; `was` is what it held."""

    was: bytes
    text: str

    @property
    def content(self) -> bytes:
        """What the file is to hold, with the mark of its encoding if it had one."""
        mark = BYTE_ORDER_MARK if self.was.startswith(BYTE_ORDER_MARK) else b""
        return mark + self.text.encode()


class Beside(NamedTuple):
    """The records that are new to a plan, what differs in those that it has, and the rest.

    `drafts` are all of them, in the plan's own sections.
    """

    drafts: tuple[Draft, ...]
    new: tuple[Draft, ...]
    same: tuple[str, ...]
    differs: tuple[Differs, ...]
    settings: Rewritten
    owners: Rewritten
    files: Mapping[str, str]


def beside(root: Path, gathered: Gathered) -> Beside:
    """Return what the plan in `root` would get, and what is otherwise in it; write nothing."""
    ids, settings = _settings(root, gathered)
    known = {ref.casefold(): ref for ref in refs(root)}
    drafts = [_in_section(one, ids.get(one.section, one.section)) for one in gathered.drafts]
    new = [one for one in drafts if one.ref.casefold() not in known]
    same, differs = [], []
    for draft in drafts:
        if draft.ref.casefold() in known:
            path = folder_of(root) / f"{known[draft.ref.casefold()]}.yaml"
            found = list(_compare(path, draft))
            differs += found
            if not found:
                same.append(draft.ref)
    files = {one.ref: record_text(one) for one in drafts}
    return Beside(
        tuple(drafts), tuple(new), tuple(same), tuple(differs), settings, _owners(root, new), files
    )


def _in_section(draft: Draft, section: str) -> Draft:
    """Return a record in the plan's own section."""
    if not draft.text or draft.section == section:
        return draft._replace(section=section)
    text = draft.text.replace(f"\nsection: {draft.section}\n", f"\nsection: {section}\n", 1)
    return draft._replace(section=section, text=text)


def _compare(path: Path, draft: Draft) -> list[Differs]:
    """Return the fields of the source that the record at `path` has otherwise."""
    text, _ = decode(read_record(path))
    old: Mapping[str, Any] = (parse(text).value if text else None) or {}
    new: Mapping[str, Any] = parse(record_text(draft)).value or {}
    return [
        Differs(f"{draft.ref}/{key}", _shown(old.get(key)), _shown(value))
        for key, value in new.items()
        if _settled(old.get(key)) != _settled(value)
    ]


def _settled(value: object) -> object:
    if isinstance(value, str):
        return parse_prose(value)
    if isinstance(value, list):
        return [_settled(one) for one in value]
    if isinstance(value, dict):
        return {key: _settled(one) for key, one in value.items()}
    return value


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_shown(one)}" for key, one in value.items())
    if isinstance(value, list):
        return "; ".join(map(_shown, value))
    return " ".join(str(value).split()) if value is not None else ""


def _settings(root: Path, gathered: Gathered) -> tuple[dict[str, str], Rewritten]:
    """Return what each section is called in the plan, and ``plan.yaml`` with those it lacks."""
    was = (root / SETTINGS).read_bytes()
    loaded = PlanFolder(root).settings()
    if loaded.value is None:
        hint = f"kimplan lint --plan {root} says what is wrong with it."
        raise KimplanError(f"{loaded.path} cannot be read as a plan's settings", hint)
    known = {" ".join(one.title.split()).casefold(): one.id for one in loaded.value.sections}
    text = ParsedText(loaded.document)
    ids: dict[str, str] = {}
    try:
        for name, heading in gathered.sections:
            title = " ".join(heading.title.split()).casefold()
            if title not in known:
                known[title] = slug(heading.title, list(known.values()))
                entry = {"id": known[title], "title": heading.title}
                if heading.narrative:
                    entry["narrative"] = to_prose(heading.narrative)
                text = entries.append(text, ("sections",), entry)
            ids[name] = known[title]
        text = _with_own_fields(text, gathered)
    except CannotEditError:
        message = f"{loaded.path} cannot be changed so that only its sections change"
        raise KimplanError(message, "Add the sections of the source by hand first.") from None
    return ids, Rewritten(was, text.text)


def _with_own_fields(text: ParsedText, gathered: Gathered) -> ParsedText:
    """Return the settings with a declaration for each own field that they lack."""
    found = text.get(("fields",))
    declared = (
        {one.get("id") for one in found if isinstance(one, dict)}
        if isinstance(found, list)
        else set()
    )
    for column in gathered.columns:
        if column.own_id and column.own_id not in declared:
            kind = "text" if column.is_text else "line"
            entry = {"id": column.own_id, "label": column.label, "type": kind}
            text = entries.append(text, ("fields",), entry)
    return text


def _owners(root: Path, drafts: Sequence[Draft]) -> Rewritten:
    """Return ``owners.yaml`` with the roles that it lacks."""
    was = (root / OWNERS).read_bytes()
    loaded = PlanFolder(root).owners()
    if loaded.value is None:
        hint = f"kimplan lint --plan {root} says what is wrong with it."
        raise KimplanError(f"{loaded.path} cannot be read", hint)
    known = {owner.role for owner in loaded.value.owners}
    missing = [role for role in roles_of(drafts) if role not in known]
    text = ParsedText(loaded.document)
    try:
        for role in missing:
            text = entries.append(text, ("owners",), {"role": role})
    except CannotEditError:
        hint = "Add the roles by hand first: " + "; ".join(missing[:20]) + "."
        raise KimplanError(f"{loaded.path} cannot be changed", hint) from None
    return Rewritten(was, text.text)
