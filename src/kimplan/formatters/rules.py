"""The documentation of the rules, for a terminal, for docs/rules.md and for programs."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from itertools import groupby

from kimplan.formatters.diagnostics_json import FORMAT_VERSION, to_json
from kimplan.formatters.width import wrap
from kimplan.rules import ChangeRule, ClockRule, Rule

_FAMILIES = {
    "KP0": "Files and YAML",
    "KP1": "Fields",
    "KP2": "Dates",
    "KP3": "Ratings and evidence",
    "KP4": "Owners",
    "KP5": "The plan as a whole",
    "KP6": "Wording",
    "KP7": "The clock",
    "KP8": "Change control",
}
_PREFACE = """\
# What the codes mean

`kimplan lint` and `kimplan check` give each finding a code; `kimplan rule CODE` prints what stands
here. An *error* means that a board should not be shown this, a *warning* is probably a mistake, an
*info* is worth knowing. This page is generated from the rules; to change it, change their
docstrings and run `kimplan rule --format markdown > docs/rules.md`.

A code can be ignored for one value by a comment behind it (or on the line above it), for a file by
`ignore-file`, and for the whole plan in plan.yaml. A comment must say why:

```yaml
rag: green  # kimplan: ignore KP303 - a change of practice, minuted by the Board
# kimplan: ignore-file KP6 - quoted from the tenants' panel
```

```yaml
lint:
  ignore:
    - KP405
```
"""


def format_text(rules: Iterable[type[Rule]]) -> str:
    """Return all about each of the rules, in lines of at most 80 characters where that can be."""
    return "\n".join("".join(f"{line}\n" for line in _lines(rule)) for rule in rules)


def format_titles(rules: Iterable[type[Rule]]) -> str:
    """Return a line for each rule."""
    lines = []
    for family, members in groupby(rules, key=lambda rule: rule.code[:3]):
        lines += [f"{family}  {_FAMILIES[family]}"]
        for rule in members:
            first, *rest = wrap(rule.title(), 80 - 16)
            lines.append(f"  {rule.code} {rule.severity:<8}{first}")
            lines += [f"{'':<16}{line}" for line in rest]
    return "".join(f"{line}\n" for line in lines)


def format_page(rules: Iterable[type[Rule]]) -> str:
    """Return the page docs/rules.md."""
    return f"{_PREFACE}\n{format_markdown(rules)}"


def format_markdown(rules: Iterable[type[Rule]]) -> str:
    """Return what is to be known about each of the rules."""
    parts = []
    for family, members in groupby(rules, key=lambda rule: rule.code[:3]):
        parts.append(f"## {family}: {_FAMILIES[family]}\n")
        for rule in members:
            about = f"*{rule.severity}*{_when(rule)}{'' if rule.can_be_ignored else _FIRM}"
            parts.append(
                f"### {rule.code}\n\n**{rule.title()}** {about}\n\n{_fenced(rule.explanation())}\n"
            )
    return "\n".join(parts)


def format_json(rules: Iterable[type[Rule]]) -> str:
    """Return the rules as one JSON object."""
    found = [
        {
            "code": rule.code,
            "severity": str(rule.severity),
            "title": rule.title(),
            "explanation": rule.explanation(),
            "can_be_ignored": rule.can_be_ignored,
        }
        for rule in rules
    ]
    return to_json({"version": FORMAT_VERSION, "rules": found})


_FIRM = " (cannot be ignored)"


def _when(rule: type[Rule]) -> str:
    if issubclass(rule, ClockRule):
        return " (by `check` only)"
    return " (by `check --base` only)" if issubclass(rule, ChangeRule) else ""


def _lines(rule: type[Rule]) -> Iterator[str]:
    about = f"{rule.severity}{_when(rule)}{'' if rule.can_be_ignored else _FIRM}"
    yield f"{rule.code}  {about}".replace("`", "")
    yield from wrap(rule.title(), 80)
    for paragraph in rule.explanation().split("\n\n"):
        yield ""
        is_example = paragraph.startswith("    ")
        yield from paragraph.split("\n") if is_example else wrap(" ".join(paragraph.split()), 80)


def _fenced(text: str) -> str:
    """Return `text` with its indented examples as fenced YAML."""
    parts: list[str] = []
    for paragraph in text.split("\n\n"):
        if paragraph.startswith("    "):
            parts.append(f"```yaml\n{textwrap.dedent(paragraph)}\n```")
        else:
            parts.append(paragraph)
    return "\n\n".join(parts)
