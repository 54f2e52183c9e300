"""The changes since the last report as a board needs them: the important ones, others counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from kimplan.answers.naming import one_line
from kimplan.changes.fields import Change, Kind, shown_in
from kimplan.model.column_field import ColumnField
from kimplan.model.language import Language
from kimplan.model.plan import Plan, Settings
from kimplan.report.cells import EMPTY, cell, linked, rated
from kimplan.report.document import Cell, Element, TableColumn, TableRow, Width
from kimplan.report.listing import in_language, listing, ref_column
from kimplan.report.own_cells import is_long, own_cell
from kimplan.report.request import Request

if TYPE_CHECKING:
    from kimplan.changes.records import RecordChange
    from kimplan.report.since import Since

HEADING = "Changes since the last report"
_COLUMNS = (
    TableColumn("what_changed", "What changed", Width(38, 30)),
    TableColumn("before", "Before", Width(66, 36)),
    TableColumn("after", "After", Width(66, 36)),
    TableColumn("changed_by", "Changed by", Width(80, 45)),
)
MOST_ROWS = 15
_MOST_REFS = 10
_NONE = "None"

# What a board is shown, the most important first, and what the table calls it: a column's label
# where it is about one.
_SHOWN: dict[Kind, str | ColumnField] = {
    Kind.RATING: ColumnField.RAG,
    Kind.DUE: ColumnField.DUE,
    Kind.REVISION: "Record of moved dates",
    Kind.REMOVED: "Removed",
    Kind.ADDED: "Added",
    Kind.RENUMBERED: ColumnField.REF,
    Kind.OWNERS: ColumnField.OWNERS,
    Kind.COMPLETED: ColumnField.COMPLETED,
    Kind.SUPERSEDED: "Superseded by",
    Kind.FIELD: "Own field",
}
_COUNTED = {
    Kind.PROGRESS: "progress notes",
    Kind.EVIDENCE: "evidence",
    Kind.VERIFIED: "verification",
    Kind.ACTIONS: "actions",
    Kind.SECTION: "section",
    Kind.TITLE: "title",
    Kind.DETAIL: "detail",
    Kind.RESPONSE: "response",
    Kind.DUE_REASON: "reason for no date",
    Kind.PUBLISH: "publication",
}


class _Found(NamedTuple):
    record: RecordChange
    change: Change


def build(plan: Plan, request: Request, most: int = MOST_ROWS) -> Iterator[Element]:
    """Yield what changed since the earlier state: at most so many rows, the rest counted."""
    since = request.since
    if since is None:
        return
    found = _in_order(plan, since.between.records)
    shown, left_out = found[:most], found[most:]
    language = plan.settings.language
    sentences = [
        _compared(request, since, language),
        _overdue_sentence(since, language),
        _unseen(since, language),
    ]
    yield from listing(
        language.say(HEADING),
        " ".join(filter(None, sentences)),
        (ref_column(plan.settings), *in_language(_COLUMNS, language)),
        [_row(plan.settings, since, *one) for one in shown],
        _rest(plan.settings, since, left_out, bool(shown)),
    )


def _in_order(plan: Plan, records: Sequence[RecordChange]) -> list[_Found]:
    """Return the changes that are shown: by their importance, and then in the plan's order."""
    places = {item.ref: number for number, item in enumerate(plan.recommendations)}
    ranks = {kind: number for number, kind in enumerate(_SHOWN)}
    settings = plan.settings
    found = [_Found(one, change) for one in records for change in _shown(settings, one)]
    last = len(places)
    return sorted(
        found, key=lambda one: (ranks[one.change.kind], places.get(one.record.item.ref, last))
    )


def _shown(settings: Settings, record: RecordChange) -> Iterator[Change]:
    kinds = {change.kind for change in record.changes}
    for change in record.changes:
        # That it was completed is what its new rating says.
        if change.kind not in _SHOWN or is_long(settings.own(change.field)):
            continue
        if not (change.kind is Kind.COMPLETED and Kind.RATING in kinds):
            yield change


def _row(settings: Settings, since: Since, record: RecordChange, change: Change) -> TableRow:
    before, after = _states(settings, record, change)
    ref = linked(record.item.ref) if record.after else cell(record.item.ref)
    by = cell(since.changed_by(record, change, settings.language))
    return TableRow((ref, cell(_what(settings, change)), before, after, by))


