"""The plan as a whole: its settings, its sections, its owners and its recommendations."""

from typing import Annotated, NamedTuple

from pydantic import Field, ValidationInfo
from pydantic_core import PydanticCustomError

from kimplan.model.choice import Choice
from kimplan.model.column_field import ColumnField, OwnColumn, as_own_column
from kimplan.model.fields import (
    AWord,
    CodePrefix,
    Days,
    DueDate,
    Handle,
    Heading,
    LanguageTag,
    Line,
    Link,
    Mark,
    Millimetres,
    OneLine,
    PlanModel,
    Points,
    Prose,
    Read,
    ReadFirst,
    ReadLast,
    Role,
    Slug,
    Switch,
    TimeZone,
)
from kimplan.model.form import Form
from kimplan.model.labels import RatingLabels
from kimplan.model.language import ENGLISH, Language
from kimplan.model.own_field import OwnField
from kimplan.model.recommendation import Recommendation

OWN_COLUMN = Form("word", about="Or `fields.` and the id of an own field: `fields.priority`.")


_FIELDS = {one.value: one for one in ColumnField}


def _parse_column(value: object, info: ValidationInfo) -> ColumnField | OwnColumn:
    if not isinstance(value, str):
        raise PydanticCustomError("string_type", "not text")
    text = value.strip()
    if found := as_own_column(text) or _FIELDS.get(text):
        return found
    context = {"expected": ", ".join(f"'{name}'" for name in [*ColumnField, "fields.ID"])}
    raise PydanticCustomError("enum", "not a column's field", context)


class Layout(Choice):
    """How the report sets the plan: one table, or one table a section."""

    TABLE = "table", "One table for the whole plan."
    SECTIONS = "sections", "One table a section, which screen readers follow better."


class PageChoice(Choice):
    """Which way the page lies that the plan's table stands on."""

    LANDSCAPE = "landscape", "The plan's table has a page across, whatever the template has."
    TEMPLATE = "template", "The template's own page."


class Source(PlanModel, title="Source report"):
    """The report whose recommendations the plan answers."""

    title: Heading = Field(description="The title of the source report.")
    publisher: OneLine | None = Field(None, description="Who published it.")
    published: DueDate | None = Field(None, description="When it was published.")
    link: Link | None = Field(
        None, description="Where it is: a web address, or a path in the repository."
    )


class Column(PlanModel):
    """A column of the report's table."""

    field: Annotated[ColumnField | OwnColumn, Read(_parse_column), OWN_COLUMN] = Field(
        description="What the column shows."
    )
    label: OneLine = Field(
        description="The words at the head of the column.", examples=["RAG rating", "Owner"]
    )
    width: Millimetres | None = Field(
        None,
        description="The column's width in millimetres of an A4 landscape page, from 8 to 400.",
    )


class Section(PlanModel):
    """A chapter of the source report, with its text."""

    id: Slug = Field(
        description="The name by which a recommendation names its section: small letters, "
        "digits, hyphens."
    )
    title: Heading = Field(description="The section's heading.")
    narrative: Prose | None = Field(
        None, description="The source report's words about the section."
    )


class ReportSettings(PlanModel, title="The Word report"):
    """How the Word report is set."""

    layout: Annotated[Layout, AWord] = Field(
        Layout.TABLE, description="One table, or one table a section."
    )
    page: Annotated[PageChoice, AWord] = Field(
        PageChoice.LANDSCAPE,
        description="Whether the plan's table has a landscape page in a portrait template.",
    )
    font_size: Points | None = Field(
        None,
        description="The size of the text in the tables in points, from 6 to 24 by halves; the "
        "template's if left out.",
    )
    latest_progress: Switch = Field(
        False, description="Whether the latest progress note is printed below the response."
    )
    empty_cell: Mark = Field(
        "–",
        description="What a table's cell prints where there is nothing to say, such as a date or "
        'an owner; "" leaves it blank.',
    )


class LintSettings(PlanModel, title="Checks"):
    """How strictly the plan is checked: codes that do not count, and when a note is due."""

    ignore: list[CodePrefix] = Field(
        default_factory=list,
        description="The codes whose findings do not count, or the beginnings of such codes.",
    )
    progress_days: Days = Field(
        90,
        description="After how many days without a progress note an open item is remarked upon, "
        "from 1 to 3650.",
    )


class _Usual(list[Column]):
    """What stands for the columns of a plan that names none."""


