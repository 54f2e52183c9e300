"""What each field may hold (KP1xx)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kimplan.diagnostic import Diagnostic, Severity
from kimplan.rules.base import Context, ReadingRule, Rule

if TYPE_CHECKING:
    from kimplan.loader import LoadedFile
    from kimplan.model.recommendation import Recommendation


class MissingField(ReadingRule):
    """A required field is missing.

    A recommendation needs `ref`, `section`, `title`, `response` and `rag`. Add the line; for
    not-applicable the response is the reason.
    """

    code = "KP101"


class UnknownField(ReadingRule):
    """A key is not known.

    A misspelt key is a value that nobody reads, and so is one that other plans use: `deadline`,
    `comment`, `status`. The hint says how it is called here, where it belongs, or what may stand
    here. Correct it, or delete the line.
    """

    code = "KP102"


class WrongKind(ReadingRule):
    """A text stands where a list belongs, or the like.

    Owners, for example, are a list even where there is only one:

        owners:
          - Company Secretary
    """

    code = "KP103"


class EmptyField(ReadingRule):
    """A field is empty.

    An empty response reads as if there were nothing to say. Fill it in, or delete the line if the
    field is optional.
    """

    code = "KP104"


class UnknownValue(ReadingRule):
    """A value is not one of those allowed: a rating, a layout or a column's field.

    The ratings are `red`, `amber`, `green` and `not-applicable`, in small letters. Where plan.yaml
    says `ratings: {scheme: brag}` there is `blue` as well: blue is complete then, green on track.
    `kimplan lint --fix` writes `Amber` and `N/A` as they should be; no other word is guessed.
    """

    code = "KP105"


class TooLong(ReadingRule):
    """A text is too long for its field.

    Shorten it; keep long texts in a linked document.
    """

    code = "KP106"


class ForbiddenCharacter(ReadingRule):
    """A text holds a character that Word or a terminal cannot be shown.

    Control characters break a Word file (XML 1.0, section 2.2), and bidirectional controls make a
    text read differently from what it is (Unicode TR36). They come in by copying. `kimplan lint
    --fix` writes the line without it. The marks that Hebrew and Arabic need beside their own
    letters are text.
    """

    code = "KP107"


class Malformed(ReadingRule):
    """A value is not written as it should be: a ref, an id, a number, a time zone.

    The hint says how it is written.
    """

    code = "KP108"


class InvisibleCharacter(ReadingRule):
    """A text holds a character that nobody can see.

    Soft hyphens and zero-width spaces come in by copying from web pages and Word. Two names that
    look the same are then not the same, and a search does not find the word. `kimplan lint --fix`
    takes it away. Emoji, flags and scripts that need such a character keep it.
    """

    code = "KP109"
    severity = Severity.WARNING
    can_be_ignored = True


class LookAlike(ReadingRule):
    """A character looks like one of the keyboard's and is another.

    Word and web pages write non-breaking spaces, long dashes and curly quotation marks. In a text
    they are good typography. After a key's colon, before an entry of a list, in a ref, a rating, a
    link or a role they are read as something else, and nobody sees why. Type the character again;
    `kimplan lint --fix` does so.
    """

    code = "KP120"


class DamagedText(ReadingRule):
    """A text was damaged on its way here.

    A program took its encoding for another one, so that `don’t` became `donâ€™t`, or lost a
    character altogether and left `�`. `kimplan lint --fix` writes what it was where that is sure;
    a lost character is known only where the text came from.
    """

    code = "KP121"
    severity = Severity.WARNING
    can_be_ignored = True


class KeyOrder(Rule):
    """The keys of a record are not in the usual order.

    Records in one order are easier to compare. `kimplan lint --fix` moves the keys, with their
    comments, into the order that `kimplan schema --format text` shows.
    """

    code = "KP110"
    severity = Severity.INFO

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._usual: set[tuple[str, ...]] = set()

    def check(self, file: LoadedFile[Recommendation], item: Recommendation) -> Iterator[Diagnostic]:
        """Find it."""
        keys = tuple(file.document.value or ())
        if keys in self._usual:
            return
        usual = usual_order(keys)
        if list(keys) == usual:
            self._usual.add(keys)
            return
        key = next(a for a, b in zip(keys, usual, strict=True) if a != b)
        message = f"the keys are not in the usual order: '{key}' stands too early"
        hint = f"The usual order is {', '.join(usual)}; kimplan lint --fix makes it."
        yield self.finding(file, message, (key,), hint, key=True)


def usual_order(keys: tuple[str, ...]) -> list[str]:
    """Return the keys of a record in the order of the model's fields."""
    from kimplan.model.recommendation import Recommendation

    rank = {name: number for number, name in enumerate(Recommendation.model_fields)}
    return sorted(keys, key=lambda key: rank.get(key, len(rank)))