def _called(settings: Settings, change: Change) -> str:
    if change.field:
        return settings.own_label(change.field)
    name = _SHOWN[change.kind]
    if isinstance(name, ColumnField):
        return settings.label(name)
    return settings.language.say(name)


def _what(settings: Settings, change: Change) -> str:
    what = _called(settings, change)
    if not change.action:
        return what
    text = "{what} of the action {action}"
    return settings.language.say(text, what=what, action=change.action)


def _states(settings: Settings, record: RecordChange, change: Change) -> tuple[Cell, Cell]:
    title, none = cell(one_line(record.item.title)), settings.language.say(_NONE)
    match change.kind:
        case Kind.RATING:
            old, new = change.ratings
            return rated(old, settings), rated(new, settings)
        case Kind.ADDED:
            return EMPTY, title
        case Kind.REMOVED:
            return title, EMPTY
        case Kind.OWNERS:
            owners = [x.owners if x else [] for x in (record.before, record.after)]
            return cell(*owners[0] or [none]), cell(*owners[1] or [none])
        case Kind.FIELD:
            return _own(settings, change, change.before), _own(settings, change, change.after)
    before, after = shown_in(change, settings.language)
    return cell(before or none), cell(after or none)


def _own(settings: Settings, change: Change, text: str) -> Cell:
    if not text:
        return cell(settings.language.say(_NONE))
    return own_cell(settings.own(change.field), text, settings.language)


def _compared(request: Request, since: Since, language: Language) -> str:
    between = since.between
    values = {"day": language.day(between.since_day), "commit": between.commit[:7]}
    if between.records:
        return language.say("Compared with the report at {day} (version {commit}).", **values)
    if request.extract:
        text = (
            "Nothing in this part of the plan changed since the report at {day} (version {commit})."
        )
        return language.say(text, **values)
    text = "Nothing in the plan changed since the report at {day} (version {commit})."
    return language.say(text, **values)


def _overdue_sentence(since: Since, language: Language) -> str:
    from kimplan.changes.overdue import newly_overdue

    refs = [item.ref for item in newly_overdue(since.between)]
    if not refs:
        return ""
    left, shown = len(refs) - _MOST_REFS, ", ".join(refs[:_MOST_REFS])
    if left <= 0:
        return language.say("Overdue now and not then: {refs}.", refs=shown)
    text = "Overdue now and not then: {refs} and {number:,} more."
    return language.say(text, refs=shown, number=left)


def _unseen(since: Since, language: Language) -> str:
    number = len(since.between.notes)
    if not number:
        return ""
    if number == 1:
        return language.say("1 file could not be understood and is not compared.")
    text = "{number:,} files could not be understood and are not compared."
    return language.say(text, number=number)


def _left_out(settings: Settings, found: Sequence[_Found]) -> str:
    if not found:
        return ""
    kinds = Counter(_called(settings, one.change) for one in found)
    parts = ", ".join(f"{name}: {number:,}" for name, number in kinds.items())
    changes = settings.language.counted(len(found), "more change")
    return settings.language.say("Not shown: {changes} ({parts}).", changes=changes, parts=parts)


def _rest(settings: Settings, since: Since, left_out: Sequence[_Found], has_rows: bool) -> str:
    sentences = _left_out(settings, left_out), _counted(settings, since, has_rows)
    return " ".join(filter(None, sentences))


def _counted(settings: Settings, since: Since, has_rows: bool) -> str:
    """Return in how many recommendations something else changed, in one sentence."""
    records = since.between.records
    counts = Counter(name for one in records for name in set(_names(settings, one)))
    if not counts:
        return ""
    language = settings.language
    parts = ", ".join(
        language.say(
            "{what} of {items}",
            what=name,
            items=language.counted(counts[name], "recommendation"),
        )
        for name in _in_their_order(settings)
        if counts[name]
    )
    if has_rows:
        return language.say("Also changed: {parts}.", parts=parts)
    return language.say("Changed: {parts}.", parts=parts)


def _in_their_order(settings: Settings) -> Iterator[str]:
    yield from (settings.language.say(_COUNTED[kind]) for kind in _COUNTED)
    yield from (one.label for one in settings.fields)


def _names(settings: Settings, record: RecordChange) -> Iterator[str]:
    """Yield what changed in a record that is only counted, as it is called then."""
    for change in record.changes:
        own = settings.own(change.field)
        if own and is_long(own):
            yield own.label
        elif change.kind in _COUNTED:
            yield settings.language.say(_COUNTED[change.kind])
