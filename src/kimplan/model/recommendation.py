"""One recommendation: the Ombudsman's words, the landlord's response, and where it stands."""

from typing import Annotated

from pydantic import Field, ValidationInfo
from pydantic_core import PydanticCustomError

from kimplan.model.due import Due
from kimplan.model.fields import (
    Day,
    DueDate,
    Line,
    Link,
    PlanModel,
    PromisedDate,
    Prose,
    Read,
    Ref,
    Role,
    SectionId,
    Switch,
    Title,
)
from kimplan.model.rating import Rating, Scheme


def _read_rating(value: object, info: ValidationInfo) -> Rating:
    """Return the rating that a file's word stands for in the plan's scheme, the context."""
    if isinstance(value, Rating):
        return value
    if not isinstance(value, str):
        raise PydanticCustomError("string_type", "not text")
    scheme = info.context if isinstance(info.context, Scheme) else Scheme.RAG
    if rating := scheme.read(value):
        return rating
    context = {"expected": ", ".join(scheme.words)}
    kind = "other_scheme" if any(one.read(value) for one in Scheme) else "enum"
    raise PydanticCustomError(kind, "not a rating of the scheme", context)


class Evidence(PlanModel):
    """What proves that it is done: a web address or a path in the repository, which may expire."""

    title: Line = Field(description="What it is.")
    link: Link | None = Field(
        None, description="Where it is: a web address, or a path in the repository."
    )
    expires: DueDate | None = Field(None, description="Until when it counts.")


class Verification(PlanModel):
    """Who checked a completed recommendation, and when."""

    by: Line = Field(description="Who checked it.")
    on: Day = Field(description="The day on which it was checked.")


class ProgressNote(PlanModel, title="Progress note"):
    """A dated note; notes are only ever added."""

    on: Day = Field(description="The day of the note.")
    by: Line | None = Field(None, description="Who wrote it.")
    note: Prose = Field(description="What has happened.")


class Revision(PlanModel, title="Revision of the due date"):
    """One move of the due date; revisions are only ever added."""

    from_: PromisedDate = Field(alias="from", description="The due date before the move.")
    to: PromisedDate = Field(description="The due date after the move.")
    reason: Prose = Field(description="Why it was moved.")
    agreed_by: Line | None = Field(None, description="Who agreed to it.")
    on: Day = Field(description="The day on which it was moved.")


class Action(PlanModel):
    """A step of a recommendation that needs several."""

    title: Title = Field(description="What is to be done.")
    owner: Role | None = Field(None, description="The role that does it, as owners.yaml spells it.")
    due: PromisedDate | None = Field(None, description="When it is to be done.")
    done: Day | None = Field(None, description="The day on which it was done.")
    revisions: list[Revision] = Field(
        default_factory=list,
        description="Every move of its date, oldest first; entries are only ever added.",
    )

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.done is None

    @property
    def first_agreed(self) -> Due | None:
        """The date that was promised first: the first revision's `from`, or else `due`."""
        return _first(self.revisions, self.due)


class Recommendation(PlanModel):
    """One file of ``plan/recommendations/``; lists keep the order of the file.

    The order of its fields is the usual order of a file's keys.
    """

    ref: Ref = Field(
        description="The recommendation's name in minutes and reports, and its file's name "
        "without .yaml."
    )
    section: SectionId = Field(
        description="The id of a section of plan.yaml: the chapter that the recommendation "
        "stands in."
    )
    title: Title = Field(
        description="The recommendation's opening sentence, in the Ombudsman's words."
    )
    detail: Prose | None = Field(
        None, description="The rest of the recommendation, if there is more."
    )
    response: Prose = Field(description="The landlord's response; for not-applicable, the reason.")
    rag: Annotated[Rating, Read(_read_rating)] = Field(
        description="How far the landlord has come; blue is of the scheme brag alone."
    )
    due: PromisedDate | None = Field(
        None,
        description="The estimated completion date: required for amber and red, and for green in "
        "the scheme brag; what was promised stays when the recommendation closes.",
    )
    due_reason: Prose | None = Field(
        None, description="Why no date is agreed yet: required with `due: none agreed` only."
    )
    superseded_by: Ref | None = Field(
        None,
        description="The recommendation that took its place, for not-applicable only.",
    )
    owners: list[Role] = Field(
        default_factory=list,
        description="The roles that own it, as owners.yaml spells them; at least one for amber "
        "and red, and for green in the scheme brag.",
    )
    completed: Day | None = Field(None, description="The day on which it was completed.")
    evidence: list[Evidence] = Field(
        default_factory=list, description="What proves that it is complete."
    )
    verified: Verification | None = Field(
        None, description="Who checked the completed recommendation, and when."
    )
    progress: list[ProgressNote] = Field(
        default_factory=list,
        description="Dated notes, oldest first; notes are only ever added.",
    )
    revisions: list[Revision] = Field(
        default_factory=list,
        description="Every move of the due date, oldest first; moves are only ever added.",
    )
    actions: list[Action] = Field(
        default_factory=list, description="Steps, where one recommendation needs several."
    )
    fields: dict[str, Prose] = Field(
        default_factory=dict,
        description="The values of the plan's own fields, by the ids that plan.yaml declares.",
    )
    publish: Switch = Field(
        True,
        description="Whether it may stand in what is published; `false` keeps it inside.",
    )

    @property
    def first_agreed(self) -> Due | None:
        """The date that was promised first: the first revision's `from`, or else `due`.

        ``none agreed`` is no date: it is passed over.
        """
        return _first(self.revisions, self.due)

    @property
    def lacks_date(self) -> bool:
        """Whether it is open and says that no date is agreed yet."""
        return self.rag.is_open and self.due is not None and not self.due.is_agreed


def _first(revisions: list[Revision], due: Due | None) -> Due | None:
    known = [date for move in revisions for date in (move.from_, move.to)]
    return next((date for date in [*known, due] if date and date.is_agreed), None)
