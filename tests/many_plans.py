"""A great many plans below a folder, and what is true of them, told without kimplan."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import NamedTuple

from conftest import AS_OF, EVIDENCE, make_owners, make_record, make_settings, write_file
from six_plans import last_day

_ROLES = ("Head of Repairs", "Data Manager", "Company Secretary", 'Chief, and "more"')
_DUES = (
    "2023-11",
    "2024-03-31",
    "2024-05-31",
    "2024-05-30",
    "2024-06",
    "2024-12",
    "2023-12/2024-03",
)
_OF_A_KIND = 40  # plans of which each has the records of one that came before


class Open(NamedTuple):
    """What is still promised: of which plan and ref, what it is, its last day, and whose it is."""

    plan: str
    ref: str
    title: str
    last_day: date
    owners: tuple[str, ...]

    @property
    def days_late(self) -> int | None:
        late = (AS_OF - self.last_day).days
        return late if late > 0 else None


def write_many(folder: Path, number: int) -> list[Open]:
    """Write so many plans of three records each below `folder`, and return what is promised."""
    settings, owners = make_settings(), make_owners(*_ROLES)
    made = [_records(kind) for kind in range(_OF_A_KIND)]
    told: list[Open] = []
    for at in range(number):
        name = f"g{at // 100:02}/plan{at:04}"
        records = folder / name / "recommendations"
        records.mkdir(parents=True)
        write_file(folder / name / "plan.yaml", settings)
        write_file(folder / name / "owners.yaml", owners)
        texts, promised = made[at % _OF_A_KIND]
        for ref, text in texts.items():
            write_file(records / f"{ref}.yaml", text)
        told += [one._replace(plan=name) for one in promised]
    return told


def _records(kind: int) -> tuple[dict[str, str], list[Open]]:
    texts, promised = {}, []
    for number in range(1, 4):
        seed = kind * 3 + number
        ref, title = f"REC{number}", f"Keep register {kind} of kind {number}."
        rag = ("amber", "red", "green", "amber", "not-applicable")[seed % 5]
        due, step_due = _DUES[seed % 7], _DUES[(seed + 3) % 7]
        own = tuple(dict.fromkeys((_ROLES[seed % 4], _ROLES[seed // 2 % 4])))
        step = {"title": f"Step of {ref}", "due": step_due}
        if seed % 2:
            step["owner"] = _ROLES[(seed + 1) % 4]
        is_open = rag in {"amber", "red"}
        if not is_open:
            step["done"] = "2024-01-10"
        green = {"evidence": EVIDENCE, "completed": "2024-01-15"} if rag == "green" else {}
        texts[ref] = make_record(
            ref=ref, title=title, rag=rag, due=due, owners=list(own), actions=[step], **green
        )
        if is_open:
            theirs = (step["owner"],) if "owner" in step else own
            promised.append(Open("", ref, title, _last(due), own))
            promised.append(Open("", ref, step["title"], _last(step_due), theirs))
    return texts, promised


def _last(due: str) -> date:
    return last_day(due.rsplit("/", maxsplit=1)[-1])


def overdue_by_plan(told: list[Open]) -> list[tuple[str, int, int]]:
    """Return each plan that has something overdue, how much, and the most days."""
    late = [(one.plan, one.days_late) for one in told if one.days_late]
    counted = Counter(plan for plan, _ in late)
    most: dict[str, int] = {}
    for plan, days in late:
        most[plan] = max(most.get(plan, 0), days or 0)
    found = [(plan, number, most[plan]) for plan, number in counted.items()]
    return sorted(found, key=lambda one: (-one[1], one[0]))


def oldest(told: list[Open]) -> list[tuple[str, str, str, date, int | None]]:
    """Return the ten promises whose last day is the earliest."""
    found = [(one.plan, one.ref, one.title, one.last_day, one.days_late) for one in told]
    return sorted(found, key=lambda one: (one[3], one[0], one[1], one[2]))[:10]


def open_by_owner(told: list[Open]) -> list[tuple[str, int, int]]:
    """Return each owner, what it has promised over all plans, and how much of that is late."""
    all_, late = Counter[str](), Counter[str]()
    for one in told:
        all_.update(one.owners)
        if one.days_late:
            late.update(one.owners)
    found = [(owner, number, late[owner]) for owner, number in all_.items()]
    return sorted(found, key=lambda one: (-one[1], one[0]))
