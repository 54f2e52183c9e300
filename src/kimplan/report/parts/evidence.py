"""Evidence that no longer proves anything, or soon will not."""

from __future__ import annotations

from collections.abc import Iterator

from kimplan.model.column_field import ColumnField
from kimplan.model.language import Language
from kimplan.model.plan import Plan, Settings
from kimplan.model.prose import Block
from kimplan.report.cells import cell, line, linked, proof_spans
from kimplan.report.document import Cell, Element, TableColumn, TableRow, Width
from kimplan.report.listing import labelled, listing, next_days, ref_column
from kimplan.report.request import Request
from kimplan.schedule import Expiring, expiring


def build(plan: Plan, request: Request) -> Iterator[Element]:
    """Yield the evidence that has expired or expires within the days of ``due_soon_days``.

    Nothing where there is none. Of a plan whose board meets every three months, that is before the
    next meeting.
    """
    within, language = plan.settings.due_soon_days, plan.settings.language
    found = expiring(plan, request.as_of, within)
    if found:
        yield from listing(
            language.say("Evidence to renew ({number:,})", number=len(found)),
            _introduction(sum(one.days < 0 for one in found), len(found), within, language),
            _columns(plan.settings),
            [_row(one, language) for one in found],
        )


def _introduction(expired: int, number: int, within: int, language: Language) -> str:
    period = next_days(within, language)
    if expired == number:
        return language.say("Evidence that has expired, earliest first.")
    if not expired:
        text = "Evidence that expires in the next {period}, earliest first."
        return language.say(text, period=period)
    return language.say(
        "Evidence that has expired or expires in the next {period}, earliest first.", period=period
    )


def _columns(settings: Settings) -> tuple[TableColumn, ...]:
    say = settings.language.say
    return (
        ref_column(settings),
        TableColumn("title", settings.label(ColumnField.EVIDENCE), Width(98, 55)),
        TableColumn("expires", say("Expires"), Width(43, 32)),
        TableColumn("days_left", say("When"), Width(36, 28)),
        labelled(settings, ColumnField.OWNERS, Width(73, 45)),
    )


def _row(one: Expiring, language: Language) -> TableRow:
    proof = Cell((Block(tuple(proof_spans(one.evidence))),))
    expires = cell(language.due(one.expires), value=one.expires)
    when, owners = _when(one.days, language), cell(*one.item.owners)
    return TableRow((linked(one.item.ref), proof, expires, when, owners))


def _when(days: int, language: Language) -> Cell:
    number = language.counted(abs(days), "day")
    if days < 0:
        ago = language.say("{days} ago", days=number)
        return Cell((line(ago, bold=True),), days, late=True)
    return cell(
        language.say("In {days}", days=number) if days else language.say("Today"), value=days
    )
