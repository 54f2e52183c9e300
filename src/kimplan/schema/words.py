"""What an editor says about each field, and how its value may be written."""

from __future__ import annotations

import enum
from typing import NamedTuple, TypeAlias

from kimplan.model.fields import PlanModel
from kimplan.model.plan import (
    Column,
    ColumnField,
    Layout,
    LintSettings,
    OpenRatingLabel,
    Owner,
    Owners,
    RatingLabel,
    RatingLabels,
    ReportSettings,
    Section,
    Settings,
    Source,
)
from kimplan.model.rating import Rating
from kimplan.model.recommendation import (
    Action,
    Evidence,
    ProgressNote,
    Recommendation,
    Revision,
    Verification,
)


class Words(NamedTuple):
    """What a field is for, and examples of what may stand in it: none, or several to choose from.

    An editor writes an only example into the file. `form` is what to say of a text that does not
    match the field's pattern, if it has one.
    """

    description: str
    examples: tuple[str | int | float, ...] = ()
    form: str = ""


Fields: TypeAlias = dict[str, Words]

_SLUG_FORM = "An id is small letters, digits and hyphens: governance-and-culture."
_LINK_FORM = "A link is a web address or a path in the repository, without spaces around it."
_LINKS = ("https://example.org/guidance", "evidence/guidance.pdf")
_DATES = ("2024-07-31", "2024-07", "2023-12/2024-03")
_DAY_FORM = "As 2024-07-31."
_DATE_FORMS = "A day (2024-07-31), a month (2024-07) or an interval (2023-12/2024-03)."
_TEXT_FORMS = "Text: paragraphs with a blank line between them, '- ' bullets, **bold** and links."

# An editor shows a mapping's title above the fields in it.
TITLES: dict[type[PlanModel], str] = {
    Recommendation: "Recommendation",
    Evidence: "Evidence",
    Verification: "Verification",
    ProgressNote: "Progress note",
    Revision: "Revision of the due date",
    Action: "Action",
    Settings: "The plan's settings",
    Source: "Source report",
    Column: "Column",
    RatingLabels: "Ratings",
    OpenRatingLabel: "Rating",
    RatingLabel: "Rating",
    Section: "Section",
    ReportSettings: "The Word report",
    LintSettings: "Checks",
    Owners: "Owners",
    Owner: "Owner",
}

_RECOMMENDATION: Fields = {
    "ref": Words(
        "The recommendation's name in minutes and reports, and its file's name without .yaml.",
        ("REC6", "A-12"),
        "A ref is letters and digits and begins with a letter, such as REC6 or A-12.",
    ),
    "section": Words(
        "The id of a section of plan.yaml: the chapter that the recommendation stands in.",
        ("governance-and-culture", "repairs"),
        _SLUG_FORM,
    ),
    "title": Words("The recommendation's opening sentence, in the Ombudsman's words."),
    "detail": Words(f"The rest of the recommendation, if there is more. {_TEXT_FORMS}"),
    "response": Words(
        f"The landlord's response; for not-applicable, the reason. {_TEXT_FORMS}",
    ),
    "rag": Words("How far the landlord has come."),
    "due": Words(
        "The estimated completion date: required for amber and red, absent for green and "
        f"not-applicable. {_DATE_FORMS}",
        _DATES,
    ),
    "owners": Words(
        "The roles that own it, as owners.yaml spells them; at least one for amber and red.",
    ),
    "completed": Words(f"The day on which it became green. {_DAY_FORM}"),
    "evidence": Words("What proves a green."),
    "verified": Words("Who checked the completed recommendation, and when."),
    "progress": Words("Dated notes, oldest first; notes are only ever added."),
    "revisions": Words("Every move of the due date, oldest first; moves are only ever added."),
    "actions": Words("Steps, where one recommendation needs several."),
}
_EVIDENCE: Fields = {
    "title": Words("What it is."),
    "link": Words(
        "Where it is: a web address, or a path in the repository.",
        _LINKS,
        _LINK_FORM,
    ),
    "expires": Words(f"Until when it counts. {_DATE_FORMS}", _DATES),
}
_VERIFICATION: Fields = {
    "by": Words("Who checked it."),
    "on": Words(f"The day on which it was checked. {_DAY_FORM}"),
}
_PROGRESS_NOTE: Fields = {
    "on": Words(f"The day of the note. {_DAY_FORM}"),
    "by": Words("Who wrote it."),
    "note": Words(f"What has happened. {_TEXT_FORMS}"),
}
_REVISION: Fields = {
    "from": Words(f"The due date before the move. {_DATE_FORMS}", _DATES),
    "to": Words(f"The due date after the move. {_DATE_FORMS}", _DATES),
    "reason": Words(f"Why it was moved. {_TEXT_FORMS}"),
    "agreed_by": Words("Who agreed to it."),
    "on": Words(f"The day on which it was moved. {_DAY_FORM}"),
}
_ACTION: Fields = {
    "title": Words("What is to be done."),
    "owner": Words("The role that does it, as owners.yaml spells it."),
    "due": Words(f"When it is to be done. {_DATE_FORMS}", _DATES),
    "done": Words(f"The day on which it was done. {_DAY_FORM}"),
    "revisions": Words("Every move of its date, oldest first; entries are only ever added."),
}

