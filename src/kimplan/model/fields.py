"""The types of a plan's fields: every value arrives as a string and leaves as its type or an error.

An error is pydantic's, with a type of our own where pydantic has none; the loader gives each its
code and words. Each type says with its `Form` how it is written.
"""

import re
from collections.abc import Callable
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler, ValidationInfo
from pydantic_core import PydanticCustomError
from pydantic_core.core_schema import (
    CoreConfig,
    CoreSchema,
    enum_schema,
    no_info_plain_validator_function,
    str_schema,
    with_info_after_validator_function,
    with_info_before_validator_function,
    with_info_plain_validator_function,
)

from kimplan.model.core import core_schema_of
from kimplan.model.due import (
    BackwardsIntervalError,
    Due,
    NotADateError,
    parse_day,
    parse_due,
    parse_promise,
)
from kimplan.model.form import Form
from kimplan.model.language import Language, parse_language
from kimplan.model.refs import LONGEST, PATTERN
from kimplan.model.value_forms import (
    CODE_PREFIX,
    DAY,
    DAYS,
    DUE_DATE,
    HANDLE,
    LANGUAGE,
    LINE,
    LINK,
    MARK,
    MILLIMETRES,
    POINTS,
    PROMISE,
    PROSE,
    REF,
    ROLE,
    SLUG,
    SWITCH,
    TIME_ZONE,
)

_NOT_EVERYWHERE = frozenset(
    {"localtime", "Factory", "posixrules"}
)  # what each machine takes it for
_NO_LINE_END = re.compile(r"\A.+\Z")
_WHOLE = "[0-9]{1,4}"
_LONGEST_NAME = 600  # a section's title, written in place of its id
_POINTS = "[0-9]{1,2}(?:[.]5|[.]0)?"


_CONFIG = CoreConfig(
    extra_fields_behavior="forbid",
    strict=True,
    hide_input_in_errors=True,
    str_strip_whitespace=True,
)


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

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: Any, handler: GetCoreSchemaHandler, /
    ) -> CoreSchema:
        return core_schema_of(cls, _CONFIG, handler)


class _Text:
    """An annotation that sets the limits of a text."""

    def __init__(self, max_length: int, pattern: str | None = None, min_length: int = 1) -> None:
        self.max_length = max_length
        self.pattern = pattern
        self.min_length = min_length

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return str_schema(
            min_length=self.min_length, max_length=self.max_length, pattern=self.pattern
        )


class _OneLine(_Text):
    """The limits of a text that has no line end inside; with one pattern of all, made once."""

    def __init__(self, max_length: int) -> None:
        super().__init__(max_length, "^.+$")

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return str_schema(min_length=1, max_length=self.max_length, pattern=_NO_LINE_END)


class _NamedElsewhere(_Text):
    """The limits of the name of something that another file knows, as editors are to see them.

    A rule judges it, which knows the names and what was meant.
    """

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return str_schema(min_length=self.min_length, max_length=_LONGEST_NAME)


class _Parsed:
    """An annotation by which `parse` makes the value; its ValueError is reported as `kind`."""

    def __init__(self, kind: str, parse: Callable[[str], object]) -> None:
        self._kind = kind
        self._parse = parse

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return no_info_plain_validator_function(self._check)

    def _check(self, value: object) -> object:
        if not isinstance(value, str):
            raise PydanticCustomError("string_type", "not text")
        if not value.strip():
            raise PydanticCustomError("string_too_short", "empty")
        try:
            return self._parse(value.strip())
        except BackwardsIntervalError:
            raise PydanticCustomError("backwards_interval", "ends before it begins") from None
        except NotADateError:
            raise PydanticCustomError(self._kind, "not a date") from None
        except ValueError:
            raise PydanticCustomError(self._kind, "not a value of this kind") from None


def _whole(form: Form) -> _Parsed:
    def parse(text: str) -> int:
        if not re.fullmatch(_WHOLE, text) or not form.lowest <= int(text) <= form.highest:
            raise ValueError(text)
        return int(text)

    return _Parsed("whole", parse)


class Read:
    """An annotation by which `read` makes the value; it is told of the fields before its own."""

    def __init__(self, read: Callable[[Any, ValidationInfo], object]) -> None:
        self._read = read

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return with_info_plain_validator_function(self._read)


class ReadFirst(Read):
    """An annotation by which `read` makes of a value what is to be validated."""

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return with_info_before_validator_function(self._read, handler(source))


class ReadLast(Read):
    """An annotation by which `read` makes the value of what is valid, or finds it wrong."""

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return with_info_after_validator_function(self._read, handler(source))


class _AWord:
    """The annotation of a `Choice`, of which a file says a word."""

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return enum_schema(source, list(source), sub_type="str", strict=False)


def parse_points(text: str) -> float:
    """Return a size in points, from 6 to 24 by halves; raise ValueError for anything else."""
    if not re.fullmatch(_POINTS, text) or not POINTS.lowest <= float(text) <= POINTS.highest:
        raise ValueError(text)
    return float(text)


def _parse_switch(text: str) -> bool:
    if text not in {"true", "false"}:
        raise ValueError(text)
    return text == "true"


def _parse_timezone(text: str) -> str:
    from zoneinfo import ZoneInfo

    if text in _NOT_EVERYWHERE or text.startswith(("posix/", "right/")):
        raise ValueError(text)
    try:
        ZoneInfo(text)
    except (KeyError, ValueError, OSError):
        raise ValueError(text) from None
    return text


_NAME = "[A-Za-z0-9._-]*[A-Za-z0-9_-]"
_SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
Ref = Annotated[str, _Text(LONGEST, PATTERN), REF]
Slug = Annotated[str, _Text(64, _SLUG), SLUG]
SectionId = Annotated[str, _NamedElsewhere(64, _SLUG), SLUG]
Handle = Annotated[
    str,
    _Text(
        120,
        rf"^(@{_NAME}(/{_NAME})*|[^\s@#\\<>,;:\"()]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+)$",
    ),
    HANDLE,
]
CodePrefix = Annotated[str, _Text(5, r"^KP[0-9]{0,3}$"), CODE_PREFIX]
Line = Annotated[str, _Text(300), LINE]
OneLine = Annotated[str, _OneLine(300), LINE]  # of the settings and the registry
OneName = Annotated[str, _OneLine(300), ROLE]
Mark = Annotated[str, _Text(20, r"^.*$", min_length=0), MARK]
Role = Annotated[str, _Text(300), ROLE]
Title = Annotated[str, _Text(600), LINE]
Heading = Annotated[str, _OneLine(600), LINE]  # the same of the settings
Prose = Annotated[str, _Text(20_000), PROSE]
Link = Annotated[str, _Text(2_000, r"^\S(.*\S)?$"), LINK]
DueDate = Annotated[Due, _Parsed("due", parse_due), DUE_DATE]
PromisedDate = Annotated[Due, _Parsed("due", parse_promise), PROMISE]
Day = Annotated[date, _Parsed("day", parse_day), DAY]
Days = Annotated[int, _whole(DAYS), DAYS]
Millimetres = Annotated[int, _whole(MILLIMETRES), MILLIMETRES]
Points = Annotated[float, _Parsed("points", parse_points), POINTS]
Switch = Annotated[bool, _Parsed("switch", _parse_switch), SWITCH]
TimeZone = Annotated[str, _Parsed("timezone", _parse_timezone), TIME_ZONE]
LanguageTag = Annotated[Language, _Parsed("language", parse_language), LANGUAGE]
AWord = _AWord()
