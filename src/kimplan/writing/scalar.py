"""One text as a YAML scalar, proven by reading it again: whatever is written says the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from kimplan.model.markers import MARK
from kimplan.model.prose import is_simple, parse_prose
from kimplan.source import parse
from kimplan.writing.parsed_text import CannotEditError

WIDTH = 110  # columns that a line may have before a text goes below a |
_WRAPPED = 88
_MAY_BE_SEEN = {"KP109"}  # a character that nobody can see is a warning, not ours to refuse
# What other readers of YAML, an editor's schema among them, take for no text.
_NO_TEXT = re.compile(
    r"y|n|yes|no|on|off|true|false|null|~|[-+]?[.]?(?:inf|nan)|=|<<"
    r"|(?![0-9]{4}-[0-9]{2}(?:-[0-9]{2})?\Z)[-+.0-9][-+.0-9_:,eExXoOa-fA-F]*",
    re.IGNORECASE,
)
# Patterns that few changes need are compiled by `re` when they are first asked for.
# What surely is read as it stands: letters and digits, and marks that mean nothing to YAML there.
_PLAIN = r"[A-Za-z](?:[A-Za-z0-9./()'’&%£+–-]|[ ](?![ ]|\Z))*|[0-9]{4}-[0-9]{2}[0-9/-]*"
# The same where no bracket or brace is open, so that commas and quotation marks mean nothing.
_PLAIN_BELOW = (
    r"[A-Za-z](?:[A-Za-z0-9,;./()'\"!?’‘“”&%£+–—-]|[ ](?![ ]|\Z))*|[0-9]{4}-[0-9]{2}[0-9/-]*"
)
_QUOTED = r'"(?:[ !#-\[\]-~£’‘“”–—…]|\\["\\])*"'
_NEVER_PLAIN = r"(?s:(?!['\"]).*(?::(?: |\Z)| #))"
_PLAIN_LINE = r"(?:[ -~£’‘“”–…]*[!-~£’‘“”–…])?"
_BLANK = "\n\n+"
_WRAP = rf"\n *(?!- |{MARK})(?=[^\n ])"
_LEAD = rf"( *)(- |{MARK})?"


def inline(text: str, style: str = "", *, in_flow: bool = False) -> str:
    """Return `text` on one line: plain where it can be, or with the quotation mark `style`.

    With `in_flow` it may stand between brackets or braces. Lines become paragraphs, which is all
    that quotation marks can hold. Raises CannotEditError where that says something else.
    """
    if "\n" in text:
        text = _paragraphs(text)
    for written in _ways(text, style):
        if _says(written, text, in_flow=in_flow):
            return written
    raise CannotEditError


def _paragraphs(text: str) -> str:
    """Return `text` with a blank line between all that are no wrapped ones of a paragraph."""
    parts = (re.sub(_WRAP, " ", part) for part in re.split(_BLANK, text))
    joined = "\n\n".join(part.replace("\n", "\n\n") for part in parts)
    if not says_the_same(joined, text):
        raise CannotEditError
    return joined


def says_the_same(one: str, other: str) -> bool:
    """Return whether two texts differ only in how they are wrapped."""
    return one == other or parse_prose(one) == parse_prose(other)


def _ways(text: str, style: str) -> Iterator[str]:
    if "\n" in text:
        yield _in_quotes(text.replace("\n\n", "\n"))
        return
    if style not in {"'", '"'} and not _NO_TEXT.fullmatch(text):
        yield text
    if style == "'":
        yield "'" + text.replace("'", "''") + "'"
    yield _in_quotes(text)
    yield _in_quotes(text, only_ascii=True)


def _in_quotes(text: str, *, only_ascii: bool = False) -> str:
    import json

    return json.dumps(text, ensure_ascii=only_ascii)


@lru_cache(maxsize=256)
def _says(written: str, text: str, *, in_flow: bool) -> bool:
    if written == text and re.fullmatch(_PLAIN if in_flow else _PLAIN_BELOW, text):
        return True
    if re.match(_NEVER_PLAIN, written):
        return False
    if re.fullmatch(_QUOTED, written):
        import json

        return bool(json.loads(written) == text)
    if "\n" in written or "\r" in written or not written:
        return False
    if in_flow:
        around = f"k: [{{a: {written}, b: {written}}}, {written}]  # c\n"
        expected: object = [{"a": text, "b": text}, text]
    else:
        around, expected = f"k: {written}  # c\nl:\n  - {written}\n", text
    return all(_reads(around, expected, pure=pure) for pure in (False, True))


def _reads(around: str, expected: object, *, pure: bool) -> bool:
    document = parse(around, pure=True) if pure else parse(around)
    is_sound = all(problem.code in _MAY_BE_SEEN for problem in document.problems)
    return is_sound and document.value is not None and document.value["k"] == expected


def block(text: str) -> list[str] | None:
    """Return the lines of `text` to stand below a ``|``, not indented yet; None if they cannot."""
    lines = text.split("\n")
    if text[:1].strip() and all(re.fullmatch(_PLAIN_LINE, line) for line in lines):
        return lines
    around = "k: |\n" + "".join(f"  {line}\n" if line else "\n" for line in lines) + "z: z\n"
    is_sound = all(_reads(around, f"{text}\n", pure=pure) for pure in (False, True))
    return lines if is_sound else None


def wrap(text: str) -> str:
    """Return `text` with its long lines wrapped, if that says the same; as it is if not."""
    if all(len(line) <= _WRAPPED for line in text.split("\n")):
        return text
    wrapped = "\n".join(_wrapped(line) for line in text.split("\n"))
    is_sure = _is_only_wrapped(wrapped, text) or says_the_same(wrapped, text)
    return wrapped if is_sure else text


def _is_only_wrapped(wrapped: str, text: str) -> bool:
    """Return whether two texts surely say the same, which is quicker than to read both.

    In simple text a line end, with the two spaces behind it that an item has, is a space.
    """
    has_no_more_items = wrapped.count("\n- ") == text.count("\n- ")
    is_same = has_no_more_items and _on_one_line(wrapped) == _on_one_line(text)
    return is_same and is_simple(wrapped) and is_simple(text)


def _on_one_line(text: str) -> str:
    return text.replace("\n  ", " ").replace("\n", " ")


def _lines(words: Sequence[str], below: str) -> Iterator[str]:
    """Yield lines of words, of which each but the first begins with `below`."""
    line, *rest = words
    for word in rest:
        if len(line) + 1 + len(word) <= _WRAPPED:
            line = f"{line} {word}"
        else:
            yield line
            line = below + word
    yield line


def _wrapped(line: str) -> str:
    if len(line) <= _WRAPPED:
        return line.rstrip(" ")
    lead = re.match(_LEAD, line)
    below = " " * len(lead.group()) if lead else ""
    words = line.split(" ")
    if all(words) and line.isprintable():
        return "\n".join(_lines(words, below))
    import textwrap

    wrapper = textwrap.TextWrapper(
        _WRAPPED, subsequent_indent=below, break_long_words=False, break_on_hyphens=False
    )
    return "\n".join(wrapper.wrap(line))
