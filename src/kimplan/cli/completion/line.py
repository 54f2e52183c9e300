"""A line that is being typed, to the words that a shell will make of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

_LONGEST = 10_000


class Word(NamedTuple):
    """A word: its `text` without quotation marks, and the mark that is still open, if one is.

    `opened` is where in the text the open mark stands.
    """

    text: str
    quote: str = ""
    opened: int = 0


def split(line: str, escape: str) -> list[Word]:
    """Return the words behind the program's name, the one under the cursor last.

    `escape` is the character that takes the meaning of the next one.
    """
    words = list(_words(line[-_LONGEST:], escape))
    if not words or (line[-1:].isspace() and not words[-1].quote and not _is_escaped(line, escape)):
        words.append(Word(""))
    while len(words) > 1 and "=" in words[0].text:  # NAME=value before the program
        words.pop(0)
    return words[1:] or [Word("")]


def _is_escaped(line: str, escape: str) -> bool:
    behind = line[:-1]
    return (len(behind) - len(behind.rstrip(escape))) % 2 == 1


def _words(line: str, escape: str) -> Iterator[Word]:
    text: list[str] = []
    quote, opened, is_word = "", 0, False
    characters = iter(line)
    for character in characters:
        if character == escape and quote != "'":
            text.append(next(characters, ""))
            is_word = True
        elif quote:
            if character == quote:
                quote = ""
            else:
                text.append(character)
        elif character in "\"'":
            quote, opened, is_word = character, len(text), True
        elif character.isspace():
            if is_word:
                yield Word("".join(text))
            text, is_word = [], False
        else:
            text.append(character)
            is_word = True
    if is_word:
        yield Word("".join(text), quote, opened)