_SETTINGS: Fields = {
    "title": Words("The report's title."),
    "organisation": Words("The landlord's name."),
    "audience": Words("Whom the report is for."),
    "source": Words("The report whose recommendations the plan answers."),
    "timezone": Words(
        "Where the plan lives, which decides what day it is: a name of the time zone database.",
    ),
    "due_soon_days": Words(
        "How many days ahead the report looks for what falls due, from 1 to 3650."
    ),
    "columns": Words("The columns of the report's table, from left to right; each field once."),
    "ratings": Words("How the ratings are shown."),
    "sections": Words("The chapters of the source report, in the order of the report."),
    "report": Words("How the Word report is set."),
    "lint": Words("How strictly the plan is checked."),
}
_SOURCE: Fields = {
    "title": Words("The title of the source report."),
    "publisher": Words("Who published it."),
    "published": Words(f"When it was published. {_DATE_FORMS}", _DATES),
    "link": Words(
        "Where it is: a web address, or a path in the repository.",
        _LINKS,
        _LINK_FORM,
    ),
}
_COLUMN: Fields = {
    "field": Words("What the column shows."),
    "label": Words("The words at the head of the column.", ("RAG rating", "Owner")),
    "width": Words("The column's width in millimetres of an A4 landscape page, from 8 to 400."),
}
_RATING_LABELS: Fields = {
    "green": Words("How green is shown."),
    "amber": Words("How amber is shown."),
    "red": Words("How red is shown."),
    "not-applicable": Words("How not-applicable is shown."),
}
_OPEN_RATING_LABEL: Fields = {
    "label": Words("The word that is printed for the rating."),
    "meaning": Words("What the rating means."),
}
_RATING_LABEL: Fields = {
    "date": Words("What the date column prints for the rating, which has no due date."),
}
_SECTION: Fields = {
    "id": Words(
        "The name by which a recommendation names its section: small letters, digits, hyphens.",
        ("governance-and-culture", "repairs"),
        _SLUG_FORM,
    ),
    "title": Words("The section's heading."),
    "narrative": Words(f"The source report's words about the section. {_TEXT_FORMS}"),
}
_REPORT_SETTINGS: Fields = {
    "layout": Words("One table, or one table a section."),
    "font_size": Words(
        "The size of the text in the tables in points, from 6 to 24 by halves; the template's "
        "if left out.",
        (10.5, 12),
    ),
    "latest_progress": Words("Whether the latest progress note is printed below the response."),
}
_LINT_SETTINGS: Fields = {
    "ignore": Words(
        "The codes whose findings do not count, or the beginnings of such codes.",
        form="Write a code such as KP303, or its beginning: KP6.",
    ),
    "progress_days": Words(
        "After how many days without a progress note an open item is remarked upon, "
        "from 1 to 3650.",
    ),
}

_OWNERS: Fields = {"owners": Words("The roles, each of them once.")}
_OWNER: Fields = {
    "role": Words("The role, as the recommendations spell it."),
    "name": Words("The name of the person who holds it."),
    "email": Words("The person's email address."),
    "handle": Words(
        'The person\'s name on the forge, in quotation marks: "@forge-name".',
        (),
        "A handle is a name on the forge, or an e-mail address: @name, @organisation/team.",
    ),
}

# The fields that each model defines itself; those of its parent stand with the parent.
WORDS: dict[type[PlanModel], Fields] = {
    Recommendation: _RECOMMENDATION,
    Evidence: _EVIDENCE,
    Verification: _VERIFICATION,
    ProgressNote: _PROGRESS_NOTE,
    Revision: _REVISION,
    Action: _ACTION,
    Settings: _SETTINGS,
    Source: _SOURCE,
    Column: _COLUMN,
    RatingLabels: _RATING_LABELS,
    OpenRatingLabel: _OPEN_RATING_LABEL,
    RatingLabel: _RATING_LABEL,
    Section: _SECTION,
    ReportSettings: _REPORT_SETTINGS,
    LintSettings: _LINT_SETTINGS,
    Owners: _OWNERS,
    Owner: _OWNER,
}

MEANINGS: dict[enum.StrEnum, str] = {
    Rating.GREEN: "Complete: the landlord complies.",
    Rating.AMBER: "In progress: work is planned or under way.",
    Rating.RED: "Not started, or in serious difficulty.",
    Rating.NOT_APPLICABLE: "Does not apply at present; the response says why.",
    Layout.TABLE: "One table for the whole plan.",
    Layout.SECTIONS: "One table a section, which screen readers follow better.",
    ColumnField.REF: "The recommendation's ref.",
    ColumnField.RECOMMENDATION: "Its title and detail.",
    ColumnField.RESPONSE: "The landlord's response.",
    ColumnField.RAG: "Its rating.",
    ColumnField.DUE: "Its due date, or the rating's text in place of one.",
    ColumnField.OWNERS: "The roles that own it.",
    ColumnField.COMPLETED: "The day on which it became green.",
    ColumnField.EVIDENCE: "What proves that it is green.",
    ColumnField.VERIFIED: "Who checked it, and when.",
    ColumnField.PROGRESS: "Its dated notes.",
    ColumnField.ACTIONS: "Its steps.",
}


def words_of(model: type[PlanModel]) -> Fields:
    """Return the words for every field of `model`, those of its parents included."""
    return {
        name: words
        for parent in reversed(model.__mro__)
        if issubclass(parent, PlanModel)
        for name, words in WORDS.get(parent, {}).items()
    }
