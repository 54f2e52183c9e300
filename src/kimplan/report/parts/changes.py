"""The changes since the last report as a board needs them: the important ones, others counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from kimplan.answers.naming import one_line
from kimplan.changes.fields import Change, Kind
from kimplan.changes.records import RecordChange
from kimplan.model.due import show_day
from kimplan.model.plan import ColumnField, Plan, Settings
from kimplan.model.rating import Rating
from kimplan.plural import count
from kimplan.report.cells import EMPTY, cell, linked, rated
from kimplan.report.document import Cell, Element, TableColumn, TableRow, Width
from kimplan.report.listing import listing, ref_column
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
}


class _Found(NamedTuple):
    record: RecordChange
    change: Change


def build(plan: Plan, request: Request) -> Iterator[Element]:
    """Yield what changed since the earlier state: at most `MOST_ROWS` rows, the rest counted."""
    since = request.since
    if since is None:
        return
    found = _in_order(plan, since.between.records)
    shown, left_out = found[:MOST_ROWS], found[MOST_ROWS:]
    sentences = [_compared(request, since), _overdue_sentence(since), _unseen(since)]
    yield from listing(
        HEADING,
        " ".join(filter(None, sentences)),
        (ref_column(plan.settings), *_COLUMNS),
        [_row(plan.settings, since, *one) for one in shown],
        " ".join(filter(None, [_left_out(plan.settings, left_out), _counted(since, bool(shown))])),
    )


def _in_order(plan: Plan, records: Sequence[RecordChange]) -> list[_Found]:
    """Return the changes that are shown: by their importance, and then in the plan's order."""
    places = {item.ref: number for number, item in enumerate(plan.recommendations)}
    ranks = {kind: number for number, kind in enumerate(_SHOWN)}
    found = [_Found(record, change) for record in records for change in _shown(record)]
    last = len(places)
    return sorted(
        found, key=lambda one: (ranks[one.change.kind], places.get(one.record.item.ref, last))
    )


def _shown(record: RecordChange) -> Iterator[Change]:
    kinds = {change.kind for change in record.changes}
    for change in record.changes:
        # That it was completed is what its new rating says.
        if change.kind in _SHOWN and not (change.kind is Kind.COMPLETED and Kind.RATING in kinds):
            yield change


def _row(settings: Settings, since: Since, record: RecordChange, change: Change) -> TableRow:
    before, after = _states(settings, record, change)
    ref = linked(record.item.ref) if record.after else cell(record.item.ref)
    by = cell(since.changed_by(record, change))
    return TableRow((ref, cell(_what(settings, change)), before, after, by))


def _called(settings: Settings, kind: Kind) -> str:
    name = _SHOWN[kind]
    return settings.label(name) if isinstance(name, ColumnField) else name


def _what(settings: Settings, change: Change) -> str:
    what = _called(settings, change.kind)
    return f"{what} of the action {change.action}" if change.action else what


def _states(settings: Settings, record: RecordChange, change: Change) -> tuple[Cell, Cell]:
    title = cell(one_line(record.item.title))
    match change.kind:
        case Kind.RATING:
            return rated(Rating(change.before), settings), rated(Rating(change.after), settings)
        case Kind.ADDED:
            return EMPTY, title
        case Kind.REMOVED:
            return title, EMPTY
        case Kind.OWNERS:
            owners = [x.owners if x else [] for x in (record.before, record.after)]
            return cell(*owners[0] or [_NONE]), cell(*owners[1] or [_NONE])
    return cell(change.before or _NONE), cell(change.after or _NONE)


def _compared(request: Request, since: Since) -> str:
    between = since.between
    version = f"{show_day(between.since_day)} (version {between.commit[:7]})"
    if not between.records:
        what = "this part of the plan" if request.extract else "the plan"
        return f"Nothing in {what} changed since the report at {version}."
    return f"Compared with the report at {version}."


def _overdue_sentence(since: Since) -> str:
    from kimplan.changes.overdue import newly_overdue

    refs = [item.ref for item in newly_overdue(since.between)]
    if not refs:
        return ""
    more = f" and {len(refs) - _MOST_REFS:,} more" if len(refs) > _MOST_REFS else ""
    return f"Overdue now and not then: {', '.join(refs[:_MOST_REFS])}{more}."


def _unseen(since: Since) -> str:
    number = len(since.between.notes)
    if not number:
        return ""
    files = f"{count(number, 'file')} could not be understood and"
    return f"{files} {'is' if number == 1 else 'are'} not compared."


def _left_out(settings: Settings, found: Sequence[_Found]) -> str:
    if not found:
        return ""
    kinds = Counter(_called(settings, one.change.kind) for one in found)
    parts = ", ".join(f"{name}: {number:,}" for name, number in kinds.items())
    return f"Not shown: {count(len(found), 'more change')} ({parts})."


def _counted(since: Since, has_rows: bool) -> str:
    """Return in how many recommendations something else changed, in one sentence."""
    kinds = Counter(
        kind
        for record in since.between.records
        for kind in {change.kind for change in record.changes}
        if kind in _COUNTED
    )
    if not kinds:
        return ""
    names = [(_COUNTED[kind], kinds[kind]) for kind in _COUNTED if kinds[kind]]
    parts = ", ".join(f"{name} of {count(number, 'recommendation')}" for name, number in names)
    return f"{'Also changed' if has_rows else 'Changed'}: {parts}."
