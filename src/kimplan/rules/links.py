"""What is wrong with a link that is to lead to the web, and the address that is meant."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from kimplan.characters import shown

_PROPER = ("https://", "http://")
_NO_MARK = "\"'“”‘’«»"
_COPY = "Copy the whole address from the browser."
_LAST_PORT = 65_535


class WrongLink(NamedTuple):
    """What is wrong with a link, as the end of a sentence about it, and how it is mended.

    `better` is the address that is surely meant, or empty. A doubtful link can be followed, and had
    better not be. What is secret in it is not to be repeated. What is elsewhere is better left out.
    """

    what: str
    hint: str
    better: str = ""
    is_doubtful: bool = False
    is_secret: bool = False
    is_elsewhere: bool = False


ON_A_DRIVE = WrongLink(
    "is a place on a drive or a computer, which others cannot open",
    "Delete this line: it is evidence without a link too. Or add the file to the repository.",
    is_elsewhere=True,
)

ON_A_DRIVE_IN_TEXT = WrongLink(
    ON_A_DRIVE.what, "Write an address that others can open, or the words alone."
)


_NO_PAGES = {
    "file": ON_A_DRIVE,
    "mailto": WrongLink(
        "is an e-mail address, and no place",
        "Write where the document is; who answers for it stands in owners.yaml.",
    ),
}
_NO_PLACES = {
    "data": "holds data and is no place",
    "javascript": "is a program and no place",
    "vbscript": "is a program and no place",
}


def judge(link: str) -> WrongLink | None:
    """Return what is wrong with `link`, None where it is sound or not meant for the web."""
    if _sound().fullmatch(link) and not _has_key(link):
        return None
    tests: tuple[Callable[[str], WrongLink | None], ...]
    tests = (_bracketed, _marked, _behind_words, _several, _begun_wrongly, _on_no_site, _spaced)
    tests = (*tests, _doubtful)
    return next((found for test in tests if (found := test(link))), None)


def lacking_scheme(better: str) -> WrongLink:
    """Return what is said of an address without its ``https://``."""
    return WrongLink("lacks https://", "Write the address as the browser shows it.", better)


def is_followed(link: str) -> bool:
    """Return whether a browser can follow `link`, be it one that had better not be there."""
    if not re.match(r"https?://(?!https?:)[^\s/]", link, re.IGNORECASE):
        return False
    tests = (_marked, _on_no_site, _spaced)
    return not any(test(link) for test in tests)


def _if_sound(link: str) -> str:
    return link if is_followed(link) else ""


@lru_cache(maxsize=1)
def _sound() -> re.Pattern[str]:
    label = "[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?"
    return re.compile(
        rf"https?://(?:{label}\.)+[A-Za-z][A-Za-z0-9-]*(?<!\.local)(?<!\.lan)"
        r"(?:[/?#](?:[^\s<>\"'“”‘’]*[^\s<>\"'“”‘’.,;)])?)?"
    )


@lru_cache(maxsize=1)
def _key() -> re.Pattern[str]:
    return re.compile(
        r"[?&#;](?:access_token|auth_token|token|api_?key|key|sig|signature|x-amz-signature|secret"
        r"|password|passwd|pwd)=[^&#\s]{8,}",
        re.IGNORECASE,
    )


def _has_key(link: str) -> bool:
    return "=" in link and _key().search(link) is not None


def _bracketed(link: str) -> WrongLink | None:
    """Return what is said of a link that is written as a text has it."""
    found = re.fullmatch(r"\[[^\]]*\]\s*\(\s*<?([^\s<>]*)>?(?:\s+[\"'][^\"']*[\"'])?\s*\)", link)
    if not found:
        return None
    hint = "Write the address alone; its words are the title."
    return WrongLink("is written as in a text, between brackets", hint, _if_sound(found[1]))


def _marked(link: str) -> WrongLink | None:
    """Return what is said of an address with marks around it."""
    inner = _unmarked(link)
    if inner == link or not inner.lower().startswith((*_PROPER, "www.")):
        return None
    better = inner if inner == _unmarked(inner) else ""
    return WrongLink("has marks around it", "Write the address alone.", _if_sound(better))


def _unmarked(link: str) -> str:
    inner = link.strip(f"<>{_NO_MARK} ").removeprefix("(").rstrip(f",;<>{_NO_MARK} ")
    return inner[:-1] if inner.endswith(")") and inner.count(")") > inner.count("(") else inner


def _behind_words(link: str) -> WrongLink | None:
    """Return what is said of an address with words before it."""
    found = re.fullmatch(
        r"(?:[^\s:/][^:/]*\s|\[\d+\]:?\s*)[(<]?(https?://[^\s<>]+)", link, re.IGNORECASE
    )
    if not found:
        return None
    better = _if_sound(found[1].rstrip(".,;)"))
    hint = "Write the address alone; the words belong to the title."
    return WrongLink("has words before the address", hint, better)


def _several(link: str) -> WrongLink | None:
    if not re.match(r"(?:https?://|www\.)\S*[\s,;|].*(?:https?://|www\.)", link, re.IGNORECASE):
        return None
    return WrongLink("holds several addresses", "Write an entry for each, with a title of its own.")


