"""Whether an e-mail address is one, what else it is, and the one that is meant."""

from __future__ import annotations

import re

from kimplan.model.nobody import is_nobody

_LABEL = r"[^\W_](?:[\w-]*[^\W_])?"
_ADDRESS = re.compile(rf"[^\s@<>,;:\"()\[\]\\]+@{_LABEL}(?:\.{_LABEL})+")
_NAMED = re.compile(r"[^<>]*<\s*([^<>]*?)\s*>")
_AT = re.compile(r"\s*(?:\(at\)|\[at\]|\{at\}|\sat\s)\s*", re.IGNORECASE)
_DOT = re.compile(r"\s*(?:\(dot\)|\[dot\]|\sdot\s)\s*", re.IGNORECASE)


def is_email(text: str) -> bool:
    """Return whether `text` is one e-mail address and nothing else."""
    return _ADDRESS.fullmatch(text) is not None


def email_in(text: str) -> str:
    """Return the one address that `text` surely means, or nothing."""
    found = _NAMED.fullmatch(text)
    plain = (found[1] if found else text).strip(" .,;'\"")
    plain = re.sub(r"\Amailto:\s*", "", plain, flags=re.IGNORECASE)
    plain = _DOT.sub(".", _AT.sub("@", plain))
    plain = re.sub(r"\s*([@.])\s*", r"\1", plain)
    return plain if _ADDRESS.fullmatch(plain) else ""


def fault_of_email(text: str) -> str:
    """Return why `text` is no address, as the end of a sentence."""
    if is_nobody(text):
        return "nobody has it yet"
    if text.count("@") > 1:
        return "there are several"
    local, at, domain = (part.strip() for part in text.partition("@"))
    faults = (
        (not at, "it has no @"),
        (not local and domain, "a handle is not one"),
        (not local, "nothing stands before the @"),
        (not domain, "nothing stands behind the @"),
        (re.fullmatch(_LABEL, domain), "its domain has no ending, such as .org.uk"),
    )
    more = "something stands around it" if email_in(text) else "it holds what no address has"
    return next((why for is_so, why in faults if is_so), more)


def hint_of_email(text: str) -> str:
    """Return how an address is mended that only its owner knows."""
    if is_nobody(text):
        return "Delete the line until there is one."
    if text.count("@") > 1:
        return "Write one address that these people share, or register a role for each."
    if text.startswith("@"):
        return f"Write 'handle: \"{text}\"', or an address such as name@example.org."
    return "Write the whole address, such as name@example.org."