def _usual_columns(language: Language) -> dict[ColumnField, str]:
    """Return the fields that such a plan shows, with the columns' labels."""
    labels = {
        ColumnField.REF: "Ref",
        ColumnField.RECOMMENDATION: "Recommendation",
        ColumnField.RESPONSE: "Response",
        ColumnField.RAG: "RAG rating",
        ColumnField.DUE: "Estimated completion date",
        ColumnField.OWNERS: "Owner",
    }
    return {field: language.word("columns", field, label) for field, label in labels.items()}


def _columns_in_language(columns: object, info: ValidationInfo) -> object:
    if not isinstance(columns, _Usual):
        return columns
    usual = _usual_columns(info.data.get("language", ENGLISH))
    return [{"field": field, "label": label} for field, label in usual.items()]


def _ratings_in_language(ratings: RatingLabels, info: ValidationInfo) -> RatingLabels:
    language = info.data.get("language", ENGLISH)
    return ratings if language.tag == ENGLISH.tag else ratings.in_language(language)


class Settings(PlanModel, title="The plan's settings"):
    """``plan/plan.yaml``: what the plan is about and how it is shown."""

    title: Heading = Field(description="The report's title.")
    organisation: OneLine = Field(description="The landlord's name.")
    audience: OneLine = Field("Board", description="Whom the report is for.")
    source: Source | None = Field(
        None, description="The report whose recommendations the plan answers."
    )
    language: LanguageTag = Field(
        ENGLISH,
        description="The report's language, which its headings and labels are in: a tag of BCP 47, "
        "en-GB or cy for Welsh.",
    )
    timezone: TimeZone = Field(
        "Europe/London",
        description="Where the plan lives, which decides what day it is: a name of the time zone "
        "database.",
    )
    due_soon_days: Days = Field(
        90,
        description="How many days ahead the report looks for what falls due, from 1 to 3650.",
    )
    columns: Annotated[list[Column], ReadFirst(_columns_in_language)] = Field(
        min_length=1,
        default_factory=_Usual,
        validate_default=True,
        description="The columns of the report's table, from left to right; each field once.",
    )
    fields: list[OwnField] = Field(
        default_factory=list,
        description="The plan's own fields, in the order in which they are shown; at most 50.",
    )
    ratings: Annotated[RatingLabels, ReadLast(_ratings_in_language)] = Field(
        default_factory=dict,
        validate_default=True,
        description="Which ratings there are, and how they are shown.",
    )
    sections: list[Section] = Field(
        min_length=1,
        description="The chapters of the source report, in the order of the report.",
    )
    report: ReportSettings = Field(
        default_factory=dict, validate_default=True, description="How the Word report is set."
    )
    lint: LintSettings = Field(
        default_factory=dict, validate_default=True, description="How strictly the plan is checked."
    )

    def label(self, field: ColumnField) -> str:
        """Return what the plan's column of `field` is called, or its usual name without one."""
        if own := next((one.label for one in self.columns if one.field is field), ""):
            return own
        usual = _usual_columns(self.language).get(field)
        return usual or self.language.word("columns", field, field.capitalize())

    def own(self, name: str) -> OwnField | None:
        """Return the own field with this id, None if the plan declares none."""
        return next((one for one in self.fields if one.id == name), None)

    def own_label(self, name: str) -> str:
        """Return what the own field with this id is called: its id, where it is not declared."""
        found = self.own(name)
        return found.label if found else name

    def show_own(self, name: str, text: str) -> str:
        """Return a value of the own field with this id as people read it."""
        found = self.own(name)
        return found.show(text) if found else text


class Owner(PlanModel):
    """A role that may own an action, and who holds it."""

    role: Role = Field(description="The role, as the recommendations spell it.")
    name: OneLine | None = Field(None, description="The name of the person who holds it.")
    email: Line | None = Field(None, description="The person's email address.")
    handle: Handle | None = Field(
        None,
        description='The person\'s name on the forge, in quotation marks: "@forge-name".',
    )


class Owners(PlanModel):
    """``plan/owners.yaml``: the registry of roles."""

    owners: list[Owner] = Field(description="The roles, each of them once.")


class Plan(NamedTuple):
    """A whole plan; `recommendations` are in the order of the report.

    That order is the sections', and within a section that of the refs, numbers counted as numbers.
    """

    settings: Settings
    owners: tuple[Owner, ...]
    recommendations: tuple[Recommendation, ...]
