"""Which addresses mail can be sent to: those of RFC 5321 that need nothing special of a server."""

from __future__ import annotations

import re
from email.headerregistry import Address
from email.utils import quote

from kimplan.characters import make_visible
from kimplan.errors import KimplanError

_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_DOMAIN = re.compile(rf"{_LABEL}(?:\.{_LABEL})*")
_NAMED = re.compile(r"(?P<name>[^<>]*)<(?P<address>[^<>]*)>")
_LONGEST = 254
# Characters of a name beside an address, those that quotes need before them included. Python's
# library breaks a longer one and drops its quotes: a comma in it would then begin a new recipient.
_LONGEST_NAME = 70


def fault(address: str) -> str:
    """Return why no mail can be sent to `address`, or nothing if it can."""
    local, at, domain = address.rpartition("@")
    if not address.strip():
        return "no address is registered"
    if not at or not local or not domain:
        return f"{_shown(address)} is no address: it has no name, no @ or no domain"
    if not address.isascii():
        return f"{_shown(address)} has letters that not every mail server takes"
    is_sound = (
        "=?" not in local
        and _LOCAL.fullmatch(local)
        and _DOMAIN.fullmatch(domain)
        and len(local) <= 64
    )
    if not is_sound or len(address) > _LONGEST:
        return f"{_shown(address)} is not written as an address is"
    return ""


def _shown(address: str) -> str:
    return f"'{make_visible(address[:80])}'"


def header_text(text: str) -> str:
    """Return a text as it can stand in a header, on one line.

    Python's library decodes what looks like an encoded word (RFC 2047), line breaks included, even
    where it is given as text; a space keeps it from looking so.
    """
    return make_visible(text).replace("=?", "= ?")


def with_name(name: str, address: str) -> Address:
    """Return an address that mail can be sent to, with a person's name, as a header has it."""
    line = header_text(" ".join(name.split()))
    while len(quote(line)) > _LONGEST_NAME:
        line = line[:-1].rstrip()
    return Address(display_name=line, addr_spec=address)


def read_sender(text: str) -> Address:
    """Return the sender that ``--from`` names: ``plan@example.org`` or ``Name <address>``.

    Raises KimplanError for anything else.
    """
    line = text.strip()
    found = _NAMED.fullmatch(line)
    name, address = (found["name"].strip().strip('"'), found["address"]) if found else ("", line)
    is_one = line.isprintable() and line.count("@") == 1
    problem = fault(address) if is_one else "it is not one address on one line"
    if problem:
        hint = "Write it as plan@example.org, or 'Action plan <plan@example.org>'."
        raise KimplanError(f"the sender cannot be used: {problem}", hint)
    return with_name(name, address)
