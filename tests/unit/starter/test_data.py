"""What is brought for KIM is what the shipped plan says, up to its answers."""

from __future__ import annotations

from conftest import REPOSITORY, SHIPPED_PLAN, Golden

from kimplan.starter.data import KIM, read_kim

RECORDS = sorted((SHIPPED_PLAN / "recommendations").glob("*.yaml"))


def test_the_records_begin_as_those_of_the_shipped_plan(golden: Golden) -> None:
    """``pytest tests/unit/starter/test_data.py --update-golden`` writes them anew."""
    assert len(RECORDS) == 21
    for file in RECORDS:
        text = file.read_text(encoding="utf-8")
        golden(KIM / file.name, text[: text.index("response:")])
    assert {file.name for file in KIM.glob("REC*.yaml")} == {file.name for file in RECORDS}


def test_the_sections_and_the_source_are_those_of_the_shipped_plan(golden: Golden) -> None:
    text = (SHIPPED_PLAN / "plan.yaml").read_text(encoding="utf-8")
    start = text.index("source:\n")
    golden(KIM / "source.yaml", text[start : text.index("\n\n", start) + 1])
    golden(KIM / "sections.yaml", text[text.index("sections:\n") :])


def test_they_are_read_in_the_order_of_their_numbers() -> None:
    assert [*read_kim()] == [f"REC{number}" for number in range(1, 22)]


def test_the_editor_s_settings_are_those_of_this_repository() -> None:
    files = REPOSITORY / "src" / "kimplan" / "starter" / "files"
    for name in ("settings.json", "extensions.json"):
        assert (files / name).read_bytes() == (REPOSITORY / ".vscode" / name).read_bytes()
