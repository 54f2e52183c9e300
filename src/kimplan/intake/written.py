"""The files of a plan as YAML, in the style of a file that a person would write."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kimplan.answers.tables.book_settings import Tree
from kimplan.characters import make_visible
from kimplan.intake.columns import Column
from kimplan.intake.draft import Draft
from kimplan.intake.gather import Gathered, date_text, rating_label
from kimplan.intake.prose import to_prose
from kimplan.intake.rows import Heading
from kimplan.intake.trees import tree_lines
from kimplan.model.labels import RatingLabels
from kimplan.model.rating import Scheme
from kimplan.writing import keys, scalar

_WIDTH = 90
_PLAN_HEAD = (
    "# The action plan's settings: what the report is called, how its table is laid out, what",
    "# the ratings mean, and the sections in report order. The recommendations themselves are",
    "# in recommendations/, one file each; the roles that may own one are in owners.yaml.",
    "#",
    "# Long text: a wrapped line goes on with the same paragraph, a blank line starts a new",
    '# one, and a line that begins with "- " is a bullet.',
    "",
)
_OWNERS_HEAD = (
    "# The roles that may own a recommendation, spelt as the recommendations' files spell them.",
    "# A role may also carry the name of the person who holds it, an email address, and a",
    "# handle on the forge that hosts this repository, for example:",
    "#",
    "#   - role: Communications Manager",
    "#     name: A. N. Other",
    "#     email: communications@example.org",
    '#     handle: "@forge-name"',
    "",
)
_LINES = frozenset({"title", "link", "on", "due", "completed", "rag", "id"})
_COLUMN_OF = {"title": "recommendation", "detail": "recommendation"}
_COLUMNS = frozenset(
    {"ref", "recommendation", "response", "rag", "due", "owners", "completed", "evidence"}
    | {"progress"}
)
_USUAL = {
    "ref": "Ref",
    "recommendation": "Recommendation",
    "response": "Response",
    "rag": "RAG rating",
    "due": "Due date",
    "owners": "Owner",
}


def record_text(draft: Draft) -> str:
    """Return the file of a record; what is left open keeps the source's words in a comment."""
    return draft.text or "\n".join(_record_lines(draft)) + "\n"


def _record_lines(draft: Draft) -> list[str]:
    left = dict(draft.left)
    lines = [*keys.key_lines("ref", draft.ref), *_left("ref", left)]
    lines += keys.key_lines("section", draft.section)
    for name in ("title", "detail", "response", "rag", "due", "due_reason"):
        lines += _field(name, getattr(draft, name), left)
    if draft.owners:
        lines += ["owners:", *(f"  - {scalar.inline(role)}" for role in draft.owners)]
    else:
        lines += _left("owners", left)
    lines += _field("completed", draft.completed, left)
    if draft.evidence:
        lines.append("evidence:")
        for proof in draft.evidence:
            pairs = [("title", proof.title)] + ([("link", proof.link)] if proof.link else [])
            lines += _item(pairs)
    if draft.progress:
        lines.append("progress:")
        for note in draft.progress:
            if not note.on:
                lines += _comment("on", note.said, "  ")
            pairs = [("on", note.on)] if note.on else []
            lines += _item([*pairs, ("note", note.note)])
    if draft.own:
        lines.append("fields:")
        for name, text in draft.own:
            lines += keys.key_lines(name, text, "  ")
    return lines


def _field(name: str, text: str, left: dict[str, str]) -> list[str]:
    if not text:
        return _left(name, left)
    if name in _LINES:
        return [f"{name}: {scalar.inline(text)}"]
    return _prose(name, text) if name == "detail" else keys.key_lines(name, text)


def _prose(name: str, text: str) -> list[str]:
    """Return the lines of a text that stands below a ``|`` whether or not it is long."""
    below = scalar.block(scalar.wrap(text))
    if below is None:
        return keys.key_lines(name, text)
    return [f"{name}: |", *(f"  {line}" if line else "" for line in below)]


def _left(name: str, left: dict[str, str]) -> list[str]:
    return _comment(name, left[name]) if name in left else []


def _comment(name: str, words: str, pad: str = "") -> list[str]:
    """Return what the source says of a field that is left open, as a comment."""
    shown = make_visible(" ".join(words.split()))
    said = (
        f'{name}: to decide; the source says "{shown}"'
        if shown
        else (f"{name}: to decide; the source says nothing")
    )
    wrapped = textwrap.wrap(said, _WIDTH - len(pad) - 2, break_on_hyphens=False)
    return [f"{pad}# {line}" for line in wrapped]


