"""What tests of exported workbooks share: the way out and back, and what two plans say."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from conftest import AS_OF

from kimplan.answers.group import alone
from kimplan.exchange.read import read_sheets
from kimplan.export.workbook import write_workbook
from kimplan.intake.run import Prepared, Request, prepare_new
from kimplan.linter import load_folder
from kimplan.loader import PlanFolder
from kimplan.loader.files import MemoryFiles
from kimplan.model.fields import PlanModel
from kimplan.model.plan import Plan
from kimplan.model.prose import Block, parse_prose


def write(plan: Plan, folder: Path, as_of: date = AS_OF) -> Path:
    """Write the plan's workbook into `folder`, and return the file."""
    path = folder / "plan.xlsx"
    path.write_bytes(write_workbook(alone(plan), as_of).data)
    return path


def imported(path: Path) -> Prepared:
    """Return what an import of the file into a new plan would write."""
    return prepare_new(read_sheets(path), Request(), {})


def plan_of(prepared: Prepared) -> Plan:
    """Return the plan that an import would write."""
    files = {name: text.encode() for name, text in prepared.files.items()}
    plan = load_folder(PlanFolder(Path("plan"), MemoryFiles(files)), partial=True).plan
    assert plan is not None
    return plan


def said(value: Any) -> Any:
    """Return a plan as what it says: how its texts are wrapped does not count."""
    if isinstance(value, Plan):
        return [said(part) for part in value]
    if isinstance(value, PlanModel):
        return {name: said(getattr(value, name)) for name in type(value).model_fields}
    if type(value) is str:
        return tuple(map(_joined, parse_prose(value)))
    if isinstance(value, (list, tuple)) and not hasattr(value, "_fields"):
        return [said(one) for one in value]
    if isinstance(value, dict):
        return {name: said(one) for name, one in value.items()}
    return value


def _joined(block: Block) -> Block:
    spans = (span._replace(text=" ".join(span.text.split(" "))) for span in block.spans)
    return block._replace(spans=tuple(spans))
