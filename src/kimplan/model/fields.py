"""The types of a plan's fields: every value arrives as a string and leaves as its type or an error.

An error is pydantic's, with a type of our own where pydantic has none; the loader gives each its
code and words.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, PlainValidator
from pydantic_core import PydanticCustomError

from kimplan.model.due import BackwardsIntervalError, Due, NotADateError, parse_day, parse_due

_T = TypeVar("_T")
_WHOLE = re.compile("[0-9]{1,4}")
_POINTS = re.compile("[0-9]{1,2}(?:[.]5|[.]0)?")


class PlanModel(BaseModel):
    """What every part of a plan is: frozen, strict, and without keys that nobody reads."""

    model_config = ConfigDict(
        extra="forbid",
        strict=True,
        frozen=True,
        hide_input_in_errors=True,
        str_strip_whitespace=True,
        defer_build=True,
    )


def _text(limit: int, pattern: str | None = None) -> Any:
    return Field(min_length=1, max_length=limit, pattern=pattern)


def _validator(kind: str, parse: Callable[[str], _T]) -> PlainValidator:
    """Return a validator that gives `parse` a string and reports its ValueError as `kind`."""

    def check(value: object) -> _T:
        if not isinstance(value, str):
            raise PydanticCustomError("string_type", "not text")
        if not value.strip():
            raise PydanticCustomError("string_too_short", "empty")
        try:
            return parse(value.strip())
        except BackwardsIntervalError:
            raise PydanticCustomError("backwards_interval", "ends before it begins") from None
        except NotADateError:
            raise PydanticCustomError(kind, "not a date") from None
        except ValueError:
            raise PydanticCustomError(kind, "not a value of this kind") from None

    return PlainValidator(check)


def _whole(lowest: int, highest: int) -> PlainValidator:
    def parse(text: str) -> int:
        if not _WHOLE.fullmatch(text) or not lowest <= int(text) <= highest:
            raise ValueError(text)
        return int(text)

    return _validator(f"whole_{lowest}_{highest}", parse)


def parse_points(text: str) -> float:
    """Return a size in points, from 6 to 24 by halves; raise ValueError for anything else."""
    if not _POINTS.fullmatch(text) or not 6 <= float(text) <= 24:
        raise ValueError(text)
    return float(text)


def _parse_switch(text: str) -> bool:
    if text not in {"true", "false"}:
        raise ValueError(text)
    return text == "true"


def _parse_timezone(text: str) -> str:
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(text)
    except (KeyError, ValueError, OSError):
        raise ValueError(text) from None
    return text


Ref = Annotated[str, _text(32, r"^[A-Za-z][A-Za-z0-9]*([._-][A-Za-z0-9]+)*$")]
Slug = Annotated[str, _text(64, r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Handle = Annotated[
    str, _text(120, r"^(@[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*|[^\s@#\\]+@[A-Za-z0-9.-]+)$")
]
CodePrefix = Annotated[str, _text(5, r"^KP[0-9]{0,3}$")]
Line = Annotated[str, _text(300)]
Title = Annotated[str, _text(600)]
Prose = Annotated[str, _text(20_000)]
Link = Annotated[str, _text(2_000, r"^\S(.*\S)?$")]
DueDate = Annotated[Due, _validator("due", parse_due)]
Day = Annotated[date, _validator("day", parse_day)]
Days = Annotated[int, _whole(1, 3650)]
Millimetres = Annotated[int, _whole(8, 400)]
Points = Annotated[float, _validator("points", parse_points)]
Switch = Annotated[bool, _validator("switch", _parse_switch)]
TimeZone = Annotated[str, _validator("timezone", _parse_timezone)]
Lax = Field(strict=False)
