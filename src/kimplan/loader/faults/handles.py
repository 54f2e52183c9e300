"""What is said of a handle that is none, and the one that is surely meant (KP108)."""

from __future__ import annotations

import re
from typing import NamedTuple

from kimplan.loader.faults.fault import Error, Fault
from kimplan.loader.faults.mends import dropped, on_one_line
from kimplan.model.email_addresses import email_in, fault_of_email
from kimplan.model.nobody import is_nobody
from kimplan.model.value_forms import HANDLE
from kimplan.source import shown

_NAME = "[A-Za-z0-9._-]*[A-Za-z0-9_-]"
_PAGE = re.compile(rf"(?:https?://)?(?:[\w-]+\.)+[a-z]{{2,}}/@?(?P<name>{_NAME}(?:/{_NAME})*)/?")
_BARE = re.compile(rf"@*\s?({_NAME}(?:/{_NAME})*)[.,;]?")
_ALLOWED = re.compile(r"[A-Za-z0-9._/@-]+")


class _Wrong(NamedTuple):
    """Why a handle is none, as the end of a sentence, how it is mended, and what is meant."""

    why: str
    hint: str = HANDLE.hint
    meant: str = ""


def no_handle(error: Error) -> Fault:
    """Return why a text is no handle, with the line to write where that is sure."""
    text = error.found.strip()
    message = f"{error.name} {shown(text)}"
    if is_nobody(text):
        hint = "Delete the line until somebody has one."
        return Fault(
            "KP108", f"{message} is nobody's handle", error.at, hint, mend=dropped(error.at)
        )
    wrong = _wrong(text)
    mend = on_one_line(error.at, wrong.meant) if wrong.meant else None
    return Fault("KP108", f"{message} is no handle: {wrong.why}", error.at, wrong.hint, mend=mend)


def _wrong(text: str) -> _Wrong:
    tests = (_a_page, _nearly_a_name, _an_address, _several, _begun, _like_an_address)
    found = next((wrong for test in tests if (wrong := test(text))), None)
    return found or _Wrong("it is no name on the forge", "Write it as the forge shows it: @name.")


def _a_page(text: str) -> _Wrong | None:
    page = _PAGE.fullmatch(text)
    why = "it is the address of a page"
    return _Wrong(why, "Write the name in it.", f"@{page['name']}") if page else None


def _nearly_a_name(text: str) -> _Wrong | None:
    bare = _BARE.fullmatch(text)
    if bare and "@" not in text:
        return _Wrong("it has no @", "Write the @ before it.", f"@{bare[1]}")
    why = "something stands around it"
    return _Wrong(why, "Write the name alone.", f"@{bare[1]}") if bare else None


def _an_address(text: str) -> _Wrong | None:
    address = email_in(re.sub("@+", "@", text.lstrip("@")) if "@" in text else text)
    return _Wrong(_of_address(text), "Write the address alone.", address) if address else None


def _of_address(text: str) -> str:
    return "it has an @ too many" if re.search("@@|\\A@", text) else fault_of_email(text)


def _several(text: str) -> _Wrong | None:
    names = re.split(r"[\s,;]+|\band\b", text)
    hint = "Write one: a team of the forge, '@organisation/team', or an address that they share."
    many = sum("@" in name for name in names)
    return _Wrong("there are several", hint) if many > 1 else None


def _begun(text: str) -> _Wrong | None:
    """Return what is wrong with a name that has its @."""
    if not text.startswith("@"):
        return None
    hint = "Write it as the forge shows it: @name, @organisation/team."
    if any(map(str.isspace, text)):
        return _Wrong("it holds a space", hint)
    if not _ALLOWED.fullmatch(text):
        return _Wrong("it may hold letters without accents, digits and . _ - only", hint)
    return _Wrong("it is not written as a name on the forge is", hint)


def _like_an_address(text: str) -> _Wrong | None:
    name, at, behind = text.partition("@")
    if not at:
        return None
    hint = f'Write the name on the forge, "@{name}", or the whole address.'
    is_name = not behind and _BARE.fullmatch(name)
    return _Wrong(fault_of_email(text), hint if is_name else HANDLE.hint)
