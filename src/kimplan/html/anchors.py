"""Where a link into a page leads: what stands before the refs of each plan in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_OTHERS = re.compile(r"[^A-Za-z0-9_-]+")
_END = "--"  # which is in no ref, so that no two anchors are the same


def anchor_prefixes(names: Sequence[str]) -> tuple[str, ...]:
    """Return what stands before the refs of each of the plans called `names` in their anchors.

    Nothing for a plan by itself, which has no name; no two are alike.
    """
    return tuple(_prefixes(names))


def _prefixes(names: Sequence[str]) -> Iterator[str]:
    known: set[str] = set()
    for name in names:
        if not name:
            yield ""
            continue
        plain = _OTHERS.sub("-", name).strip("-") or "plan"
        plain = plain if plain[0].isalpha() else f"plan-{plain}"
        found, number = plain, 1
        while found.casefold() in known:
            number += 1
            found = f"{plain}-{number}"
        known.add(found.casefold())
        yield f"{found}{_END}"
