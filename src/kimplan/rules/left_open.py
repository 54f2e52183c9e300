"""Texts in which something was left to be filled in (KP604)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from kimplan.characters import shown
from kimplan.rules.texts import PLACEHOLDER, PUT_OFF, SHORT, Texts
from kimplan.rules.wording import WordingRule

if TYPE_CHECKING:
    from kimplan.diagnostic import Diagnostic
    from kimplan.loader import LoadedFile
    from kimplan.model.recommendation import Recommendation
    from kimplan.rules.phrases import Found
    from kimplan.source import KeyPath

_PUT_OFF = ("to follow", "will follow", "to be ", "not yet ", "awaiting", "awaited", "pending")
_REASON = "Write the reason why it does not apply."


class Placeholder(WordingRule):
    """A text still holds a placeholder, such as TBC, TODO, xx, [insert date] or #REF!.

    A board should not be shown what somebody meant to fill in: nor a text that says no more than
    N/A, a dash or "as above", nor a response that is only "In progress" or "No update", nor a
    sentence such as "Update to follow." Fill it in, or say what is not known yet and until when it
    will be. The response of what is not applicable is the reason. A placeholder that is only spoken
    of stands in quotation marks: records marked "TBC".
    """

    code = "KP604"
    hint = "Fill it in, or say what is not known yet."
    is_of_history = True

    def _may_be_in(self, read: Texts) -> bool:
        return True  # which of the texts may have one is asked below, and once

    def _findings(self, file: LoadedFile[Any], read: Texts) -> Iterator[Diagnostic]:
        may_be, may_be_later = _may_be_placeholder(read), _may_be_put_off(read)
        for at, text in read.texts:
            if not (may_be or may_be_later or len(text) < SHORT):
                continue
            from kimplan.rules.placeholders import find_placeholder, find_put_off

            only = _only_words(at, text, read) if len(text) < SHORT else None
            found = only or (find_placeholder(text) if may_be else None)
            if found := found or (find_put_off(text) if may_be_later else None):
                is_reason = at == ("response",) and read.item and _does_not_apply(read.item)
                one = self._diagnostic(file, at, text, found)
                yield one._replace(hint=_REASON) if only and is_reason else one

    def _message(self, name: str, found: Found) -> str:
        from kimplan.rules.placeholders import find_only_words, says_status

        if says_status(found.words) or find_only_words(found.words):
            return f"the {name} says only {shown(found.words)}"
        if found.words.startswith(("#", "Error!")):
            return f"the {name} holds {shown(found.words)}, an error of Excel or Word"
        return f"the {name} holds the placeholder {shown(found.words)}"

    def _hint(self, at: KeyPath, found: Found) -> str:
        from kimplan.rules.placeholders import find_only_words, says_as_above, says_status

        if says_status(found.words):
            return "Say what has been done, and what is still to do and by when."
        if says_as_above(found.words):
            return "Write it out: each recommendation is read by itself."
        if found.words.startswith(("#", "Error!")):
            return "Write what stood there: look it up in the table or the document it came from."
        if at == ("detail",) and find_only_words(found.words):
            return "Write the rest of the recommendation, or delete the line."
        return self.hint


def _only_words(at: KeyPath, text: str, read: Texts) -> Found | None:
    """Return the whole of a text that says nothing, but for an own field's: N/A is an answer."""
    from kimplan.rules.placeholders import find_only_words, find_status

    if at == ("response",) and read.item:
        found = find_status(text, is_open=read.item.rag.is_open)
        return found or find_only_words(text)
    return None if at[0] == "fields" else find_only_words(text)


def _may_be_placeholder(read: Texts) -> bool:
    return not read.telltales.isdisjoint(PLACEHOLDER) or _has_mark(read.joined)


def _has_mark(text: str) -> bool:
    """Return whether a mark of what is to be filled in may be in `text`; fast."""
    if "[" in text or "?" in text or "_" in text or "<" in text or "#" in text or "!" in text:
        return True
    return "{" in text or "…" in text or "....." in text or (":" in text and "TO DO:" in text)


def _may_be_put_off(read: Texts) -> bool:
    if read.telltales.isdisjoint(PUT_OFF):
        return False
    text = read.joined.casefold()
    return any(words in text for words in _PUT_OFF)


def _does_not_apply(item: Recommendation) -> bool:
    return not (item.rag.is_open or item.rag.is_complete)
