"""Six plans of one group company, and what is true of them, told without kimplan."""

from __future__ import annotations

import calendar
import json
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from conftest import AS_OF, EVIDENCE, ROLES, make_owners, make_record, make_settings, write_plan

NAMES = ("anchor", "birch", "cedar", "dale/homes", "dale/repairs", "elm")
_DUES = ("2024-01", "2024-03-31", "2024-05", "2024-05-31", "2024-06", "2024-07-31", "2024-12")
_RATINGS = ("green", "amber", "red", "not-applicable")


class Truth(NamedTuple):
    """A record as it was written: of which plan, and what it says."""

    plan: str
    ref: str
    rag: str
    due: str
    owners: tuple[str, ...]
    actions: tuple[tuple[str, str, bool], ...]  # owner, due, whether it is done

    @property
    def is_open(self) -> bool:
        return self.rag in {"amber", "red"}


def last_day(due: str) -> date:
    parts = [int(part) for part in due.split("-")]
    if len(parts) == 3:
        return date(*parts)
    return date(parts[0], parts[1], calendar.monthrange(parts[0], parts[1])[1])


def is_late(due: str, as_of: date = AS_OF) -> bool:
    return last_day(due) < as_of


def write_six(folder: Path) -> list[Truth]:
    """Write the six plans below `folder`, each at ``NAME/plan``, and return every record."""
    told = []
    for at, name in enumerate(NAMES):
        records, owners = {}, ROLES[: 2 + at % 2]
        for number in range(1, 4 + at):
            seed = at * 7 + number * 3
            rag, due = _RATINGS[seed % 4], _DUES[seed % 7]
            own = tuple(dict.fromkeys((owners[seed % len(owners)], owners[number % len(owners)])))
            actions: tuple[tuple[str, str, bool], ...] = ()
            if at % 2:
                actions = ((owners[0], _DUES[number % 7], number % 3 == 0),)
            if rag in {"green", "not-applicable"}:
                actions = tuple((owner, when, True) for owner, when, _ in actions)
            fact = Truth(name, f"REC{number}", rag, due, own, actions)
            told.append(fact)
            records[fact.ref] = _record(fact)
        (folder / name).mkdir(parents=True)
        settings = make_settings(organisation=f"{name} group", due_soon_days=90)
        write_plan(folder / name, records=records, settings=settings, owners=make_owners(*owners))
    return told


def _record(fact: Truth) -> str:
    fields: dict[str, Any] = {
        "ref": fact.ref, "rag": fact.rag, "due": fact.due, "owners": list(fact.owners),
        "section": "governance" if fact.ref in {"REC1", "REC2"} else "repairs",
        "title": f"Keep the {fact.plan} register {fact.ref}.",
    }  # fmt: skip
    if fact.rag == "green":
        fields |= {"evidence": EVIDENCE, "completed": "2024-01-15"}
    if fact.actions:
        fields["actions"] = [
            {"title": f"Do step {number}", "owner": owner, "due": due,
             "done": "2024-01-10" if done else None}
            for number, (owner, due, done) in enumerate(fact.actions, 1)
        ]  # fmt: skip
        fields["actions"] = [
            {key: value for key, value in action.items() if value is not None}
            for action in fields["actions"]
        ]
    return make_record(**fields)


def data_of(text: str) -> dict[str, Any]:
    """Return the object that an answer as JSON is."""
    found = json.loads(text)
    assert isinstance(found, dict)
    return found
