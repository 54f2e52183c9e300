"""Recorded events of forms, and the plan that they are about."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from conftest import EVIDENCE, REPOSITORY, make_record, small_records, to_yaml, write_plan

from kimplan.forms.questions import QUESTIONS

EVENTS = REPOSITORY / "tests" / "data" / "forms"
NAMES = sorted(file.stem for file in EVENTS.glob("*.json"))
OWNERS = to_yaml(
    {
        "owners": [
            {"role": "Company Secretary"},
            {"role": "Head of Repairs", "handle": "@Example-Owner"},
            {"role": "Data Manager"},
        ]
    }
)


def event(name: str) -> Path:
    """Return the file of the recorded event `name`."""
    return EVENTS / f"{name}.json"


def write_forms_plan(folder: Path) -> Path:
    """Write the plan that the events are about to ``folder/plan``, and return that folder.

    REC4 is verified, REC5 has no owner, and neither REC5 nor REC6 a date.
    """
    verified = {"by": "Company Secretary", "on": "2024-03-01"}
    closed = {"ref": "REC4", "rag": "green", "due": "2024-02", "completed": "2024-02-10"}
    records = small_records() | {
        "REC4": make_record(**closed, evidence=EVIDENCE, verified=verified),
        "REC5": make_record(ref="REC5", rag="not-applicable", due=None, owners=None),
        "REC6": make_record(ref="REC6", rag="not-applicable", due=None),
    }
    return write_plan(folder, records=records, owners=OWNERS)


def body(answers: Mapping[str, str], end: str = "\n") -> str:
    """Return the text of the issue that GitHub makes of answers by their keys."""
    given = {"rag": "No change", **answers}
    return (end * 2).join(
        f"### {label}{end}{end}{given.get(key, '_No response_')}"
        for key, label in QUESTIONS.items()
    )
