"""How a report is to look, from the options that say so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kimplan.errors import KimplanError

if TYPE_CHECKING:
    from kimplan.model.plan import Layout

_PUBLISHING = "publishing"
_PUBLISHED_POINTS = 12.0


def read_look(
    layout: str | None, font_size: str | None, purpose: str | None
) -> tuple[Layout | None, float | None]:
    """Return the layout, and the size of the tables' text in points, that the options ask for.

    Raises KimplanError for a layout, a size or a purpose that there is not.
    """
    from kimplan.model.plan import Layout
    from kimplan.model.suggestion import did_you_mean

    chosen, size = _layout(layout), _points(font_size)
    if purpose is None:
        return chosen, size
    if purpose != _PUBLISHING:
        hint = f"{did_you_mean(purpose, [_PUBLISHING])} Write --for {_PUBLISHING}.".strip()
        raise KimplanError(f"--for '{purpose[:40]}' is not known", hint)
    return chosen or Layout.SECTIONS, size or _PUBLISHED_POINTS


def _layout(text: str | None) -> Layout | None:
    from kimplan.model.plan import Layout
    from kimplan.model.suggestion import did_you_mean

    if text is None:
        return None
    if text not in set(Layout):
        hint = f"{did_you_mean(text, Layout)} Write --layout table or --layout sections.".strip()
        raise KimplanError(f"--layout '{text[:40]}' is not known", hint)
    return Layout(text)


def _points(text: str | None) -> float | None:
    from kimplan.model.fields import parse_points

    if text is None:
        return None
    try:
        return parse_points(text.strip())
    except ValueError:
        hint = "Write a size in points from 6 to 24, such as --font-size 12."
        raise KimplanError(f"--font-size '{text[:40]}' is not a size", hint) from None
