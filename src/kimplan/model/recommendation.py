"""One recommendation: the Ombudsman's words, the landlord's response, and where it stands."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from kimplan.model.due import Due
from kimplan.model.fields import (
    Day,
    DueDate,
    Lax,
    Line,
    Link,
    PlanModel,
    Prose,
    Ref,
    Slug,
    Title,
)
from kimplan.model.rating import Rating


class Evidence(PlanModel):
    """What proves a green: a web address or a path in the repository, which may expire."""

    title: Line
    link: Link | None = None
    expires: DueDate | None = None


class Verification(PlanModel):
    """Who checked a completed recommendation, and when."""

    by: Line
    on: Day


class ProgressNote(PlanModel):
    """A dated note; notes are only ever added."""

    on: Day
    by: Line | None = None
    note: Prose


class Revision(PlanModel):
    """One move of the due date; revisions are only ever added."""

    from_: Annotated[DueDate, Field(alias="from")]
    to: DueDate
    reason: Prose
    agreed_by: Line | None = None
    on: Day


class Action(PlanModel):
    """A step of a recommendation that needs several."""

    title: Title
    owner: Line | None = None
    due: DueDate | None = None
    done: Day | None = None
    revisions: list[Revision] = Field(default_factory=list)

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.done is None

    @property
    def first_agreed(self) -> Due | None:
        """The date that was promised first: the first revision's `from`, or else `due`."""
        return self.revisions[0].from_ if self.revisions else self.due


class Recommendation(PlanModel):
    """One file of ``plan/recommendations/``; lists keep the order of the file."""

    ref: Ref
    section: Slug
    title: Title
    detail: Prose | None = None
    response: Prose
    rag: Annotated[Rating, Lax]
    due: DueDate | None = None
    owners: list[Line] = Field(default_factory=list)
    completed: Day | None = None
    evidence: list[Evidence] = Field(default_factory=list)
    verified: Verification | None = None
    progress: list[ProgressNote] = Field(default_factory=list)
    revisions: list[Revision] = Field(default_factory=list)
    actions: list[Action] = Field(default_factory=list)

    @property
    def first_agreed(self) -> Due | None:
        """The date that was promised first: the first revision's `from`, or else `due`."""
        return self.revisions[0].from_ if self.revisions else self.due
