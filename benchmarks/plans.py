"""Plans of any size, the same on every machine, with records of about 1.2 KB."""

from __future__ import annotations

import argparse
from pathlib import Path

_SECTIONS = 5
_ROLES = ("Company Secretary", "Communications Manager", "Business Systems Manager")
_RATINGS = ("green", "amber", "amber", "red", "not-applicable")
_SENTENCES = (
    "We review the data that this recommendation concerns in quarterly governance meetings.",
    "All internal alerts are shared with the lead and scrutinised – the panel sees each of them.",
    "An annual report is provided to the Executive Team and to the Board, with its evidence.",
    "Customers are consulted on these priorities, and enabling advisors provide further input.",
    "The system’s rules result in an alert, which is sent to the team that can correct the entry.",
)


def write_plan(folder: Path, size: int) -> None:
    """Write a plan of `size` recommendations into the new folder `folder`."""
    records = folder / "recommendations"
    records.mkdir(parents=True)
    sections = "".join(
        f"  - id: section-{n}\n    title: Section {n}\n    narrative: {_SENTENCES[0]}\n"
        for n in range(1, _SECTIONS + 1)
    )
    settings = f"title: A generated plan\norganisation: An organisation\nsections:\n{sections}"
    (folder / "plan.yaml").write_text(settings, encoding="utf-8")
    roles = "".join(f"  - role: {role}\n" for role in _ROLES)
    (folder / "owners.yaml").write_text(f"owners:\n{roles}", encoding="utf-8")
    for number in range(1, size + 1):
        (records / f"REC{number}.yaml").write_text(_record(number), encoding="utf-8")


def _record(number: int) -> str:
    rating = _RATINGS[number % len(_RATINGS)]
    is_open = rating in {"amber", "red"}
    due = f"due: {2023 + number % 3}-{number % 12 + 1:02}\n" if is_open else ""
    role = _ROLES[number % len(_ROLES)]
    owners = f"owners:\n  - {role}\n" if is_open else ""
    lines = "\n".join(f"  {_SENTENCES[(number + n) % 5]}" for n in range(4))
    bullets = "\n".join(f"  - {_SENTENCES[(number + n) % 5]}" for n in range(5))
    return (
        f"ref: REC{number}\nsection: section-{number % _SECTIONS + 1}\n"
        f"title: Recommendation number {number} of this plan.\n"
        f"detail: |\n  {_SENTENCES[number % 5]}\n  {_SENTENCES[(number + 1) % 5]}\n"
        f"response: |\n{lines}\n\n{bullets}\nrag: {rating}\n{due}{owners}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("size", type=int)
    arguments = parser.parse_args()
    write_plan(arguments.folder, arguments.size)


if __name__ == "__main__":
    main()
