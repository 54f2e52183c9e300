"""Labels that contradict their ratings (KP309)."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import lint_lines, make_settings, write_plan


@pytest.mark.parametrize(
    ("rating", "label", "says"),
    [
        ("amber", "GREEN", "green"),
        ("amber", "green - on track", "green"),
        ("amber", "Blue", "blue"),
        ("green", "Yellow", "amber"),
        ("green", "RED", "red"),
        ("red", "Amber", "amber"),
        ("red", "Not applicable", "not-applicable"),
        ("not-applicable", "GREEN", "green"),
        ("green", "COCH", "red"),
        ("amber", "Amber", ""),
        ("amber", "AMBER/RED", ""),
        ("amber", "Yellow", ""),
        ("amber", "Reduced", ""),
        ("green", "Evergreen done", ""),
        ("red", "Off track", ""),
        ("not-applicable", "N/A", ""),
    ],
)
def test_a_label_names_no_other_rating(tmp_path: Path, rating: str, label: str, says: str) -> None:
    ratings = {rating: {"label": label, "meaning": "What it means"}}
    said = lint_lines(write_plan(tmp_path, settings=make_settings(ratings=ratings)))
    found = f"warning KP309 the label of {rating}, '{label}', says {says}\n"
    assert (found in said) if says else ("KP309" not in said)


def test_a_label_in_the_language_of_the_plan(tmp_path: Path) -> None:
    ratings = {"scheme": "brag", "amber": {"label": "GWYRDD", "meaning": "Ar y gweill"}}
    settings = make_settings(language="cy", ratings=ratings)
    said = lint_lines(write_plan(tmp_path, settings=settings))
    assert "warning KP309 the label of amber, 'GWYRDD', says green\n" in said
