"""Colours as files name them, to ``RRGGBB``."""

from __future__ import annotations

import colorsys
import re

_HEX = re.compile(r"#?([0-9a-f]{6}|[0-9a-f]{3})", re.IGNORECASE)
_RGB = re.compile(
    r"rgba?\(\s*(\d{1,3})\s*[, ]\s*(\d{1,3})\s*[, ]\s*(\d{1,3})"
    r"(\s*[,/]\s*(?:0?\.?0+%?)\s*\))?",
    re.IGNORECASE,
)
# The colours of CSS (CSS Color Module Level 4) that a rating may be painted in.
_NAMES = {
    "green": "008000", "lime": "00FF00", "limegreen": "32CD32", "lightgreen": "90EE90",
    "darkgreen": "006400", "forestgreen": "228B22", "seagreen": "2E8B57", "red": "FF0000",
    "darkred": "8B0000", "crimson": "DC143C", "firebrick": "B22222", "orange": "FFA500",
    "darkorange": "FF8C00", "gold": "FFD700", "yellow": "FFFF00", "blue": "0000FF",
    "lightblue": "ADD8E6", "navy": "000080", "grey": "808080", "gray": "808080",
    "lightgrey": "D3D3D3", "lightgray": "D3D3D3", "silver": "C0C0C0", "black": "000000",
}  # fmt: skip
_PLAIN = {"FFFFFF", ""}


def css_colour(text: str) -> str:
    """Return a colour of a style sheet; empty for white, none, and what is no colour."""
    text = text.strip()
    if found := _RGB.match(text):
        if found[4]:
            return ""  # nobody sees it
        parts = [min(int(part), 255) for part in found.groups()[:3]]
        return _seen("".join(f"{part:02X}" for part in parts))
    word = text.split()[0] if text else ""
    if found := _HEX.fullmatch(word):
        digits = found[1] if len(found[1]) > len("fff") else "".join(c * 2 for c in found[1])
        return _seen(digits.upper())
    return _NAMES.get(word.casefold(), "")


def _seen(colour: str) -> str:
    return "" if colour in _PLAIN else colour


def tinted(colour: str, tint: float) -> str:
    """Return a colour made lighter, or darker for a negative `tint` (ECMA-376 part 1, 18.8.19)."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    hue, light, strength = colorsys.rgb_to_hls(red, green, blue)
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    parts = colorsys.hls_to_rgb(hue, min(max(light, 0), 1), strength)
    return "".join(f"{round(part * 255):02X}" for part in parts)
