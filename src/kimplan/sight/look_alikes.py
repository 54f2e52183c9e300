"""Characters that look like one of the keyboard's, and which one that is."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import lru_cache

SPACES = (
    "\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
)
DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\ufe58\ufe63\uff0d"
DOUBLE_QUOTES = "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb\uff02"
SINGLE_QUOTES = "\u2018\u2019\u201a\u201b\u00b4\u2032\uff07"
BULLETS = "\u2022\u00b7\u25cf\u25aa\u25e6"
COLONS = "\uff1a\ufe55\ufe13\u2236\ua789"
_LETTERS = {
    "Cyrillic": (
        "\u0430\u0435\u043e\u0440\u0441\u0445\u0443\u0456\u0458\u0455\u04bb\u0501\u051b\u051d"
        "\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0425\u0423\u0406\u0408\u0405",
        "aeopcxyijshdqwABEKMHOPCTXYIJS",
    ),
    "Greek": (
        "\u03bf\u03b1\u03b9\u03bd\u03c1\u03c5\u03f3\u03f2"
        "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7",
        "oaivpujcABEZHIKMNOPTYX",
    ),
    "Armenian": ("\u0585\u057d\u0570", "ouh"),
    "Latin": ("\u0131\u0261\u0237", "igj"),
}
_LIGATURES = {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl"}


@lru_cache(maxsize=1)
def letters() -> Mapping[str, tuple[str, str]]:
    """Return the letters that look like others: each with those, and the name of its script."""
    found = {
        one: (other, script)
        for script, (ours, theirs) in _LETTERS.items()
        for one, other in zip(ours, theirs, strict=True)
    }
    ligatures = {one: (other, "ligature") for one, other in _LIGATURES.items()}
    wide = {chr(code + 0xFEE0): (chr(code), "wide") for code in range(0x21, 0x7F)}
    return {**wide, **found, **ligatures}


@lru_cache(maxsize=1)
def doubles() -> Mapping[int, str]:
    """Return every character that looks like others on the keyboard, with those it looks like."""
    return {
        **{ord(one): other for one, (other, _) in letters().items()},
        **dict.fromkeys(map(ord, SPACES), " "),
        **dict.fromkeys(map(ord, DASHES), "-"),
        **dict.fromkeys(map(ord, DOUBLE_QUOTES), '"'),
        **dict.fromkeys(map(ord, SINGLE_QUOTES), "'"),
        **dict.fromkeys(map(ord, COLONS), ":"),
    }


def plain(text: str) -> str:
    """Return `text` with each character that looks like one of the keyboard's as that one."""
    return text if text.isascii() else text.translate(_table())


@lru_cache(maxsize=1)
def _table() -> dict[int, str]:
    return {code: other for code, other in doubles().items() if code > 0x7F}


def skeleton(text: str) -> str:
    """Return what two texts have in common that look the same."""
    return " ".join(plain(unicodedata.normalize("NFC", text)).split())
