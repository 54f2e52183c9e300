"""Real and awkward files through the real command, held cell by cell against what is expected.

Each file stands beside its ``.json``: the sections and records, what nobody can
know (``"?"``), and what must be said.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from conftest import Ran, run_cli

from kimplan.model.prose import Block, parse_prose
from kimplan.source import parse

EXAMPLES = Path(__file__).parent
FILES = sorted(EXAMPLES.glob("*.json"))


def imported(name: str, folder: Path) -> Ran:
    """Import the example as whoever decides later does, into the new plan ``folder/plan``."""
    return run_cli(["import", str(EXAMPLES / name), "--leave-open", "--plan", "new"], folder)


def read(path: Path) -> dict[str, Any]:
    value = parse(path.read_text(encoding="utf-8")).value
    assert isinstance(value, dict), path
    return value


def shape(block: Block) -> dict[str, Any]:
    if block.is_item:
        return {"b": block.words, "level": block.level}
    return {"p": block.text}


def fault(expected: Any, found: Any) -> str:
    """Return what a field holds if that is not what is expected, or nothing."""
    return "" if is_expected(expected, found) else f"{found!r}"


def is_expected(expected: Any, found: Any) -> bool:
    if expected == "?" or expected is None:
        return not found
    blocks = parse_prose(found) if isinstance(found, str) else ()
    if isinstance(expected, list) and all(isinstance(one, dict) for one in expected):
        return [shape(one) for one in blocks] == expected
    if not isinstance(expected, dict):
        return bool(([] if found is None else found) == expected)
    if "accept" in expected:
        return any(is_expected(one, found) for one in expected["accept"])
    if "contains" in expected:
        return expected["contains"] in json.dumps(found, ensure_ascii=False)
    said = " ".join(block.text for block in blocks)
    return "any" in expected or said.split() == expected["text"].split()


def faults(example: dict[str, Any], plan: Path) -> list[str]:
    settings = read(plan / "plan.yaml")
    titles = {one["id"]: one["title"] for one in settings["sections"]}
    wrong = []
    if example["sections"]:
        expected = [(one["title"], one["narrative"]) for one in example["sections"]]
        found = [
            (one["title"], [block.text for block in parse_prose(one.get("narrative", ""))])
            for one in settings["sections"]
        ]
        if found != expected:
            wrong.append(f"sections: {found}")
    refs = {path.stem for path in (plan / "recommendations").iterdir()}
    if refs != {one["ref"] for one in example["records"]}:
        wrong.append(f"refs: {sorted(refs)}")
    for record in example["records"]:
        value = read(plan / "recommendations" / f"{record['ref']}.yaml")
        value["section"] = titles[value["section"]]
        for field, expected in record.items():
            if said := fault(expected, value.get(field)):
                wrong.append(f"{record['ref']}/{field}: {said}, not {expected}")
    return wrong


def said(one: dict[str, Any], output: str) -> bool:
    """Return whether one line says the kind, the value, the record and the offers."""
    ref = one["where"].partition("/")[0]
    needed = [one["what"], one["value"], ref, *one["offers"]]
    return any(all(word in line for word in needed) for line in output.splitlines())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name.split("-")[0])
def test_an_example_becomes_the_plan_that_is_expected(path: Path, tmp_path: Path) -> None:
    example = json.loads(path.read_text(encoding="utf-8"))
    done = imported(path.name.removesuffix(".json"), tmp_path)
    output, plan = done.stdout + done.stderr, tmp_path / "new"
    if example["outcome"] == "import-or-refuse" and done.code == 2:
        assert not plan.exists()
        assert re.fullmatch(r"kimplan: .+\n(  hint: .+\n)?", done.stderr)
        return
    assert done.code == 0, output
    assert faults(example, plan) == []
    silent = [one for one in (*example["ask"], *example.get("shown", ())) if not said(one, output)]
    assert silent == []
    text = "".join(file.read_text(encoding="utf-8") for file in plan.rglob("*.yaml"))
    assert [word for word in example["must"] if word not in text] == []
    assert [word for word in example["must_not"] if word in text] == []
    assert [word for word in example.get("must_said", ()) if word not in text + output] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name.split("-")[0])
def test_nothing_is_written_while_there_are_questions(path: Path, tmp_path: Path) -> None:
    example = json.loads(path.read_text(encoding="utf-8"))
    source = EXAMPLES / path.name.removesuffix(".json")
    done = run_cli(["import", str(source), "--plan", "new"], tmp_path)
    is_unclear = any(one["what"] == "date-unclear" for one in example["ask"])
    if is_unclear:
        assert done.code == 1
    assert (tmp_path / "new").exists() == (done.code == 0)
