"""Characters that a Word file, a terminal or a reviewer cannot be shown safely.

Word cannot hold the C0 controls, lone surrogates and noncharacters (XML 1.0, section 2.2);
bidirectional controls and U+2028/9 make text read differently from what it is (Unicode TR36).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

_FORBIDDEN = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
    "\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069"
    "\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff"
) + "".join(
    f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0x110000, 0x10000)
)
# Soft hyphen, Hangul fillers, zero-width space and joiners, invisible operators, tags.
_INVISIBLE = (
    "\u00ad\u034f\u115f\u1160\u180e\u200b-\u200d\u2060-\u2065\u206a-\u206f"
    "\u3164\uffa0\U000e0000-\U000e007f"
)
_PRINTABLE_ASCII = bytes(range(0x20, 0x7F)) + b"\n"
_UNSAFE = f"\t\n\r{_FORBIDDEN}"
_FILLERS = "\u034f\u115f\u1160\u3164\uffa0"  # invisible, but printable to Python
# A pipeline's log runs ``##[command]`` (GitHub, Azure) and ``##vso[command]`` (Azure) in any line.
LOG_COMMAND = re.compile(r"#(?=#\w*\[)", re.ASCII)
_CONTROL_NAMES = {
    "\x00": "NULL", "\x07": "BELL", "\x08": "BACKSPACE", "\x0b": "LINE TABULATION",
    "\x0c": "FORM FEED", "\x1b": "ESCAPE", "\x7f": "DELETE", "\x85": "NEXT LINE",
    "\ufeff": "BYTE ORDER MARK",
}  # fmt: skip
_MARKS = "\u061c\u200e\u200f"  # of writing that runs to the left
_JOINERS = "\u200c\u200d"
_LINE_BREAK = re.compile("\r\n|\r|\n")
_AT_MOST = 20


@lru_cache(maxsize=3)
def _one_of(characters: str) -> re.Pattern[str]:
    """Return the pattern of one of these characters, which few runs need and takes long to make."""
    return re.compile(f"[{characters}]")


def is_plain(text: str) -> bool:
    """Return whether `text` surely holds no character that is forbidden or invisible; fast.

    Nor does it hold a space that is none of the keyboard's.
    """
    return _is_printable(text) and (
        text.isascii() or not any(filler in text for filler in _FILLERS)
    )


def _is_printable(text: str) -> bool:
    """Return whether `text` holds nothing but line ends and what Python calls printable."""
    if text.isascii():  # three times as fast as to ask each character
        return not text.encode().translate(None, _PRINTABLE_ASCII)
    return text.replace("\n", "").isprintable()


def first_forbidden(text: str) -> str | None:
    """Return the first character of `text` that no plan may hold, or None."""
    if _is_printable(text):
        return None  # none of them is printable, and this asks fast
    return next((found.group() for found in _forbidden(text)), None)


def describe(character: str) -> str:
    """Return the code point and the Unicode name of `character`: ``U+202E RIGHT-TO-LEFT …``."""
    import unicodedata

    name = _CONTROL_NAMES.get(character) or unicodedata.name(character, "")
    kind = {"Cc": "a control character", "Cs": "half of a surrogate pair", "Cn": "a noncharacter"}
    return (
        f"U+{ord(character):04X} ({name or kind.get(unicodedata.category(character), 'unnamed')})"
    )


def position(text: str, index: int) -> tuple[int, int]:
    """Return the line and the column, from 1, of the character at `index` in `text`."""
    line, start = 1, 0
    for found in _LINE_BREAK.finditer(text, 0, index):
        line, start = line + 1, found.end()
    return line, index - start + 1


def index(text: str, line: int, column: int) -> int:
    """Return the index in `text` of the character at `line` and `column`, from 1."""
    start = 0
    if line > 1:
        start = next(islice(_LINE_BREAK.finditer(text), line - 2, None)).end()
    return start + column - 1


def lines(text: str) -> Iterator[str]:
    """Yield each line of `text` without its end."""
    start = 0
    for found in _LINE_BREAK.finditer(text):
        yield text[start : found.start()]
        start = found.end()
    yield text[start:]


def find_forbidden(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield each character of `text` that no plan may hold, with its line and its column.

    At most 20 are named.
    """
    for found in islice(_forbidden(text), _AT_MOST):
        yield found.group(), *position(text, found.start())


