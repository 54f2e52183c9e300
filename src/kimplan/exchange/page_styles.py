"""The colours that a page's own style sheet gives to classes, as Excel saves them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_MOST = 200_000  # characters of style sheets
_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
# What holds for paper or some screens only; its rules stand in braces of their own.
_AT_RULE = re.compile(r"@[^{};]+(?:;|\{(?:[^{}]*\{[^{}]*\})*[^{}]*\})")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_BY_CLASS = re.compile(r"([a-z0-9]*)\.([\w-]+)", re.IGNORECASE)
_FILL = re.compile(r"background(?:-color)?\s*:\s*[^;]+", re.IGNORECASE)


def give_colours(root: Any) -> None:
    """Write the background that a class has into the ``style`` of each element of that class.

    Only selectors of one class are read (``.late``, ``td.late``); an element's own style wins.
    """
    fills = dict(_fills(root))
    if not fills:
        return
    for element in root.iter():
        names = (element.get("class") or "").split() if isinstance(element.tag, str) else ()
        found = [fills.get((tag, name)) for name in names for tag in ("", element.tag)]
        if styles := list(filter(None, found)):
            element.set("style", ";".join([*styles, element.get("style") or ""]))


def _fills(root: Any) -> Iterator[tuple[tuple[str, str], str]]:
    sheets = "".join(one.text or "" for one in root.iter("style"))[:_MOST]
    for selectors, body in _RULE.findall(_AT_RULE.sub("", _COMMENT.sub("", sheets))):
        fill = _FILL.search(body)
        for selector in selectors.split(",") if fill else ():
            if found := _BY_CLASS.fullmatch(selector.strip()):
                yield (found[1].lower(), found[2]), fill.group() if fill else ""
