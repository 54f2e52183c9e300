"""What the files of a plan must be before anyone asks what they say (KP0xx)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from kimplan.characters import position
from kimplan.diagnostic import Diagnostic, Severity
from kimplan.rules.base import ReadingRule, Rule

if TYPE_CHECKING:
    from kimplan.loader import LoadedFile
    from kimplan.model.recommendation import Recommendation

_STRAY = re.compile(r"(?<![ \t])[ \t]+(?=[\r\n]|\Z)")


class Unreadable(ReadingRule):
    """A file of the plan is missing or cannot be read.

    It is a folder, a pipe or a link that leads out of the plan, or nobody gave you the right to
    read it. Put a plain file there. A plan needs plan.yaml and owners.yaml; what they hold is said
    by `kimplan schema plan --format text` and `kimplan schema owners --format text`.
    """

    code = "KP001"


class NotUtf8(ReadingRule):
    """A file is not UTF-8.

    Older versions of Notepad, Word and Excel write another encoding, in which quotation marks and
    dashes turn into something else. Save it again as UTF-8: in Notepad, File > Save As >
    Encoding: UTF-8. A forge's web editor does so by itself.
    """

    code = "KP002"


class NotYaml(ReadingRule):
    """A file is not valid YAML, or says something else than was meant.

    Mostly a text holds a colon and a space, begins with one of `& * ! | > % @` or a quotation mark,
    or stands between braces, where commas, colons and question marks part one thing from another.
    The finding names the character and shows the whole line as it should be: in double quotes,
    below a `|`, or without braces:

        response: |
          Done: see the policy.
        progress:
          - on: 2024-05-02
            note: The web form is live, the leaflet printed.

    A merge conflict, a pasted table, a place on a drive between double quotes and a tab at the
    beginning of a line are told here too.
    """

    code = "KP003"


class DuplicateKey(ReadingRule):
    """A key stands twice.

    Only one of the two values would count, and nobody sees which. Keep one of them.
    """

    code = "KP004"


class NotPlainYaml(ReadingRule):
    """A file uses a part of YAML that hides things from a reviewer.

    These are anchors and aliases (`&`, `*`), tags (`!`), directives (`%`) and several documents in
    one file. Write the value out; put a text that begins with such a character in double quotes.
    """

    code = "KP005"


class TooLarge(ReadingRule):
    """A file is too large, too deep or too long.

    A file may have 256 KiB, 16 levels and 20,000 elements. A record is a few pages of text at
    most: keep documents elsewhere and link to them as evidence.
    """

    code = "KP006"


class Stray(ReadingRule):
    """A file or folder in `plan/` belongs to nothing.

    Nobody reads `REC6.yml` or `recommendations/old/REC6.yaml`, so what they say is lost unseen:
    that is an error. Any other stray file is a warning. Rename it, or move it elsewhere.
    """

    code = "KP007"


class LostText(ReadingRule):
    """YAML takes part of a text for a comment.

    In `response: see case #12` everything from the `#` on is not read, and in `response: #1 of all`
    nothing is. Text that is lost cannot be ignored. Put it in double quotes, or below a `|`:

        response: "see case #12"

    What is meant for a comment has a space behind the `#`, and one before it: in
    `title: Keep a register # agreed in May` the title ends before the `#`.
    """

    code = "KP008"


class NoKeys(ReadingRule):
    """A file is empty, or holds no keys and values.

    Write `key: value` lines. `kimplan schema --format text` says which for a recommendation, and
    `kimplan schema plan --format text` and `kimplan schema owners --format text` for the others.
    """

    code = "KP009"


class NotOnWindows(ReadingRule):
    """The name of a file cannot be used on Windows, or is another file's there.

    Windows takes capitals and small letters for the same, keeps names such as `CON` for devices,
    and drops a full stop at the end. The secretary could not check out the plan. Rename the file.
    """

    code = "KP010"


class StrayWhiteSpace(Rule):
    """A line ends with white space, or the last line does not end.

    It shows in every comparison of two versions and means nothing. `kimplan lint --fix` takes it
    away.
    """

    code = "KP011"
    severity = Severity.INFO

    def check(self, file: LoadedFile[Recommendation], item: Recommendation) -> Iterator[Diagnostic]:
        """Find it."""
        return self._check(file)

    def check_plan(self) -> Iterator[Diagnostic]:
        """Find it in the other two files."""
        yield from self._check(self.context.settings)
        yield from self._check(self.context.owners)

    def _check(self, file: LoadedFile[Any]) -> Iterator[Diagnostic]:
        text = file.document.text
        has_end = text.endswith(("\n", "\r")) or not text
        if has_end and file.document.is_tidy:
            return
        found = [match.start() for match in _STRAY.finditer(text)]
        hint = "kimplan lint --fix takes it away."
        if found:
            message = "white space at the end of the line"
            if len(found) > 1:
                message = f"white space at the end of {len(found):,} lines; this is the first"
            yield self._finding_at(file, message, found[0], hint)
        elif not has_end:
            message = "the last line does not end"
            hint = "kimplan lint --fix ends it."
            yield self._finding_at(file, message, len(text), hint)

    def _finding_at(self, file: LoadedFile[Any], message: str, index: int, hint: str) -> Diagnostic:
        place = position(file.document.text, index)
        return file.finding_on(self.code, message, place, hint, severity=self.severity)


class UselessIgnore(ReadingRule):
    """An ignore ignores nothing.

    What it was for has been mended, or it names the wrong code or line. Delete it, so that it
    does not hide the next mistake. Ignores of KP7 and KP8, which depend on the day and on the
    change, are not judged.
    """

    code = "KP012"
    severity = Severity.WARNING


class BadIgnore(ReadingRule):
    """An ignore has no reason, or names a code that is unknown or cannot be ignored.

    It ignores nothing then. An exception is for others to read, so it says why:

        response: |  # kimplan: ignore KP603 - quoted from the resident's letter

    A comment on a line of its own counts for the next line; `# kimplan: ignore-file KP303 - why`
    counts for the whole file, and `lint: ignore:` in plan.yaml for the whole plan. Codes without
    which the plan cannot be read or reported on cannot be ignored.
    """

    code = "KP013"
