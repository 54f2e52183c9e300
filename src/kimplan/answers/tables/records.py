"""The recommendations of plans as a table: everything that a record says, and where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from kimplan.answers.group import PlanOf
from kimplan.answers.tables.dates import (
    DAYS_LATE,
    DUE,
    FIRST_AGREED,
    PLAN,
    REF,
    due_values,
    late,
    written,
)
from kimplan.answers.tables.table import Field, Kind, Row, RowTable
from kimplan.model.own_field import OwnField
from kimplan.model.own_type import OwnType
from kimplan.schedule import completed_late, days_left

RECORD_FIELDS = (
    PLAN,
    REF,
    Field("section", "Section id", Kind.WORDS, "The id of its section."),
    Field("section_title", "Section", Kind.WORDS, "The heading of its section."),
    Field("title", "Title", Kind.WORDS, "The recommendation's opening sentence."),
    Field("detail", "Detail", Kind.PROSE, "The rest of the recommendation."),
    Field("response", "Response", Kind.PROSE, "The landlord's response."),
    Field("rag", "Rating as written", Kind.WORDS, "The rating, as the file writes it."),
    Field("rating", "Rating", Kind.WORDS, "What the plan calls the rating."),
    Field("open", "Open", Kind.SWITCH, "Whether work is still promised."),
    *DUE,
    Field("due_reason", "Why no date is agreed", Kind.PROSE, "Why no date is agreed yet."),
    FIRST_AGREED,
    DAYS_LATE,
    Field("owners", "Owners", Kind.NAMES, "The roles that own it."),
    Field("completed", "Completed", Kind.DAY, "The day on which it was completed."),
    Field(
        "completed_late_days",
        "Days completed late",
        Kind.NUMBER,
        "From the last day of the promise to the completion; negative when early.",
    ),
    Field("verified_by", "Verified by", Kind.WORDS, "Who checked it."),
    Field("verified_on", "Verified on", Kind.DAY, "The day on which it was checked."),
    Field("superseded_by", "Superseded by", Kind.WORDS, "The ref that took its place."),
    Field("publish", "Published", Kind.SWITCH, "Whether it may stand in what is published."),
)
_OWN_KINDS = {
    OwnType.LINE: Kind.WORDS,
    OwnType.TEXT: Kind.PROSE,
    OwnType.DATE: Kind.PROMISE,
    OwnType.CHOICE: Kind.WORDS,
    OwnType.LINK: Kind.LINK,
}


def recommendation_rows(plans: Sequence[PlanOf], as_of: date) -> RowTable:
    """Return all recommendations as on the day `as_of`, in the order of the plans and reports.

    The own fields stand last, `fields.ID` each, those of the first plan first. An own field that
    two plans declare with different types holds words.
    """
    own = own_fields(plans)
    return RowTable("recommendations", (*RECORD_FIELDS, *own), _rows(plans, as_of, own))


def own_fields(plans: Sequence[PlanOf]) -> tuple[Field, ...]:
    """Return the fields that the plans declare for themselves, `fields.ID` each."""
    found: dict[str, Field] = {}
    for member in plans:
        for declared in member.plan.settings.fields:
            field = _own_field(declared)
            known = found.setdefault(field.key, field)
            if known.kind is not field.kind:
                found[field.key] = known._replace(kind=Kind.WORDS)
    return tuple(found.values())


def _own_field(declared: OwnField) -> Field:
    about = "A field that the plan declares for itself."
    return Field(f"fields.{declared.id}", declared.label, _OWN_KINDS[declared.type], about)


def _rows(plans: Sequence[PlanOf], as_of: date, own: tuple[Field, ...]) -> Iterator[Row]:
    ids = [field.key.removeprefix("fields.") for field in own]
    for member in plans:
        settings = member.plan.settings
        titles = {section.id: section.title for section in settings.sections}
        labels = settings.ratings
        for item in member.plan.recommendations:
            yield (
                member.name,
                item.ref,
                item.section,
                titles.get(item.section, item.section),
                item.title,
                item.detail,
                item.response,
                item.rag.word,
                labels[item.rag].label,
                item.rag.is_open,
                *due_values(item.due),
                item.due_reason,
                written(item.first_agreed),
                late(days_left(item, as_of)),
                tuple(item.owners),
                item.completed,
                completed_late(item),
                item.verified.by if item.verified else None,
                item.verified.on if item.verified else None,
                item.superseded_by,
                item.publish,
                *(item.fields.get(name) for name in ids),
            )
