"""How each shell is told what may stand there: its escapes, and what it shows beside a word."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from typing import NamedTuple

from kimplan.cli.completion.line import Word
from kimplan.cli.completion.question import Question
from kimplan.cli.completion.values import Candidate, Candidates

_PLAIN = re.compile(r"[^\w./:=@%+,-]", re.ASCII)
_BREAKS = "=:@"


class Shell(NamedTuple):
    """A shell: what takes the meaning of a character, whether it shows what words are, its lines.

    The first line of an answer says what kind it is, each other one is a word.
    """

    escape: str
    shows_about: bool
    line: Callable[[Word, Question, Candidate], str]

    def answer(self, word: Word, question: Question, found: Candidates) -> str:
        """Return the lines of an answer."""
        lines = [self.line(word, question, one) for one in found.found]
        kind = "open" if any(one.is_open for one in found.found) else found.kind
        return "".join(f"{line}\n" for line in (kind, *lines))


def _bash(word: Word, question: Question, one: Candidate) -> str:
    """Return what bash puts in place of its own last word, which begins behind ``=`` and ``:``."""
    whole = f"{question.prefix}{one.text}"
    if word.quote:
        return _in_quotes(whole[word.opened :], word.quote)
    breaks = [mark for mark in _BREAKS if mark in os.environ.get("_KIMPLAN_BREAKS", _BREAKS)]
    start = max((word.text.rfind(mark) + 1 for mark in breaks), default=0)
    return _PLAIN.sub(lambda found: _escaped(found[0]), whole[start:])


def _escaped(character: str) -> str:
    return character if not character.isascii() else f"\\{character}"


def _in_quotes(text: str, quote: str) -> str:
    if quote == "'":
        return text.replace("'", "'\\''")
    return re.sub(r'(["$`\\])', r"\\\1", text)


def _zsh(word: Word, question: Question, one: Candidate) -> str:
    """Return a word as `_describe` takes it, which escapes it itself."""
    text = one.text.replace("\\", "\\\\").replace(":", "\\:")
    return f"{text}:{_about(one)}" if one.about else text


def _fish(word: Word, question: Question, one: Candidate) -> str:
    text = f"{question.prefix}{one.text}"
    return f"{text}\t{_about(one)}" if one.about else text


def _powershell(word: Word, question: Question, one: Candidate) -> str:
    """Return what is put there, and behind tabs what is listed and what is said of it."""
    text = one.text
    if re.search(r"[^\w./:=+-]", text) or word.quote:
        text = "'" + text.replace("'", "''") + "'"
    return f"{question.prefix}{text}\t{one.text}\t{_about(one) or one.text}"


def _about(one: Candidate) -> str:
    """Return the first sentence about a word, in one line."""
    return " ".join(one.about.split()).partition(". ")[0].rstrip(".")


SHELLS = {
    "bash": Shell("\\", False, _bash),
    "zsh": Shell("\\", True, _zsh),
    "fish": Shell("\\", True, _fish),
    "powershell": Shell("`", True, _powershell),
}
