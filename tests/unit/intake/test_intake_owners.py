"""Joint owners: apart only where they surely are several."""

from __future__ import annotations

import pytest

from kimplan.intake.owners import is_no_owner, is_nobody, known_alone, read_owners

ALONE = known_alone(["Communications Manager", "Data Manager", "A / B", "One and Two"])


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("Governance Manager and Company Secretary",) * 2,
        ("Assistant Director Business, Improvements and Change",) * 2,
        ("Health/Safety Manager",) * 2,
        ("Communications Manager and Data Manager", "Communications Manager|Data Manager"),
        ("Communications Manager, Data Manager", "Communications Manager|Data Manager"),
        (
            "Business Systems Manager/Assistant Director People and Safety",
            "Business Systems Manager|Assistant Director People and Safety",
        ),
        ("Head of Repairs; Head of Homes", "Head of Repairs|Head of Homes"),
        ("Head of Repairs\nHead of Homes", "Head of Repairs|Head of Homes"),
        ("Data Manager\nData Manager", "Data Manager"),
    ],
)
def test_roles(text: str, roles: str) -> None:
    assert read_owners(text, ALONE) == tuple(roles.split("|"))


@pytest.mark.parametrize("text", ["", "-", "N/A", "TBC", "none"])
def test_nobody(text: str) -> None:
    assert is_nobody(text)


@pytest.mark.parametrize("text", ["TBC", "All staff", "as above", "me"])
def test_what_lint_would_refuse_is_no_owner(text: str) -> None:
    assert is_no_owner(text)
    assert not is_no_owner("Head of Repairs")


def test_an_error_of_a_sheet_is_no_role() -> None:
    assert read_owners("#N/A", frozenset()) == ()
    assert read_owners("#NAME?", frozenset()) == ()
