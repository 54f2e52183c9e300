"""Edits that make a value what its field holds; whoever makes one proves it afterwards."""

from __future__ import annotations

from collections.abc import Mapping

from kimplan.characters import index
from kimplan.loader.faults.fault import Mend
from kimplan.source import KeyPath
from kimplan.source.splice import Edit
from kimplan.writing import entries, keys, scalar
from kimplan.writing.parsed_text import CannotEditError, ParsedText, value_at


def says(at: KeyPath, new: str) -> Mend:
    """Return the edit that writes the text `new` at `at`."""
    return lambda text: keys.set_text(text, at, new)


def on_one_line(at: KeyPath, new: str) -> Mend:
    """Return the edit that writes `new` at `at`, on the line of its key."""
    return lambda text: keys.set_line(text, at, new)


def spelt(at: KeyPath, word: str) -> Mend:
    """Return the edit that writes a `word` at `at` without quotation marks, whatever it may mean.

    It is for words that YAML gives a meaning, such as ``true``.
    """

    def mend(text: ParsedText) -> ParsedText:
        return text.edited([keys.replacing(text, text.node(at), word)])

    return mend


def dropped(at: KeyPath) -> Mend:
    """Return the edit that takes the key at `at` away."""
    return lambda text: keys.remove_key(text, at)


def removed(at: KeyPath) -> Mend:
    """Return the edit that takes the entry at `at` away, and the key of its list with the last."""
    return lambda text: entries.remove_entry(text, at)


def renamed(at: KeyPath, new: str) -> Mend:
    """Return the edit that calls the key at `at` by a `new` name."""

    def mend(text: ParsedText) -> ParsedText:
        begins = index(text.text, *text.document.locate(at, key=True))
        for quote in ("", "'", '"'):
            old = f"{quote}{at[-1]}{quote}"
            if text.text.startswith(old, begins):
                return text.edited([Edit(begins, begins + len(old), new)])
        raise CannotEditError

    return mend


def moved(at: KeyPath, name: str, entry: entries.Entry) -> Mend:
    """Return the edit that puts an `entry` into the list `name` in place of the key at `at`."""

    def mend(text: ParsedText) -> ParsedText:
        return entries.append(keys.remove_key(text, at), (*at[:-1], name), entry)

    return mend


def listed(at: KeyPath, entry: entries.Entry) -> Mend:
    """Return the edit that puts a list of one `entry` in the place of a text on one line."""

    def mend(text: ParsedText) -> ParsedText:
        node = text.node(at)
        if keys.is_in_braces(text, at[:-1]):
            flow = scalar.inline(entry, in_flow=True) if isinstance(entry, str) else None
            return text.edited(
                [keys.replacing(text, node, f"[{flow or keys.flow_map(_parts(entry))}]")]
            )
        pad = " " * text.list_indent(text.column(at))
        return _below(text, at, entries.entry_lines(entry, pad, " ", room=0))

    return mend


def mapped(at: KeyPath, parts: Mapping[str, str]) -> Mend:
    """Return the edit that puts keys and their texts in the place of a text on one line."""

    def mend(text: ParsedText) -> ParsedText:
        node = text.node(at)
        if isinstance(at[-1], int):
            return _mapped_entry(text, at, parts)
        if keys.is_in_braces(text, at[:-1]):
            return text.edited([keys.replacing(text, node, keys.flow_map(parts))])
        pad = " " * (text.column(at) + 2)
        lines = [line for name, one in parts.items() for line in keys.key_lines(name, one, pad)]
        return _below(text, at, lines)

    return mend


def _parts(entry: entries.Entry) -> Mapping[str, str]:
    return {} if isinstance(entry, str) else entry


def _mapped_entry(text: ParsedText, at: KeyPath, parts: Mapping[str, str]) -> ParsedText:
    """Return `text` with keys and their texts in the place of an entry that is a text."""
    node = text.node(at)
    if text.node(at[:-1]).style == "[" or text.is_flow(at):
        return text.edited([Edit(node.start, node.end, keys.flow_map(parts))])
    ((name, said), *others) = parts.items()
    if (
        not others
        and node.style not in {"|", ">"}
        and said == str(value_at(text.value, at)).strip()
    ):
        return text.edited([Edit(node.start, node.start, f"{name}: ")])
    pad = " " * (node.start - text.start(node.start))
    lines = [line for name, one in parts.items() for line in keys.key_lines(name, one, pad)]
    return text.edited([Edit(node.start, node.end, text.end.join(lines)[len(pad) :])])


def _below(text: ParsedText, at: KeyPath, lines: list[str]) -> ParsedText:
    """Return `text` with `lines` below a key in the place of its text on one line."""
    node = text.node(at)
    if node.style in {"|", ">"} or text.line(node.start) != text.line(node.end):
        raise CannotEditError
    begin = len(text.text[: node.start].rstrip(" \t\r\n"))
    if text.text[begin - 1] != ":":
        raise CannotEditError  # a comment stands between
    foot = text.foot(node.end, text.column(at))
    return text.edited([Edit(begin, node.end, ""), text.below(foot, lines)])


