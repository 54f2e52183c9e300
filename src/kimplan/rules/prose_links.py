"""The links inside a text that lead nowhere, and where they stand in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from kimplan.model.prose import SCHEMES
from kimplan.rules.addresses import looks_like_site
from kimplan.rules.links import ON_A_DRIVE_IN_TEXT, WrongLink, is_followed, judge, lacking_scheme
from kimplan.rules.texts import may_hold_link

_MOST = 20  # that are told of one text
_MOST_BRACKETS = 200  # of which more are no links, as for whoever shows the text
_LONGEST = 2_000
_SUFFIX = 3  # letters that are more than the ending of a word
_EDGE = ".,;:!?…'’*_\"”"


class LinkInText(NamedTuple):
    """A link from `start` to `end` of a text, what is wrong with it, and what to write there."""

    start: int
    end: int
    wrong: WrongLink


def wrong_links(text: str) -> Iterator[LinkInText]:
    """Return the links of `text` that lead nowhere, the first twenty of them."""
    return islice(_wrong_links(text), _MOST) if may_hold_link(text) else iter(())


def _wrong_links(text: str) -> Iterator[LinkInText]:
    done = 0
    for found in islice(_opening().finditer(text), _MOST_BRACKETS):
        if found.start() < done:
            continue
        yield from _bare(text, done, found.start())
        done = found.end()
        if found["turned"]:
            yield from _turned(found)
            continue
        end = _closing(text, found.end())
        if found["gap"] and not text.startswith(("http", "www."), found.end()):
            continue
        done = end + 1 if end >= 0 else found.end()
        yield from _bracketed(text, found, end)
    yield from _bare(text, done, len(text))


@lru_cache(maxsize=1)
def _opening() -> re.Pattern[str]:
    return re.compile(
        r"\[(?:[^\[\]\n]|\n(?!\n)){0,300}\](?P<gap>[ \t]?)\("
        r"|\((?P<words>[^()\n]{1,300})\)\[(?P<turned>https?://[^\[\]\s]{1,2000})\]"
    )


@lru_cache(maxsize=1)
def _address() -> re.Pattern[str]:
    mistyped = (
        r"h{0,2}t{1,3}p{1,2}s{0,2}://(?=[\w-]+\.)|https?(?://|:[\\]{1,2}|[;.]//)(?=[\w-]+\.\w)"
    )
    return re.compile(
        rf"(?<![\w@./-])(?:https?:/|{mistyped})[^\s<>“”\"\[\]]{{0,2000}}", re.IGNORECASE
    )


@lru_cache(maxsize=1)
def _rest() -> re.Pattern[str]:
    """Return what goes on behind a space in an address: a path to a file."""
    letter = r"[^\s<>“”\"\[\](),;]"
    kinds = "docx?|xlsx?|pptx?|pdf|csv|aspx|msg"
    return re.compile(rf" {letter}{{0,80}}/{letter}{{0,200}}\.(?:{kinds})\b")


def _closing(text: str, start: int) -> int:
    """Return where the bracket that is open at `start` is closed in its paragraph, or -1."""
    depth = 1
    for at, character in enumerate(text[start : start + _LONGEST], start):
        depth += (character == "(") - (character == ")")
        if not depth:
            return at
        if character == "\n" and text.startswith("\n", at + 1):
            break
    return -1


def _turned(found: re.Match[str]) -> Iterator[LinkInText]:
    better = f"[{found['words']}]({found['turned']})"
    what = "is the wrong way round"
    hint = "The words stand in [ ], and the address in ( ) behind them."
    yield LinkInText(*found.span(), WrongLink(what, hint, better))


def _bracketed(text: str, found: re.Match[str], end: int) -> Iterator[LinkInText]:
    """Yield what is wrong with a link between brackets."""
    start = found.end()
    if end < 0:
        stop = min(at for at in (text.find("\n", start), len(text)) if at >= 0)
        if is_meant(text[start:stop]):
            what = "has no ) at its end"
            yield LinkInText(found.start(), stop, WrongLink(what, "Write it behind the address."))
        return
    inner = text[start:end]
    lead = len(inner) - len(inner.lstrip())
    target = re.sub(r"\s+[\"'][^\"']*[\"']\Z", "", inner.strip())
    place = start + lead, start + lead + len(target)
    if not target:
        what, hint = "leads nowhere", "Write the address between ( and ), or the words alone."
        yield LinkInText(found.start(), end + 1, WrongLink(what, hint))
    elif found["gap"]:
        what, hint = "has a space before its (", "Delete the space, so that it becomes a link."
        wrong = judge(target)
        address = wrong.better if wrong else target
        better = f"{text[found.start() : start - 2]}({address})" if is_followed(address) else ""
        yield LinkInText(found.start(), end + 1, WrongLink(what, hint, better))
    elif len(target) < _SUFFIX and target.isalpha():
        return  # the [form](s)
    elif wrong := _target(target):
        yield LinkInText(*place, wrong)


def is_meant(target: str) -> bool:
    """Return whether words between brackets are meant for an address."""
    return target.strip().lower().startswith((*SCHEMES, "www."))


def _target(target: str) -> WrongLink | None:
    """Return what is wrong with the address of a link between brackets."""
    if target.startswith("<") and target.endswith(">"):
        target = target[1:-1].replace(" ", "%20")
    if target.lower().startswith("mailto:") and " " not in target:
        return None
    if "\n" in target and is_meant(target):
        return WrongLink("goes on in the next line", "Write the whole link on one line.")
    if wrong := judge(target):
        return ON_A_DRIVE_IN_TEXT if wrong.is_elsewhere else wrong
    if target.lower().startswith(SCHEMES):
        return None
    if looks_like_site(target) and is_followed(f"https://{target}"):
        return lacking_scheme(f"https://{target}")
    return ON_A_DRIVE_IN_TEXT if _on_a_drive(target) else _no_address(target)


def _no_address(target: str) -> WrongLink:
    hint = "Write an address with https://; a file in the repository is named as evidence."
    # Words between brackets are mostly an aside: [draft](not final).
    is_aside = not any(mark in target for mark in "/\\#") and not re.search(r"\.\w+\Z", target)
    what = "is no web address, so it is printed as it stands"
    return WrongLink(what, hint, is_doubtful=is_aside)


def _on_a_drive(target: str) -> bool:
    return target.startswith("\\\\") or re.match(r"[A-Za-z]:[\\/]", target) is not None


def _bare(text: str, start: int, end: int) -> Iterator[LinkInText]:
    """Yield what is wrong with the addresses that stand in a text as they are."""
    for found in _address().finditer(text, start, end):
        close = _angle(text, found.start())
        if close and (wrong := judge(text[found.start() : close])) and wrong.better:
            yield LinkInText(found.start(), close, wrong)
            continue
        address = found.group().rstrip(_EDGE)
        while address.endswith(")") and address.count(")") > address.count("("):
            address = address[:-1].rstrip(_EDGE)
        if address.rstrip("/").lower() in {"http:", "https:"}:
            continue  # spoken of
        stop = found.start() + len(address)
        behind = re.compile(r" [\w-]+(?:\.[\w-]+)*\.(?:uk|com|org|net|eu|gov)\b").match(text, stop)
        if "." not in address and behind:
            stop, address = behind.end(), text[found.start() : behind.end()]
        elif address.count("/") > 2 and (more := _rest().match(text, stop)):
            yield _broken_off(text, found.start(), more.end())
            continue
        if wrong := judge(address):
            yield LinkInText(found.start(), stop, wrong)


def _angle(text: str, start: int) -> int:
    """Return where the < before an address is closed on its line, 0 if there is none."""
    if text[start - 1 : start] != "<":
        return 0
    stop = text.find(">", start, start + _LONGEST)
    return stop if stop > 0 and "\n" not in text[start:stop] else 0


def _broken_off(text: str, start: int, end: int) -> LinkInText:
    """Return that an address ends at a space, though it surely goes on."""
    better = text[start:end].replace(" ", "%20")
    what = "has a space in it, at which it ends"
    better = better if is_followed(better) else ""
    return LinkInText(start, end, WrongLink(what, "Write %20 for each space.", better, True))
