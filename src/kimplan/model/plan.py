"""The plan as a whole: its settings, its sections, its owners and its recommendations."""

from __future__ import annotations

import enum
from typing import Annotated, NamedTuple

from pydantic import Field

from kimplan.model.fields import (
    CodePrefix,
    Days,
    DueDate,
    Handle,
    Lax,
    Line,
    Link,
    Millimetres,
    PlanModel,
    Points,
    Prose,
    Slug,
    Switch,
    TimeZone,
    Title,
)
from kimplan.model.rating import Rating
from kimplan.model.recommendation import Recommendation


class ColumnField(enum.StrEnum):
    """What a column of the report's table can show."""

    REF = "ref"
    RECOMMENDATION = "recommendation"
    RESPONSE = "response"
    RAG = "rag"
    DUE = "due"
    OWNERS = "owners"
    COMPLETED = "completed"
    EVIDENCE = "evidence"
    VERIFIED = "verified"
    PROGRESS = "progress"
    ACTIONS = "actions"


class Layout(enum.StrEnum):
    """How the report sets the plan: one table, or one table a section."""

    TABLE = "table"
    SECTIONS = "sections"


class Source(PlanModel):
    """The report whose recommendations the plan answers."""

    title: Title
    publisher: Line | None = None
    published: DueDate | None = None
    link: Link | None = None


class Column(PlanModel):
    """A column of the report's table; `width` is in millimetres of an A4 landscape page."""

    field: Annotated[ColumnField, Lax]
    label: Line
    width: Millimetres | None = None


class OpenRatingLabel(PlanModel):
    """How a rating with a due date is shown."""

    label: Line
    meaning: Line


class RatingLabel(OpenRatingLabel):
    """How a rating without a due date is shown; `date` is what the date column prints for it."""

    date: Line | None = None


def _green() -> RatingLabel:
    return RatingLabel(label="GREEN", meaning="Complete: the landlord complies", date="Compliant")


def _amber() -> OpenRatingLabel:
    return OpenRatingLabel(label="AMBER", meaning="In progress: work is planned or under way")


def _red() -> OpenRatingLabel:
    return OpenRatingLabel(label="RED", meaning="Not started, or in serious difficulty")


def _not_applicable() -> RatingLabel:
    return RatingLabel(label="Not Applicable", meaning="Does not apply at present")


class RatingLabels(PlanModel):
    """The labels of all four ratings."""

    green: RatingLabel = Field(default_factory=_green)
    amber: OpenRatingLabel = Field(default_factory=_amber)
    red: OpenRatingLabel = Field(default_factory=_red)
    not_applicable: RatingLabel = Field(alias="not-applicable", default_factory=_not_applicable)

    def __getitem__(self, rating: Rating) -> OpenRatingLabel:
        """Return the label of `rating`."""
        label: OpenRatingLabel = getattr(self, rating.name.lower())
        return label

    def date_text(self, rating: Rating) -> str | None:
        """Return what the date column prints for a rating that has no due date."""
        label = self[rating]
        return label.date if isinstance(label, RatingLabel) else None


class Section(PlanModel):
    """A chapter of the source report, with its text."""

    id: Slug
    title: Title
    narrative: Prose | None = None


class ReportSettings(PlanModel):
    """How the Word report is set; `font_size` is that of the cells, in points."""

    layout: Annotated[Layout, Lax] = Layout.TABLE
    font_size: Points | None = None
    latest_progress: Switch = False


class LintSettings(PlanModel):
    """How strictly the plan is checked: codes that do not count, and when a note is due."""

    ignore: list[CodePrefix] = Field(default_factory=list)
    progress_days: Days = 90


def _columns() -> list[Column]:
    labels = {
        ColumnField.REF: "Ref",
        ColumnField.RECOMMENDATION: "Recommendation",
        ColumnField.RESPONSE: "Response",
        ColumnField.RAG: "RAG rating",
        ColumnField.DUE: "Estimated completion date",
        ColumnField.OWNERS: "Owner",
    }
    return [Column(field=field, label=label) for field, label in labels.items()]


class Settings(PlanModel):
    """``plan/plan.yaml``: what the plan is about and how it is shown."""

    title: Title
    organisation: Line
    audience: Line = "Board"
    source: Source | None = None
    timezone: TimeZone = "Europe/London"
    due_soon_days: Days = 90
    columns: list[Column] = Field(min_length=1, default_factory=_columns)
    ratings: RatingLabels = Field(default_factory=RatingLabels)
    sections: list[Section] = Field(min_length=1)
    report: ReportSettings = Field(default_factory=ReportSettings)
    lint: LintSettings = Field(default_factory=LintSettings)


class Owner(PlanModel):
    """A role that may own an action, and who holds it; `handle` is its name on the forge."""

    role: Line
    name: Line | None = None
    email: Line | None = None
    handle: Handle | None = None


class Owners(PlanModel):
    """``plan/owners.yaml``: the registry of roles."""

    owners: list[Owner]


class Plan(NamedTuple):
    """A whole plan; `recommendations` are in the order of the report.

    That order is the sections', and within a section that of the refs, numbers counted as numbers.
    """

    settings: Settings
    owners: tuple[Owner, ...]
    recommendations: tuple[Recommendation, ...]
