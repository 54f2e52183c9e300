"""Where the links of a report lead, against where they should."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kimplan.verify.difference import TEXT, Difference
from kimplan.verify.expected import Link

NOWHERE = "#"  # where a link leads whose row is gone


def compare_links(
    found: Sequence[Link], right: Sequence[Link], *, has_own_text: bool, is_whole: bool
) -> Iterator[Difference]:
    """Yield each link that leads elsewhere, is gone, or was added.

    In an organisation's own document other links may be its own. Where rows or tables are not the
    same, so that it is not `is_whole`, their links went or came with them and are not told again.
    """
    by_text: defaultdict[str, deque[str]] = defaultdict(deque)
    for link in found:
        by_text[link.text].append(link.target)
    if not is_whole:
        yield from _led_astray(by_text, right)
        return
    for link in right:
        targets = by_text[link.text]
        says = targets.popleft() if targets else ""
        if says != link.target:
            yield Difference(TEXT, link.text, "link", says, link.target)
    if not has_own_text:
        for text, targets in by_text.items():
            for target in targets:
                yield Difference(TEXT, text, "added link", target, "")


def _led_astray(
    by_text: Mapping[str, Iterable[str]], right: Sequence[Link]
) -> Iterator[Difference]:
    """Yield the links whose words should lead elsewhere, whichever of them it is."""
    wanted: defaultdict[str, list[str]] = defaultdict(list)
    for link in right:
        wanted[link.text].append(link.target)
    for text, targets in by_text.items():
        for target in targets:
            if text in wanted and target not in [*wanted[text], NOWHERE]:
                yield Difference(TEXT, text, "link", target, wanted[text][0])
