"""Whether the lines that a finding shows lead to a record that the rules find sound.

A record that cannot be understood is judged by no rule, so what is wrong with it otherwise comes
to light when somebody mends it. Lines that would only bring another error are not shown.
"""

from __future__ import annotations

from kimplan.diagnostic import Diagnostic, Severity
from kimplan.loader import LoadedFile
from kimplan.model.recommendation import Recommendation
from kimplan.rules.base import Context
from kimplan.rules.groups import error_rules


def with_sound_corrections(file: LoadedFile[Recommendation], context: Context) -> list[Diagnostic]:
    """Return what was found in a broken `file`, without the lines that bring an error to light."""
    return [_sound(file, one, context) if one.correction else one for one in file.diagnostics]


def _sound(file: LoadedFile[Recommendation], found: Diagnostic, context: Context) -> Diagnostic:
    """Return a finding without its lines, and what is to be done then, if they bring an error."""
    error = _error_of(file, found, context)
    if error is None:
        return found
    from kimplan.writing.correction import without_lines

    lines, hint = found.correction.lines if found.correction else (), without_lines(found.hint)
    if found.hint.endswith(":") and len(lines) == 1:
        hint = f"{found.hint[:-1]}, '{lines[0].strip()}'."
    message = error.message.removeprefix("this ")
    return found._replace(correction=None, hint=f"{hint} Then {message}. {error.hint}")


def _error_of(
    file: LoadedFile[Recommendation], told: Diagnostic, context: Context
) -> Diagnostic | None:
    """Return the first error that comes to light when the lines of a finding are followed."""
    from kimplan.loader.validation import validate
    from kimplan.source import parse
    from kimplan.writing.correction import corrected

    if told.correction is None:
        return None
    document = parse(corrected(file.document.text, told.correction))
    if document.value is None or any(one.severity is Severity.ERROR for one in document.problems):
        return None
    mended = LoadedFile[Recommendation](file.path, document)
    mended.value, _ = validate(document.value, Recommendation, context.scheme)
    if mended.value is None:
        return None
    # Made anew each time: some remember what they have read. They know no day and no change.
    alone = Context(context.root, context.settings, context.owners)
    alone.is_on_disk = context.is_on_disk
    fields = mended.value.model_fields_set
    rules = (rule(alone) for rule in error_rules() if rule.looks_at(fields))
    found = (one for rule in rules for one in rule.check(mended, mended.value))
    return next((one for one in found if one.severity is Severity.ERROR), None)
