"""The fields that a plan declares for itself: what each holds, and how its values are shown."""

from collections.abc import Sequence
from typing import Annotated

from pydantic import Field

from kimplan.model.due import MONTHS, NotADateError, parse_due, show_due
from kimplan.model.fields import AWord, OneLine, OneName, PlanModel, Slug, Switch
from kimplan.model.own_type import OwnType


class OwnField(PlanModel, title="Own field"):
    """A field that the records of one plan have beside those that all plans have."""

    id: Slug = Field(
        description="The name by which a record and a column name the field: small letters, "
        "digits, hyphens. It is none of a record's own keys."
    )
    label: OneLine = Field(
        description="What the field is called where people read it; no other has the same.",
        examples=["Priority", "Board committee"],
    )
    type: Annotated[OwnType, AWord] = Field(OwnType.LINE, description="What it holds.")
    choices: list[OneName] = Field(
        default_factory=list, description="The words to choose from, for a `choice` only."
    )
    required: Switch = Field(False, description="Whether every recommendation must have it.")
    publish: Switch = Field(
        True, description="Whether it may stand in what is published; `false` keeps it inside."
    )

    def show(self, text: str, months: Sequence[str] = MONTHS) -> str:
        """Return a value as people read it: a date in full, anything else as it is written."""
        if self.type is not OwnType.DATE:
            return text
        try:
            return show_due(parse_due(text), months)
        except NotADateError:
            return text
