"""The files of a new plan: its settings, its owners and its first recommendations."""

from __future__ import annotations

from collections.abc import Iterator

from kimplan.edits.new_record import PLACEHOLDER
from kimplan.errors import KimplanError
from kimplan.starter.data import read_kim, read_kim_settings, read_text
from kimplan.starter.start import Content, Start
from kimplan.writing import scalar
from kimplan.writing.parsed_text import CannotEditError

FIRST_ROLE = "Company Secretary"  # owns everything until somebody else is named


def plan_files(start: Start) -> Iterator[tuple[str, str]]:
    """Yield the path from the repository's folder and the text of each file of the plan.

    Raises KimplanError for a text that cannot be written as YAML.
    """
    yield "plan/plan.yaml", _settings(start)
    yield "plan/owners.yaml", read_text("owners.yaml")
    for ref, text in _records(start.content):
        yield f"plan/recommendations/{ref}.yaml", text


def _settings(start: Start) -> str:
    source, sections = _sections(start.content)
    said = {
        "title": start.title,
        "organisation": start.organisation,
        "audience": start.audience,
        "timezone": start.timezone,
    }
    try:
        own = {name: f"{name}: {scalar.inline(text)}\n" for name, text in said.items()}
    except CannotEditError:
        message = "one of the texts cannot be written so that it is read again as it is"
        raise KimplanError(message, "Use simpler words; plan/plan.yaml can be changed.") from None
    head = own["title"] + own["organisation"] + own["audience"]
    text = read_text("plan.yaml")
    for name, part in {
        "head": head, "source": source, "timezone": own["timezone"], "sections": sections
    }.items():  # fmt: skip
        text = text.replace(f"# {{{name}}}\n", part, 1)
    return text


def _sections(content: Content) -> tuple[str, str]:
    if content is Content.KIM:
        return read_kim_settings()
    return read_text("source.yaml"), read_text("sections.yaml")


def _records(content: Content) -> Iterator[tuple[str, str]]:
    if content is Content.EXAMPLE:
        yield "REC1", read_text("example.yaml")
    if content is Content.KIM:
        rest = "\n".join(_unanswered()) + "\n"
        for ref, text in read_kim().items():
            yield ref, text + rest


def _unanswered() -> Iterator[str]:
    """Yield the lines of a record that nobody has answered yet, with nothing invented."""
    yield from ("response: |", f"  {PLACEHOLDER}: write the response.", "rag: red")
    yield "due: none agreed"
    yield "due_reason: The response is still to be written."
    yield from ("owners:", f"  - {FIRST_ROLE}")
