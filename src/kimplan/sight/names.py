"""What a character is called by somebody who looks at it: ``a non-breaking space (U+00A0)``."""

from __future__ import annotations

import unicodedata

from kimplan.sight.look_alikes import BULLETS, doubles, letters

_CALLED = {
    "\x00": "a null character",
    "\x07": "a bell character",
    "\x08": "a backspace",
    "\x0b": "a line break of Word",
    "\x0c": "a page break",
    "\x1b": "an escape character",
    "\x1e": "a non-breaking hyphen of Word",
    "\x1f": "an optional hyphen of Word",
    "\x7f": "a delete character",
    "\xa0": "a non-breaking space",
    "\xad": "a soft hyphen",
    "\xb4": "an acute accent",
    "`": "a grave accent",
    "\u200b": "a zero-width space",
    "\u200c": "a zero-width non-joiner",
    "\u200d": "a zero-width joiner",
    "\u2010": "a typographic hyphen",
    "\u2011": "a non-breaking hyphen",
    "\u2018": "a curly quotation mark",
    "\u2019": "a curly quotation mark",
    "\u201c": "a curly quotation mark",
    "\u201d": "a curly quotation mark",
    "\u202f": "a narrow non-breaking space",
    "\u3000": "a wide space",
    "\ufeff": "a byte order mark",
    "\uff1a": "a wide colon",
}
_NAMED = {
    "-": "a hyphen", " ": "a space", ":": "a colon",
    '"': "a straight quotation mark", "'": "a straight quotation mark",
}  # fmt: skip
_KINDS = {"Cs": "half of a surrogate pair", "Cn": "a noncharacter", "Cc": "a control character"}
_VOWELS = "aeiou"
_TURNS = frozenset({"LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"})


def called(character: str) -> str:
    """Return the character's name and its code point: ``an en dash (U+2013)``."""
    return f"{_name(character)} (U+{ord(character):04X})"


def _name(character: str) -> str:
    if character in _CALLED:
        return _CALLED[character]
    if character in letters():
        return _name_of_letter(character)
    name = unicodedata.name(character, "").lower()
    if "tag" in name.split():
        return "a tag character"
    article = "an" if name[:1] in _VOWELS else "a"
    return f"{article} {name}" if name else _KINDS.get(unicodedata.category(character), "a mark")


def _name_of_letter(character: str) -> str:
    _, script = letters()[character]
    if script == "Latin":
        return f"the letter {character}"
    article = "an" if script[:1].lower() in _VOWELS else "a"
    return f"{article} {script} {character}"


def looks_like(character: str) -> str:
    """Return what a `character` looks like, in words; nothing if it cannot be seen."""
    if character in BULLETS:
        return "the dash of a list"
    return plainly(doubles().get(ord(character), ""))


def plainly(characters: str) -> str:
    """Return what characters of the keyboard are called: ``a hyphen``, ``the letter a``."""
    if not characters or len(characters) > 1:
        return characters
    if characters.isalpha():
        return f"the letter {characters}"
    return _NAMED.get(characters, f"a plain {characters}")


def by_sight(character: str) -> str:
    """Return a character's name and what a reader takes it for.

    ``a non-breaking space (U+00A0), which looks like a space``
    """
    like = looks_like(character)
    return f"{called(character)}, which {f'looks like {like}' if like else _unlike(character)}"


def _unlike(character: str) -> str:
    if unicodedata.bidirectional(character) in _TURNS:
        return "turns the text round"
    return "nobody can see"
