"""Every link of a file that is wrong: in a field of its own, or inside a text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from kimplan.characters import shown
from kimplan.model.own_type import MOST_OWN_FIELDS, OwnType
from kimplan.rules.addresses import is_address, looks_like_site
from kimplan.rules.links import ON_A_DRIVE, WrongLink, judge
from kimplan.rules.prose_links import wrong_links
from kimplan.rules.texts import READER, PlacedText

if TYPE_CHECKING:
    from kimplan.diagnostic import Correction, Diagnostic, Severity
    from kimplan.loader import LoadedFile
    from kimplan.model.plan import Settings
    from kimplan.model.recommendation import Recommendation
    from kimplan.source import KeyPath

_NO_ADDRESS = WrongLink("is no web address", "Write the whole address: https://….")


class PlacedLink(NamedTuple):
    """A wrong link: the text at a path, the words of it that are the link, and what is wrong."""

    at: KeyPath
    text: str
    start: int
    end: int
    wrong: WrongLink

    @property
    def is_whole(self) -> bool:
        """Whether the link is all that its field holds."""
        return (self.start, self.end) == (0, len(self.text))


def links_of(item: Recommendation, settings: Settings | None) -> list[PlacedLink]:
    """Return the wrong links of a record but for the errors of its own fields, as KP114's are."""
    found: list[PlacedLink] = []
    for index, evidence in enumerate(item.evidence):
        link = evidence.link
        if link and is_address(link) and (wrong := judge(link)):
            found.append(PlacedLink(("evidence", index, "link"), link, 0, len(link), wrong))
    for field in (settings.fields if settings and item.fields else [])[:MOST_OWN_FIELDS]:
        if field.type is OwnType.LINK and field.id in item.fields:
            link = item.fields[field.id]
            if (wrong := judge(link)) and wrong.is_doubtful:
                found.append(PlacedLink(("fields", field.id), link, 0, len(link), wrong))
    found += _inside(READER.texts(item, settings)[0])
    return found


class _Links:
    """Finds a record's wrong links once, though each of the rules asks for them."""

    def __init__(self) -> None:
        self._last: tuple[Recommendation, Settings | None] | None = None
        self._found: list[PlacedLink] = []

    def read(self, item: Recommendation, settings: Settings | None) -> list[PlacedLink]:
        """Return the wrong links of `item`, whose own fields the settings declare."""
        if not self._last or self._last[0] is not item or self._last[1] is not settings:
            self._last, self._found = (item, settings), links_of(item, settings)
        return self._found


LINKS = _Links()


def links_of_settings(settings: Settings) -> Iterator[PlacedLink]:
    """Yield the wrong links of the settings."""
    if settings.source and (link := settings.source.link):
        wrong = judge(link) if is_address(link) else _NO_ADDRESS
        if looks_like_site(link):
            wrong = judge(f"//{link}")
        if wrong:
            yield PlacedLink(("source", "link"), link, 0, len(link), wrong)
    yield from _inside(READER.read_settings(settings).texts)


def _inside(texts: Iterable[PlacedText]) -> Iterator[PlacedLink]:
    for at, text in texts:
        for start, end, wrong in wrong_links(text):
            yield PlacedLink(at, text, start, end, wrong)


def finding_of(
    file: LoadedFile[Any], code: str, severity: Severity, link: PlacedLink
) -> Diagnostic:
    """Return what is said of a wrong link, at its place."""
    at, text, start, end, wrong = link
    said = "" if wrong.is_secret else f" {shown(text[start:end])}"
    is_drive = wrong.what == ON_A_DRIVE.what
    message = (
        f"this {wrong.what}" if is_drive or wrong.is_elsewhere else f"the link{said} {wrong.what}"
    )
    correction = instead(file, link) if wrong.better else None
    if wrong.is_elsewhere and at[0] == "evidence":
        correction = without(file, at)
    if link.is_whole:
        return file.finding(code, message, at, wrong.hint, severity=severity, correction=correction)
    from kimplan.source import Words

    words = Words(text, start, end)
    return file.finding_in(
        code, message, at, words, wrong.hint, severity=severity, correction=correction
    )


def without(file: LoadedFile[Any], at: KeyPath) -> Correction | None:
    """Return the lines without the key at `at`."""
    from kimplan.writing import keys
    from kimplan.writing.correction import by_edit

    return by_edit(file.document, lambda text: keys.remove_key(text, at))


def instead(file: LoadedFile[Any], link: PlacedLink) -> Correction | None:
    """Return the lines with the address that is meant in place of a link."""
    from kimplan.writing import keys
    from kimplan.writing.correction import by_edit

    at, text, start, end, wrong = link
    new = text[:start] + wrong.better + text[end:]
    put = keys.set_line if link.is_whole else keys.set_text
    return by_edit(file.document, lambda parsed: put(parsed, at, new))
