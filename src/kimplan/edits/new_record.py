"""The next record of a plan, from a template that explains each field."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from kimplan.characters import make_visible
from kimplan.diagnostic import Diagnostic
from kimplan.edits.judgement import judge
from kimplan.edits.lock import locked
from kimplan.edits.record_file import folder_of, record_path, refs
from kimplan.edits.refusal import RefusedError
from kimplan.errors import KimplanError
from kimplan.files import sweep_parts, write_new
from kimplan.loader import PlanFolder
from kimplan.loader.loaded_file import load_document
from kimplan.model.own_field import OwnField
from kimplan.model.own_type import MOST_OWN_FIELDS
from kimplan.model.rating import Rating, Scheme
from kimplan.model.recommendation import Recommendation
from kimplan.model.refs import HINT, is_ref, next_ref
from kimplan.model.suggestion import did_you_mean
from kimplan.names import fault_on_windows
from kimplan.writing import keys, scalar
from kimplan.writing.parsed_text import ParsedText

# What lint says of a record in which something is still to be filled in.
TO_FILL_IN = frozenset({"KP113", "KP301", "KP402", "KP604"})
PLACEHOLDER = "TODO"


class NewRecord(NamedTuple):
    """What is known of a new recommendation; what is empty is left for its owner to fill in."""

    section: str
    title: str
    rag: Rating = Rating.RED
    due: str = ""
    owners: tuple[str, ...] = ()
    detail: str = ""
    response: str = ""
    due_reason: str = ""


class Created(NamedTuple):
    """A new record; `left` is what lint says is to be filled in."""

    ref: str
    path: Path
    text: str
    left: tuple[Diagnostic, ...]


def create(
    root: Path,
    ref: str,
    record: NewRecord,
    show: Callable[[Created], object],
    *,
    write: bool = True,
) -> Created:
    """Write a new file for `record` into the plan in `root`; its ref is the next one if empty.

    `show` is given the record before it is written: what nobody could be shown is not written. A
    file that is there is never overwritten. Raises RefusedError for what lint would find wrong
    beside what is to be filled in, KimplanError for what cannot be done, and whatever `show`
    raises.
    """
    _check_section(root, record.section)
    folder = folder_of(root)
    with locked(folder) if write else contextlib.nullcontext():
        known = refs(root)
        ref = ref.strip() or next_ref(known, _beside(root, record.section))
        _check_ref(ref, known)
        created = _created(root, ref, record)
        show(created)
        if write:
            sweep_parts(created.path)
            _write(created.path, created.text.encode())
    return created


def _beside(root: Path, section: str) -> list[str]:
    """Return the refs of the recommendations of a section."""
    items = (file.value for file in PlanFolder(root).recommendations())
    return [item.ref for item in items if item and item.section == section]


def _created(root: Path, ref: str, record: NewRecord) -> Created:
    """Return the record as it would be; raise RefusedError for what is wrong with it."""
    settings = PlanFolder(root).settings().value
    scheme = PlanFolder(root).scheme()
    own = settings.fields if settings else ()
    text = ParsedText.of(template(ref, record, own, scheme))
    if not _is_proved(text, ref, record):
        message = "one of the texts cannot be written so that it is read again as it is"
        raise KimplanError(message, "Write the file with simpler words, and change it with --edit.")
    place = record_path(root, f"{ref}.yaml")
    verdict = judge(root, None, load_document(place, text.document, Recommendation, scheme=scheme))
    errors = [one for one in verdict.errors if one.code not in TO_FILL_IN]
    if errors:
        codes = ", ".join(dict.fromkeys(one.code for one in errors))
        raise RefusedError("lint would find an error in it", code=codes, new=errors)
    path = folder_of(root) / f"{ref}.yaml"
    return Created(ref, path, text.text, (*verdict.errors, *verdict.warnings))


def _is_proved(text: ParsedText, ref: str, record: NewRecord) -> bool:
    """Return whether `text` says what is known of the record and nothing else."""
    response = record.response or PLACEHOLDER
    known = record._replace(rag=record.rag.word, response=response)._asdict()  # type: ignore[arg-type]
    wanted = {"ref": ref} | {key: value for key, value in known.items() if value}
    return set(text.value) == set(wanted) and all(
        list(value) == text.value[key]
        if isinstance(value, tuple)
        else scalar.says_the_same(str(text.value[key]).rstrip("\n"), value)
        for key, value in wanted.items()
    )


def _write(path: Path, content: bytes) -> None:
    try:
        write_new(path, content)
    except FileExistsError:
        raise KimplanError(f"{path} is there already", "Choose another ref.") from None


def _check_section(root: Path, section: str) -> None:
    settings = PlanFolder(root).settings().value
    known = [one.id for one in settings.sections] if settings else [section]
    if section not in known:
        hint = f"{did_you_mean(section, known)} Known: {', '.join(known[:20])}.".strip()
        raise KimplanError(f"there is no section '{section[:64]}'", hint)


def _check_ref(ref: str, known: Sequence[str]) -> None:
    if not is_ref(ref):
        raise KimplanError(f"'{ref[:40]}' is no ref", HINT)
    if fault := fault_on_windows(f"{ref}.yaml"):
        raise KimplanError(f"the ref '{ref}' cannot be: {fault}", "Choose another.")
    taken = [one for one in known if one.casefold() == ref.casefold()]
    if taken:
        raise KimplanError(f"there is a recommendation {taken[0]} already", "Choose another ref.")


def template(
    ref: str, record: NewRecord, own: Sequence[OwnField] = (), scheme: Scheme = Scheme.RAG
) -> str:
    """Return the text of a new record, with comments that say what each field is for.

    `own` are the plan's own fields, and it rates by the `scheme`.
    """
    open_ones = _listed([rating.word for rating in scheme.open], "and")
    *words, last = scheme.words
    words_of_all = _listed([*reversed(words), last], "or")
    parts = [
        "# A recommendation of the action plan. kimplan schema --format text says more of each",
        "# field. Lines that begin with # are for you: delete them when they have served.",
        "",
        "# The number under which it stands in minutes and reports; it is the file's name, too.",
        f"ref: {scalar.inline(ref)}",
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
        f"# {words_of_all}; for not-applicable the response is the reason.",
        f"rag: {record.rag}",
        "",
        *_open(record, open_ones),
        "",
        "# Added as the work goes on, best with kimplan update:",
        *_history(scheme),
        "# fields:  # the plan's own fields, by the ids that plan.yaml declares",
        *([_own_line(field) for field in own[:MOST_OWN_FIELDS]] or ["#   priority: High"]),
    ]
    return "\n".join(parts) + "\n"


def _own_line(field: OwnField) -> str:
    """Return the comment that says what an own field holds."""
    words = " | ".join(field.choices) if field.choices else str(field.type)
    about = f"{field.label}: {words}{', required' if field.required else ''}"
    return f"#   {field.id}: …  # {make_visible(about)}"


def _open(record: NewRecord, open_ones: str) -> list[str]:
    """Return the lines of what only open ratings need, or as comments what is to be filled in."""
    due = [f"due: {record.due}"] if record.due else ["# due: 2024-07"]
    return [
        f"# The date that is promised, for {open_ones}: a day (2024-07-31), a month (2024-07) or",
        "# an interval (2023-12/2024-03); or none agreed, with due_reason: why.",
        *due,
        *(keys.key_lines("due_reason", record.due_reason) if record.due_reason else ()),
        "",
        f"# Who answers for it, for {open_ones}: roles of owners.yaml, one a line.",
        *(["owners:"] if record.owners else ["# owners:", "#   - Company Secretary"]),
        *(f"  - {scalar.inline(role)}" for role in record.owners),
    ]


def _listed(words: Sequence[str], word: str) -> str:
    """Return words as a list in a sentence: ``amber and red``."""
    return f"{', '.join(words[:-1])} {word} {words[-1]}"


def _history(scheme: Scheme) -> tuple[str, ...]:
    """Return the comments of what comes to a record later."""
    complete = scheme.complete.word
    return (
        "# superseded_by: REC12  # what took its place, for not-applicable",
        f"# completed: 2024-07-19  # the day on which it became {complete}",
        f"# evidence:  # what proves a {complete}",
        *_LATER,
    )


_LATER = (
    "#   - title: Guidance note v3",
    '#     link: "https://example.org/guidance"',
    "# verified:  # who checked it, and when",
    "#   by: Company Secretary",
    "#   on: 2024-08-02",
    "# progress:  # dated notes, oldest first",
    "#   - on: 2024-05-02",
    "#     by: Communications Manager",
    "#     note: The web form is live.",
    "# revisions:  # every move of the due date, oldest first",
    "#   - from: 2024-03",
    "#     to: 2024-07",
    "#     reason: The portal was re-planned.",
    "#     on: 2024-03-20",
    "# actions:  # steps, where there are several",
    "#   - title: Publish the form",
    "#     owner: Communications Manager",
    "#     due: 2024-06",
    "# publish: false  # keeps it out of everything public",
)