def _begun_wrongly(link: str) -> WrongLink | None:
    """Return what is said of a link that does not begin with ``https://`` or ``http://``."""
    twice = re.match(r"https?://(?=https?:)", link, re.IGNORECASE)
    rest = link[twice.end() :] if twice else link
    if not twice and re.match(r"https?://[^\s/]", link, re.IGNORECASE):
        return None
    near = re.match(r"([A-Za-z]{3,6})(\s*[:;.]?\s*[/\\]{0,4}\s*:?/{0,2}\s*)(?=[^\s/\\:]|\Z)", rest)
    if near and set(near[1].lower()) <= set("https") and set(near[2]) & set(":/\\"):
        scheme = "https" if "s" in near[1].lower() else "http"
        if near.end() == len(rest):
            return WrongLink("names no site", _COPY)
        better = _if_sound(f"{scheme}://{rest[near.end() :]}".replace("\\", "/"))
        what = "begins twice" if twice else f"does not begin with {scheme}:// and a site"
        return WrongLink(what, "Write the address as the browser shows it.", better)
    if link.startswith("//") or link.lower().startswith("www."):
        better = _if_sound(f"https://{link.removeprefix('//')}")
        return lacking_scheme(better)
    return _of_another_kind(link)


def _of_another_kind(link: str) -> WrongLink | None:
    scheme, colon, _ = link.partition(":")
    if not colon or not re.fullmatch("[A-Za-z][A-Za-z0-9+.-]+", scheme):
        return None
    inner = re.search(r"https?://\S+", link)
    if inner and (better := _if_sound(inner.group())):
        return WrongLink("opens in one program only", "Write the web address in it.", better)
    scheme = scheme.lower()
    if scheme in _NO_PAGES:
        return _NO_PAGES[scheme]
    if scheme in {"ftp", "ftps", "sftp", "ssh", "smb"}:
        return WrongLink("is one that no browser opens", "Write an address with https://.")
    if what := _NO_PLACES.get(scheme):
        return WrongLink(what, "Write the address of a page: https://….")
    return WrongLink("is no web address", "Write the whole address: https://….")


def _site(link: str) -> tuple[str, str, str]:
    """Return what stands before the site of an address, the site with its port, and the rest."""
    found = re.match(r"(https?://)([^/?#\\]*)", link, re.IGNORECASE)
    return (found[1], found[2], link[found.end() :]) if found else ("", "", link)


def _on_no_site(link: str) -> WrongLink | None:
    """Return what is said of an address whose site cannot be."""
    scheme, site, _ = _site(link)
    if not scheme:
        return None
    site = site.rpartition("@")[2]
    if any(map(str.isspace, site)):
        hint = "Write the address as the browser shows it, and nothing behind it."
        return WrongLink(f"has a space in the name of the site, {shown(site)}", hint)
    name, colon, port = (site, "", "") if site.endswith("]") else site.partition(":")
    if colon and not (port.isascii() and port.isdigit() and 0 < int(port[:9]) <= _LAST_PORT):
        hint = "Delete the colon and the port, or write its number."
        return WrongLink(f"has a port that is none, {shown(port)}", hint)
    if not name:
        return WrongLink("names no site", _COPY)
    if not _may_be_site(name):
        return WrongLink(f"names a site that cannot be, {shown(name)}", _COPY)
    return None


def _may_be_site(name: str) -> bool:
    if re.fullmatch(r"\[[0-9A-Fa-f:.]+\]", name):
        return True
    labels = name.removesuffix(".").split(".")
    return len(name) < 254 and all(re.fullmatch(r"[\w](?:[\w-]{0,61}\w)?", one) for one in labels)


def _spaced(link: str) -> WrongLink | None:
    """Return what is said of an address with a space behind its site."""
    if not link.lower().startswith(_PROPER) or not any(map(str.isspace, link)):
        return None
    last = link.rpartition(" ")[2]
    is_one = " " in link and any(mark in last for mark in "./=&")
    better = _if_sound(link.replace(" ", "%20")) if is_one else ""
    if better:
        return WrongLink("has a space in it", "Write %20 for each space.", better)
    hint = "Write %20 for each space that belongs to it, and leave out what does not."
    return WrongLink("has a space in it", hint)


def _doubtful(link: str) -> WrongLink | None:
    """Return why an address that can be followed had better not be there."""
    scheme, site, rest = _site(link)
    if not scheme:
        return None
    user, _, host = site.rpartition("@")
    if ":" in user:
        hint = "Take them out, and change the password: the plan's history keeps it."
        better = scheme + host + rest
        return WrongLink("holds a name and a password", hint, better, True, True)
    if _has_key(link):
        hint = "Copy an address for which the site asks who is reading."
        return WrongLink("holds a key that opens it to every reader", hint, "", True, True)
    if _is_inside(host.rpartition(":")[0] or host):
        hint = "Write an address that the board and an auditor can open."
        return WrongLink("leads where only your own network does", hint, "", True)
    if link.endswith("."):
        hint = "Delete the full stop if it ends your sentence."
        return WrongLink("ends with a full stop", hint, link.rstrip("."), True)
    return None


def _is_inside(host: str) -> bool:
    """Return whether a site is known on one network only."""
    name = host.casefold().rstrip(".")
    if name.startswith("["):
        return False
    is_private = re.match(r"(?:10|127|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.[\d.]+\Z", name)
    inside = (".local", ".lan", ".internal", ".intranet", ".corp", ".home", ".localhost")
    return "." not in name or bool(is_private) or name.endswith(inside)
