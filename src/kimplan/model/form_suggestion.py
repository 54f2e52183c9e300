"""What a value that is not written as it should be was surely meant to be."""

from __future__ import annotations

from kimplan.model.form import Form
from kimplan.model.refs import is_ref
from kimplan.model.value_forms import REF, SLUG

_LONDON = frozenset(
    {"london", "uk", "gb", "bst", "gmt+1", "utc+1", "britain", "england", "wales", "united kingdom"}
    | {
        "europe london",
        "europe/london",
        "gb-eire",
        "great britain",
        "scotland",
        "british summer time",
    }
    | {"gmt standard time", "gmt/bst", "bst/gmt", "localtime", "local", "factory", "posixrules"}
)


def suggest_form(form: Form, found: object) -> str:
    """Return how `found` is written in the `form` of a ref or an id, or nothing."""
    if not isinstance(found, str):
        return ""
    if form is REF:
        ref = "".join(found.split())
        return ref if is_ref(ref) else ""
    if form is SLUG:
        return as_id(found)[:64]
    return ""


def as_id(words: str) -> str:
    """Return `words` as an id is written: small letters, digits and hyphens."""
    plain = words.casefold().replace("&", " and ")
    return "-".join(
        "".join(one if one.isascii() and one.isalnum() else " " for one in plain).split()
    )


def suggest_time_zone(found: object) -> str:
    """Return the name of the time zone that `found` means in the United Kingdom, or elsewhere."""
    from zoneinfo import available_timezones

    words = str(found).strip().casefold()
    if words in _LONDON:
        return "Europe/London"
    wanted = words.replace(" ", "_")
    known = (
        name for name in sorted(available_timezones()) if not name.startswith(("posix", "right"))
    )
    return next((name for name in known if name.casefold() in {wanted, f"europe/{wanted}"}), "")