def _forbidden(text: str) -> Iterator[re.Match[str]]:
    """Yield each forbidden character of `text`: a mark that Hebrew or Arabic needs is none."""
    needed = _needed_marks(text)
    for found in _one_of(_FORBIDDEN).finditer(text):
        if found.start() not in needed:
            yield found


def _needed_marks(text: str) -> frozenset[int]:
    """Return where in `text` marks of direction stand that the writing around them needs."""
    if not any(mark in text for mark in _MARKS):
        return frozenset()
    from kimplan.sight.direction import needed_marks

    return needed_marks(text)


def find_invisible(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield each character of `text` that nobody can see, with its line and its column.

    At most 20 are named. A joiner between two characters that are joined, as in emoji and in
    scripts such as Persian, is not among them, and nor is what spells the flag of Wales.
    """
    for at in islice(unseen(text), _AT_MOST):
        yield text[at], *position(text, at)


def unseen(text: str) -> Iterator[int]:
    """Yield where in `text` a character stands that nobody can see and that may be taken away."""
    flags = _in_flags(text) if "\U000e007f" in text else frozenset()
    for found in _one_of(_INVISIBLE).finditer(text):
        at = found.start()
        if at not in flags and not (found.group() in _JOINERS and _is_joined(text, at)):
            yield at


def forbidden(text: str) -> Iterator[int]:
    """Yield where in `text` a character stands that no plan may hold."""
    return (found.start() for found in _forbidden(text))


def _in_flags(text: str) -> frozenset[int]:
    from kimplan.sight.direction import FLAG

    return frozenset(at for flag in FLAG.finditer(text) for at in range(*flag.span()))


def _is_joined(text: str, index: int) -> bool:
    import unicodedata

    around = text[max(index - 1, 0) : index] + text[index + 1 : index + 2]
    is_joined = len(around) == 2 and min(around) > "\u0530"
    return is_joined and all(unicodedata.category(one)[0] in "LMS" for one in around)


def as_compared(text: str) -> str:
    """Return `text` as two names are compared that look the same but for capitals and spaces."""
    if not text.isprintable():
        kept = (" " if one.isspace() else one if one.isprintable() else "" for one in text)
        text = "".join(kept)
    return " ".join(text.casefold().split())


def replace_forbidden(text: str) -> str:
    """Return `text` with each character that no plan may hold as U+FFFD, so that places stay."""
    needed = _needed_marks(text)
    if not needed:
        return _one_of(_FORBIDDEN).sub("\ufffd", text)
    return _one_of(_FORBIDDEN).sub(
        lambda found: found.group() if found.start() in needed else "\ufffd", text
    )


def make_visible(text: str) -> str:
    """Return `text` on one line, with every character that a terminal may act on as an escape.

    So is the beginning of what a pipeline's log would take for a command: ``##[`` and ``##vso[``.
    Marks that Hebrew or Arabic beside them needs stay: they turn no other text round.
    """
    if text.isprintable() and "##" not in text:
        return text
    if needed := _needed_marks(text):
        text = _one_of(_UNSAFE).sub(
            lambda found: found.group() if found.start() in needed else _escape(found), text
        )
    else:
        text = _one_of(_UNSAFE).sub(_escape, text)
    return LOG_COMMAND.sub(_escape, text)


def _escape(found: re.Match[str]) -> str:
    number = ord(found.group())
    if number <= 0xFF:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number <= 0xFFFF else f"\\U{number:08x}"


def shown(text: str) -> str:
    """Return `text` in single quotes, shortened to 60 characters."""
    return f"'{text}'" if len(text) <= 60 else f"'{text[:59]}…'"
