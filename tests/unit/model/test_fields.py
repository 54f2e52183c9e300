"""The fields' types: what each takes, what it makes of it, and pydantic's error for the rest."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from kimplan.model import fields
from kimplan.model.due import parse_due

ADAPTERS: dict[str, TypeAdapter[Any]] = {
    name: TypeAdapter(getattr(fields, name))
    for name in (
        "Ref", "Slug", "Line", "Title", "Prose", "Link", "DueDate", "Day", "Days",
        "Millimetres", "Points", "Switch", "TimeZone",
    )
}  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("Ref", "REC6", "REC6"),
        ("Ref", "r", "r"),
        ("Ref", "A-12", "A-12"),
        ("Ref", "Rec_1.2-b", "Rec_1.2-b"),
        ("Ref", "R" * 32, "R" * 32),
        ("Slug", "governance-and-culture", "governance-and-culture"),
        ("Slug", "1", "1"),
        ("Slug", "s" * 64, "s" * 64),
        ("Line", "x" * 300, "x" * 300),
        ("Title", "x" * 600, "x" * 600),
        ("Prose", "x" * 20_000, "x" * 20_000),
        ("Link", "https://example.org/a b", "https://example.org/a b"),
        ("Link", "x", "x"),
        ("Link", "x" * 2_000, "x" * 2_000),
        ("DueDate", "2024-07", parse_due("2024-07")),
        ("DueDate", " 2024-07/2024-08\n", parse_due("2024-07/2024-08")),
        ("Day", "2024-07-31", date(2024, 7, 31)),
        ("Day", " 2024-07-31 ", date(2024, 7, 31)),
        ("Days", "1", 1),
        ("Days", "3650", 3650),
        ("Days", "0090", 90),
        ("Millimetres", "8", 8),
        ("Millimetres", "400", 400),
        ("Points", "6", 6.0),
        ("Points", "10.5", 10.5),
        ("Points", "24.0", 24.0),
        ("Switch", "true", True),
        ("Switch", " false ", False),
        ("TimeZone", "Europe/London", "Europe/London"),
        ("TimeZone", "UTC", "UTC"),
    ],
)
def test_a_text_becomes_its_type(kind: str, text: str, value: object) -> None:
    found = ADAPTERS[kind].validate_python(text)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("kind", "value", "error"),
    [
        ("Ref", "", "string_too_short"),
        ("Ref", "R" * 33, "string_too_long"),
        ("Ref", "6-", "string_pattern_mismatch"),
        ("Ref", "REC 6", "string_pattern_mismatch"),
        ("Ref", "REC-", "string_pattern_mismatch"),
        ("Ref", "REC..6", "string_pattern_mismatch"),
        ("Ref", "../REC6", "string_pattern_mismatch"),
        ("Ref", "REC6\n", "string_pattern_mismatch"),
        ("Ref", "RÉC6", "string_pattern_mismatch"),
        ("Ref", "REC٦", "string_pattern_mismatch"),
        ("Slug", "Governance", "string_pattern_mismatch"),
        ("Slug", "a--b", "string_pattern_mismatch"),
        ("Slug", "a_b", "string_pattern_mismatch"),
        ("Slug", "s" * 65, "string_too_long"),
        ("Line", "x" * 301, "string_too_long"),
        ("Title", "x" * 601, "string_too_long"),
        ("Prose", "x" * 20_001, "string_too_long"),
        ("Prose", "", "string_too_short"),
        ("Prose", ["x"], "string_type"),
        ("Link", " https://example.org", "string_pattern_mismatch"),
        ("Link", "a\nb", "string_pattern_mismatch"),
        ("Link", "x" * 2_001, "string_too_long"),
        ("DueDate", "2024-13-45", "due"),
        ("DueDate", "٢٠٢٤-٠٧", "due"),
        ("DueDate", "86400", "due"),
        ("DueDate", "9" * 4_301, "due"),
        ("DueDate", "2024-07/2024-01", "backwards_interval"),
        ("DueDate", " \n", "string_too_short"),
        ("DueDate", {"a": "b"}, "string_type"),
        ("DueDate", date(2024, 7, 1), "string_type"),
        ("Day", "2024-07", "day"),
        ("Day", "2024-07-01/2024-07-02", "day"),
        ("Day", "0", "day"),
        ("Days", "0", "whole"),
        ("Days", "3651", "whole"),
        ("Days", "-1", "whole"),
        ("Days", "1.0", "whole"),
        ("Days", "1e3", "whole"),
        ("Days", "1_0", "whole"),
        ("Days", "9" * 4_301, "whole"),
        ("Days", "٩٠", "whole"),
        ("Days", 90, "string_type"),
        ("Millimetres", "7", "whole"),
        ("Millimetres", "401", "whole"),
        ("Points", "5.5", "points"),
        ("Points", "24.5", "points"),
        ("Points", "10.25", "points"),
        ("Points", "nan", "points"),
        ("Points", "inf", "points"),
        ("Points", "1e1", "points"),
        ("Points", "10,5", "points"),
        ("Switch", "yes", "switch"),
        ("Switch", "True", "switch"),
        ("Switch", "1", "switch"),
        ("Switch", True, "string_type"),
        ("TimeZone", "Europe/Lodnon", "timezone"),
        ("TimeZone", "../../etc/passwd", "timezone"),
        ("TimeZone", "/etc/passwd", "timezone"),
        ("TimeZone", "Europe", "timezone"),
        ("TimeZone", "Europe/London\x00", "timezone"),
        ("TimeZone", "x" * 5_000, "timezone"),
    ],
)
def test_anything_else_is_an_error_of_its_own_kind(kind: str, value: object, error: str) -> None:
    with pytest.raises(ValidationError) as refused:
        ADAPTERS[kind].validate_python(value)
    assert [found["type"] for found in refused.value.errors()] == [error]


@pytest.mark.parametrize("text", ["6", "6.5", "10.0", "24"])
def test_points_go_by_halves_from_6_to_24(text: str) -> None:
    assert fields.parse_points(text) == float(text)


@pytest.mark.parametrize("text", ["", "5", "25", "10.1", "٩", " 9", "9 ", "+9", "9pt"])
def test_other_sizes_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(text)}$"):
        fields.parse_points(text)
