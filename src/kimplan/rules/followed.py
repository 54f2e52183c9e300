"""Whether the lines that a finding shows lead to a record that the rules find sound.

A record that cannot be understood is judged by no rule, so what is wrong with it otherwise comes
to light when somebody mends it. Lines that would only bring another error are not shown.
"""

from __future__ import annotations

from collections.abc import Iterable

from kimplan.diagnostic import Correction, Diagnostic, Severity
from kimplan.loader import LoadedFile
from kimplan.model.recommendation import Recommendation
from kimplan.rules.base import Context, Rule


def with_sound_corrections(
    file: LoadedFile[Recommendation], rules: Iterable[type[Rule]], context: Context
) -> list[Diagnostic]:
    """Return what was found in a broken `file`, without the lines that bring an error to light."""
    known = tuple(rules)
    return [
        _without_lines(one)
        if one.correction and _brings_error(file, one.correction, known, context)
        else one
        for one in file.diagnostics
    ]


def _without_lines(found: Diagnostic) -> Diagnostic:
    """Return a finding whose hint announces no lines."""
    hint = f"{found.hint[:-1]}." if found.hint.endswith(":") else found.hint
    if hint == "Write the text so.":
        hint = "Put the text in quotation marks; what else is wrong with it is told then."
    return found._replace(correction=None, hint=hint)


def _brings_error(
    file: LoadedFile[Recommendation],
    correction: Correction,
    rules: Iterable[type[Rule]],
    context: Context,
) -> bool:
    from kimplan.loader.loaded_file import load_document
    from kimplan.source import parse
    from kimplan.writing.correction import corrected

    document = parse(corrected(file.document.text, correction))
    mended = load_document(file.path, document, Recommendation, scheme=context.scheme)
    if mended.value is None:
        return False
    # Made anew each time: some remember what they have read. They know no day and no change.
    alone = Context(context.root, context.settings, context.owners)
    alone.is_on_disk = context.is_on_disk
    found = (one for rule in rules for one in rule(alone).check(mended, mended.value))
    return any(one.severity is Severity.ERROR for one in found)
