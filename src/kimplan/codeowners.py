"""CODEOWNERS from the plan: who is asked to review a change of which recommendation.

The file's form is GitHub's and GitLab's:
https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kimplan.errors import KimplanError
from kimplan.model.plan import Plan

BEGIN = "# kimplan: begin (written by kimplan codeowners from owners.yaml; do not edit)"
END = "# kimplan: end"
_BEGIN = re.compile(r"^# kimplan: begin(?![^\s(]).*$", re.MULTILINE)
_END = re.compile(r"^# kimplan: end(?![^\s(]).*$", re.MULTILINE)
_SPECIAL = re.compile(r"([ #\\*?\[\]])")


def written(text: str, plan: Plan, folder: str) -> str:
    """Return the CODEOWNERS `text` with the lines of `plan` between kimplan's markers.

    All else stays; markers that are not there are added at the end. `folder` is the plan's folder
    from the top of the repository. Raises KimplanError where the markers are not one pair, and
    where the folder's name would not stay on its line.
    """
    if not folder.replace(" ", "").isprintable():
        message = "the plan's folder has a name that cannot stand in CODEOWNERS"
        raise KimplanError(message, "Rename the folder.")
    newline = "\r\n" if "\r\n" in text else "\n"
    block = newline.join([BEGIN, *_lines(plan, folder), END])
    begins, ends = list(_BEGIN.finditer(text)), list(_END.finditer(text))
    if not begins and not ends:
        gap = "" if not text else newline if text.endswith("\n") else newline * 2
        return f"{text}{gap}{block}{newline}"
    if len(begins) != 1 or len(ends) != 1 or ends[0].start() < begins[0].end():
        hint = f"Leave one line '{BEGIN[:16]}' and below it one line '{END}', or neither."
        raise KimplanError("the file's lines of kimplan do not begin and end once", hint)
    end = ends[0].end() - (1 if ends[0].group().endswith("\r") else 0)
    return text[: begins[0].start()] + block + text[end:]


def _lines(plan: Plan, folder: str) -> Iterator[str]:
    """Yield a line for each recommendation that an owner with a handle has."""
    handles = {owner.role: owner.handle for owner in plan.owners if owner.handle}
    prefix = f"{folder}/" if folder else ""
    for item in plan.recommendations:
        found = dict.fromkeys(handles[role] for role in item.owners if role in handles)
        if found:
            path = _SPECIAL.sub(r"\\\1", f"/{prefix}recommendations/{item.ref}.yaml")
            yield f"{path} {' '.join(found)}"
