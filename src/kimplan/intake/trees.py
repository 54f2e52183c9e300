"""Values in mappings and lists as YAML, in the style of a file that a person would write."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set

from kimplan.answers.tables.book_settings import Tree
from kimplan.writing import keys, scalar

_PROSE = frozenset({"detail", "response", "due_reason", "note", "reason", "narrative"})
_PAD = "  "
# What is no text for the readers of a schema, whose values stand without quotation marks.
_BARE = frozenset(
    {"due_soon_days", "progress_days", "width", "font_size", "latest_progress"}
    | {"required", "publish"}
)
_VALUE = re.compile(r"true|false|[0-9]+(?:\.[0-9]+)?")


def tree_lines(tree: Mapping[str, Tree], prose: Set[str] = frozenset(), pad: str = "") -> list[str]:
    """Return the lines of a mapping; texts of the keys `prose` may stand below a ``|``, too."""
    lines: list[str] = []
    for name, value in tree.items():
        if isinstance(value, str):
            lines += _text(name, value, prose, pad)
        elif isinstance(value, dict):
            lines += [f"{pad}{name}:", *tree_lines(value, prose, pad + _PAD)]
        elif value:
            lines.append(f"{pad}{name}:")
            for entry in value:
                lines += _entry(entry, prose, pad + _PAD)
    return lines


def _text(name: str, text: str, prose: Set[str], pad: str) -> list[str]:
    if name in _PROSE or name in prose or "\n" in text:
        return keys.key_lines(name, text, pad)
    return [f"{pad}{name}: {_scalar(name, text)}"]


def _scalar(name: str, text: str, *, in_flow: bool = False) -> str:
    is_bare = name in _BARE and _VALUE.fullmatch(text)
    return text if is_bare else scalar.inline(text, in_flow=in_flow)


def _entry(entry: Tree, prose: Set[str], pad: str) -> list[str]:
    if isinstance(entry, str):
        return [f"{pad}- {scalar.inline(entry)}"]
    if isinstance(entry, list):
        return []
    may_be_flow = "role" not in entry and not keys.has_free_text(entry)
    if may_be_flow and (flow := _flow(entry, pad)):
        return [f"{pad}- {flow}"]
    first, *rest = tree_lines(entry, prose, pad + _PAD)
    return [f"{pad}- {first[len(pad) + 2 :]}", *rest]


def _flow(entry: Mapping[str, Tree], pad: str) -> str:
    """Return a short entry between braces, such as a column; nothing for one that needs lines."""
    texts = {name: text for name, text in entry.items() if isinstance(text, str)}
    if len(texts) < len(entry) or any("\n" in text for text in texts.values()):
        return ""
    pairs = (f"{name}: {_scalar(name, text, in_flow=True)}" for name, text in texts.items())
    flow = "{" + ", ".join(pairs) + "}"
    return flow if len(flow) + len(pad) + 2 <= scalar.WIDTH else ""
