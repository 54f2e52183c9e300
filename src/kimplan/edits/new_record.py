"""The next record of a plan, from a template that explains each field."""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from kimplan.diagnostic import Diagnostic
from kimplan.edits import keys, scalar
from kimplan.edits.judgement import judge
from kimplan.edits.lock import locked
from kimplan.edits.record_file import folder_of, is_ref, refs
from kimplan.edits.refusal import RefusedError
from kimplan.errors import KimplanError, OutputError
from kimplan.loader import PlanFolder
from kimplan.model.rating import Rating
from kimplan.model.suggestion import did_you_mean
from kimplan.names import fault_on_windows

# What lint says of a record in which something is still to be filled in.
TO_FILL_IN = frozenset({"KP301", "KP402", "KP604"})
PLACEHOLDER = "TODO"
_NUMBERED = re.compile(r"(.*?[^0-9])(0*[1-9][0-9]{0,8})")
_FIRST = "REC1"


class NewRecord(NamedTuple):
    """What is known of a new recommendation; what is empty is left for its owner to fill in."""

    section: str
    title: str
    rag: Rating = Rating.RED
    due: str = ""
    owners: tuple[str, ...] = ()
    detail: str = ""
    response: str = ""


class Created(NamedTuple):
    """A new record; `left` is what lint says is to be filled in."""

    ref: str
    path: Path
    text: str
    left: tuple[Diagnostic, ...]


def next_ref(known: Sequence[str]) -> str:
    """Return the ref behind the last one of `known`, numbered as most of them are."""
    found = [match for ref in known if (match := _NUMBERED.fullmatch(ref))]
    if not found:
        return _FIRST
    most = Counter(match[1].casefold() for match in found).most_common(1)[0][0]
    series = [match for match in found if match[1].casefold() == most]
    last = max(series, key=lambda match: int(match[2]))
    width = len(last[2]) if any(match[2].startswith("0") for match in series) else 0
    return f"{last[1]}{int(last[2]) + 1:0{width}}"


def create(root: Path, ref: str, record: NewRecord, *, write: bool = True) -> Created:
    """Write a new file for `record` into the plan in `root`; its ref is the next one if empty.

    A file that is there is never overwritten. Raises RefusedError for what lint would find wrong
    beside what is to be filled in, and KimplanError for what cannot be done.
    """
    _check_section(root, record.section)
    folder = folder_of(root)
    with locked(folder) if write else contextlib.nullcontext():
        known = refs(root)
        ref = ref.strip() or next_ref(known)
        _check_ref(ref, known)
        text = template(ref, record)
        verdict = judge(root, f"{ref}.yaml", None, text.encode())
        errors = [one for one in verdict.errors if one.code not in TO_FILL_IN]
        if errors:
            codes = ", ".join(dict.fromkeys(one.code for one in errors))
            raise RefusedError("lint would find an error in it", code=codes, new=errors)
        path = folder / f"{ref}.yaml"
        if write:
            _write_new(path, text.encode())
    found = (*verdict.errors, *verdict.warnings)
    return Created(ref, path, text, tuple(found))


def _check_section(root: Path, section: str) -> None:
    settings = PlanFolder(root).settings().value
    known = [one.id for one in settings.sections] if settings else [section]
    if section not in known:
        hint = f"{did_you_mean(section, known)} Known: {', '.join(known[:20])}.".strip()
        raise KimplanError(f"there is no section '{section[:64]}'", hint)


def _check_ref(ref: str, known: Sequence[str]) -> None:
    if not is_ref(ref):
        hint = "A ref is letters and digits and begins with a letter, such as REC6."
        raise KimplanError(f"'{ref[:40]}' is no ref", hint)
    if fault := fault_on_windows(f"{ref}.yaml"):
        raise KimplanError(f"the ref '{ref}' cannot be: {fault}", "Choose another.")
    taken = [one for one in known if one.casefold() == ref.casefold()]
    if taken:
        raise KimplanError(f"there is a recommendation {taken[0]} already", "Choose another ref.")


def _write_new(path: Path, content: bytes) -> None:
    """Write `content` to a new file at `path` in one step; never over one that is there."""
    try:
        descriptor, temporary = new_part(path)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            umask = os.umask(0)
            os.umask(umask)
            os.chmod(temporary, 0o666 & ~umask)
            _give_name(temporary, path)
        finally:
            with contextlib.suppress(OSError):
                os.unlink(temporary)
    except FileExistsError:
        raise KimplanError(f"{path} is there already", "Choose another ref.") from None
    except OSError as error:
        raise OutputError(f"cannot write {path}: {error.strerror}") from None


def _give_name(temporary: str, path: Path) -> None:
    """Give the file `temporary` its name; raise FileExistsError if that is taken."""
    if os.name == "nt":  # where a file is never renamed over another
        os.rename(temporary, path)
        return
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError:  # a disk without hard links; the lock keeps other kimplans away
        if os.path.lexists(path):
            raise FileExistsError from None
        os.rename(temporary, path)


def template(ref: str, record: NewRecord) -> str:
    """Return the text of a new record, with comments that say what each field is for."""
    parts = [
        "# A recommendation of the action plan. docs/plan-format.md of kimplan says more of each",
        "# field. Lines that begin with # are for you: delete them when they have served.",
        "",
        "# The number under which it stands in minutes and reports; it is the file's name, too.",
        f"ref: {ref}",
        "",
        "# The id of a section of plan.yaml.",
        f"section: {record.section}",
        "",
        "# The recommendation's opening sentence, in the Ombudsman's words.",
        f"title: {scalar.inline(record.title)}",
        "",
        "# The rest of the recommendation, if there is more, below a |.",
        *(keys.key_lines("detail", record.detail) if record.detail else ("# detail: |", "#   …")),
        "",
        "# What the landlord answers: what is done, what will be, and what it changes.",
        *keys.key_lines("response", record.response or PLACEHOLDER),
        "",
        "# red, amber, green or not-applicable; for not-applicable the response is the reason.",
        f"rag: {record.rag}",
        "",
        *_open(record),
        "",
        "# Added as the work goes on, best with kimplan update:",
        *_HISTORY,
    ]
    return "\n".join(parts) + "\n"


def _open(record: NewRecord) -> list[str]:
    """Return the lines of what only amber and red need, or as comments what is to be filled in."""
    due = [f"due: {record.due}"] if record.due else ["# due: 2024-07"]
    return [
        "# The date that is promised, for amber and red: a day (2024-07-31), a month (2024-07) or",
        "# an interval (2023-12/2024-03).",
        *due,
        "",
        "# Who answers for it, for amber and red: roles of owners.yaml, one a line.",
        *(["owners:"] if record.owners else ["# owners:", "#   - Company Secretary"]),
        *(f"  - {scalar.inline(role)}" for role in record.owners),
    ]


_HISTORY = (
    "# completed: 2024-07-19  # the day on which it became green",
    "# evidence:  # what proves a green",
    '#   - {title: Guidance note v3, link: "https://example.org/guidance"}',
    "# verified: {by: Company Secretary, on: 2024-08-02}",
    "# progress:  # dated notes, oldest first",
    "#   - {on: 2024-05-02, by: Communications Manager, note: The web form is live.}",
    "# revisions:  # every move of the due date, oldest first",
    "#   - {from: 2024-03, to: 2024-07, reason: The portal was re-planned., on: 2024-03-20}",
    "# actions:  # steps, where there are several",
    "#   - {title: Publish the form, owner: Communications Manager, due: 2024-06}",
)