def _item(pairs: Sequence[tuple[str, str]]) -> list[str]:
    """Return the lines of a list's entry, a key a line."""
    lines = []
    for name, text in pairs:
        is_line = name in _LINES
        lines += (
            [f"{name}: {scalar.inline(text)}"] if is_line else keys.key_lines(name, text, "", 4)
        )
    first, *rest = lines
    return [f"  - {first}", *(f"    {line}" if line else "" for line in rest)]


def owners_text(roles: Iterable[str]) -> str:
    """Return ``owners.yaml`` with `roles`."""
    lines = [f"  - role: {scalar.inline(role)}" for role in roles]
    return "\n".join([*_OWNERS_HEAD, *(["owners:", *lines] if lines else ["owners: []"])]) + "\n"


def registry_text(owners: Sequence[Tree]) -> str:
    """Return ``owners.yaml`` with roles and who holds them."""
    lines = tree_lines({"owners": [*owners]}) if owners else ["owners: []"]
    return "\n".join([*_OWNERS_HEAD, *lines]) + "\n"


def settings_text(tree: Mapping[str, Tree]) -> str:
    """Return ``plan.yaml`` with settings that say everything."""
    return "\n".join([*_PLAN_HEAD, *tree_lines(tree)]) + "\n"


def roles_of(drafts: Iterable[Draft]) -> list[str]:
    """Return the roles that the records name, in the order of the records."""
    return list(dict.fromkeys(role for draft in drafts for role in draft.owners))


def plan_text(
    gathered: Gathered, title: str, organisation: str, more: Mapping[str, str] | None = None
) -> str:
    """Return ``plan.yaml``: what the plan is about, its columns, ratings and sections.

    `more` are other settings on one line each.
    """
    lines = [*_PLAN_HEAD, *keys.key_lines("title", title)]
    lines += keys.key_lines("organisation", organisation) if organisation else _NO_NAME
    for name, text in (more or {}).items():
        lines += keys.key_lines(name, text)
    lines += ["", *_columns(gathered.columns)]
    own = [column for column in gathered.columns if column.own_id]
    if own:
        lines += ["", "# The columns that a plan does not have by itself.", "fields:"]
        for column in own:
            lines += _flow(
                id=column.own_id, label=column.label, type="text" if column.is_text else "line"
            )
    lines += ["", *_ratings(gathered)]
    lines += ["", "# Each recommendation names its section by the id, in the report's order."]
    return "\n".join([*lines, *section_lines(gathered.sections)]) + "\n"


_NO_NAME = ["# The landlord's name, which the source does not say.", "organisation: TODO"]


def _columns(columns: Sequence[Column]) -> Iterator[str]:
    yield "# The table's columns from left to right. Change a label; a field is a fixed name."
    yield "columns:"
    labels: dict[str, str] = {}
    for column in columns:
        field = _COLUMN_OF.get(column.field, column.field)
        if field in _COLUMNS or column.own_id:
            labels.setdefault(field, column.label)
    for field, usual in _USUAL.items():
        labels.setdefault(field, usual)
    for field, label in labels.items():
        yield from _flow(field=field, label=label[:300])


def _flow(**entry: str) -> list[str]:
    return [f"  - {keys.flow_map(entry)}"]


def _ratings(gathered: Gathered) -> Iterator[str]:
    """Yield the ratings with the source's words for them, and for a closed one's date."""
    usual = RatingLabels(scheme=gathered.scheme)
    yield "# The label is the word printed in the rating column, the meaning explains it."
    yield "ratings:"
    if gathered.scheme is not Scheme.RAG:
        yield f"  scheme: {gathered.scheme}"
    for rating in gathered.scheme.ratings:
        known = usual[rating]
        label = rating_label(gathered.drafts, str(rating)) or known.label
        yield f"  {rating}:"
        yield f"    label: {scalar.inline(label)}"
        yield f"    meaning: {scalar.inline(known.meaning)}"
        instead = "" if rating.is_open else date_text(gathered.drafts, str(rating))
        if instead:
            yield f"    date: {scalar.inline(instead[:300])}"


def section_lines(sections: Sequence[tuple[str, Heading]]) -> Iterator[str]:
    """Yield the sections, each with its words."""
    yield "sections:"
    for at, (name, heading) in enumerate(sections):
        if at:
            yield ""
        yield from section_entry(name, heading)


def section_entry(name: str, heading: Heading) -> list[str]:
    """Return the lines of one section."""
    pairs = [("id", name), ("title", heading.title)]
    lines = _item(pairs)
    if heading.narrative:
        below = _prose("narrative", to_prose(heading.narrative))
        lines += [f"    {line}" if line else "" for line in below]
    return lines