def parted(at: KeyPath, first: str, words: str, second: str) -> Mend:
    """Return the edit that makes two keys of the one at `at`: its `words`, and what it holds."""

    def mend(text: ParsedText) -> ParsedText:
        node, begins = text.node(at), text.begin(at)
        is_in_braces = keys.is_in_braces(text, at[:-1])
        colon = text.text.index(":", begins + len(str(at[-1])))
        if text.text[colon + 1 : node.start].strip():
            raise CannotEditError  # a comment stands between
        if is_in_braces:
            new = f"{first}: {scalar.inline(words, in_flow=True)}, {second}:"
        else:
            pad = " " * text.column(at)
            new = f"{first}: {scalar.inline(words)}{text.end}{pad}{second}:"
        return text.edited([Edit(begins, colon + 1, new)])

    return mend


def titled(at: KeyPath, text_there: str) -> Mend:
    """Return the edit that makes the title of an entry of what stands there in another shape."""

    def mend(text: ParsedText) -> ParsedText:
        node = text.node(at)
        is_list = isinstance(text.get(at), list)
        begins = node.start if node.style or is_list else text.begin(text.children(at)[0])
        if node.style:
            return text.edited([Edit(begins, node.end, keys.flow_map({"title": text_there}))])
        return text.edited([Edit(begins, node.end, f"title: {scalar.inline(text_there)}")])

    return mend


def as_only_entry(at: KeyPath) -> Mend:
    """Return the edit that makes the mapping at `at` the only entry of a list."""

    def mend(text: ParsedText) -> ParsedText:
        node = text.node(at)
        if keys.is_in_braces(text, at[:-1]):
            return text.edited([Edit(node.start, node.start, "["), Edit(node.end, node.end, "]")])
        if node.style == "{":
            begin = len(text.text[: node.start].rstrip(" \t"))
            pad = " " * text.list_indent(text.column(at))
            return text.edited([Edit(begin, node.start, f"{text.end}{pad}- ")])
        first = text.begin(text.children(at)[0])
        starts = [text.start(first)]
        while (stop := text.stop(starts[-1])) < node.end:
            starts.append(stop + len(text.end))
        rest = [start for start in starts[1:] if text.text[start : text.stop(start)].strip()]
        return text.edited([Edit(first, first, "- "), *(Edit(one, one, "  ") for one in rest)])

    return mend


def as_entries(at: KeyPath, pairs: list[tuple[str, str, str, str]]) -> Mend:
    """Return the edit that makes a list's entry of each key of the mapping at `at`.

    Of each of the `pairs` is said its key, the field of that and its text, and the field of what
    the key holds.
    """

    def mend(text: ParsedText) -> ParsedText:
        edits = []
        for key, first, words, second in pairs:
            node, begins = text.node((*at, key)), text.begin((*at, key))
            colon = text.text.index(":", begins + len(key))
            is_whole = text.line(begins) == text.line(node.end)
            if not is_whole or keys.is_in_braces(text, at):
                raise CannotEditError
            pad = " " * (text.column((*at, key)) + 2)
            new = f"- {first}: {scalar.inline(words)}{text.end}{pad}{second}:"
            edits.append(Edit(begins, colon + 1, new))
        return text.edited(edits)

    return mend


def as_only_keys(at: KeyPath) -> Mend:
    """Return the edit that takes the dash before the only entry of the list at `at` away."""

    def mend(text: ParsedText) -> ParsedText:
        dash, _ = text.dash((*at, 0))
        return text.edited([Edit(dash, dash + 1, " ")])

    return mend


def as_entry_text(at: KeyPath, only: str) -> Mend:
    """Return the edit that puts the text `only` in the place of the list of it at `at`."""

    def mend(text: ParsedText) -> ParsedText:
        node = text.node(at)
        if "#" in text.text[node.start : node.end]:
            raise CannotEditError
        begins = text.begin(at) if node.key is not None else node.start
        is_below = text.line(begins) != text.line(node.start)
        start = node.start
        while is_below and text.text[start - 1] in " \t\r\n":
            start -= 1
        new = scalar.inline(only, in_flow=text.is_flow(at))
        return text.edited([Edit(start, node.end, f" {new}" if is_below else new)])

    return mend


def as_bullets(at: KeyPath, texts: list[str]) -> Mend:
    """Return the edit that makes one text with bullets of the list of texts at `at`."""

    def mend(text: ParsedText) -> ParsedText:
        node = text.node(at)
        if keys.is_in_braces(text, at[:-1]) or "#" in text.text[node.start : node.end]:
            raise CannotEditError
        lines = scalar.block("\n".join(f"- {one}" for one in texts))
        if not lines or any("\n" in one for one in texts):
            raise CannotEditError
        start = node.start
        while text.text[start - 1] in " \t\r\n":
            start -= 1
        if text.text[start - 1] != ":":
            raise CannotEditError  # a comment stands behind the key
        pad = " " * (text.column(at) + 2)
        new = text.end.join([" |", *(pad + line for line in lines)])
        return text.edited([Edit(start, node.end, new)])

    return mend


def as_prose(at: KeyPath) -> Mend:
    """Return the edit that reads the lines below the key at `at` as text, with a ``|``."""

    def mend(text: ParsedText) -> ParsedText:
        node = text.node(at)
        colon = text.text.index(":", text.begin(at) + len(str(at[-1])))
        is_whole = not node.style and not text.text[colon + 1 : text.stop(colon)].strip()
        if not is_whole:
            raise CannotEditError
        return text.edited([Edit(colon + 1, colon + 1, " |")])

    return mend
