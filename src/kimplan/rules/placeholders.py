"""What somebody meant to fill in: each function returns its first occurrence in a text.

Loaded where a text holds a word that may be one, or is very short.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice

from kimplan.rules.phrases import Found, found_at, without_quotes
from kimplan.rules.texts import SHORT

_AROUND = " \n.,!?…*_()[]-–—:;"
_AS_ABOVE = frozenset(
    {
        "as above",
        "see above",
        "same as above",
        "as below",
        "see below",
        "as before",
        "ditto",
        "same",
    }
    | {"same as before", "same as last time", "as last time", "as previous", "as previously"}
    | {"see previous", "see previous update", "see previous response", "see last update"}
    | {"see last report", "see previous report", "as previous update", "as last update"}
    | {"as per last update", "as per previous update", "as per last report", "as reported"}
    | {"refer to previous response", "refer to previous update", "as previously reported"}
)
# What a response may not be alone: it is the rating in other words, or says that nothing is said.
_STATUS = frozenset(
    {"in progress", "ongoing", "on going", "on-going", "work in progress", "wip", "underway"}
    | {"under way", "not started", "not yet started", "on track", "pending", "to do", "draft"}
    | {"no update", "no updates", "no change", "no changes", "no further update", "unchanged"}
    | {"no further updates", "no new update", "no update this month", "no update this quarter"}
    | {"no update available", "nothing to report", "nothing to add", "no progress", "under review"}
    | {"no change since last update", "no change since last time", "update required"}
    | {"update needed", "please update", "needs update", "to be updated", "to be completed"}
    | {"to be provided", "to be added", "to be written", "work is ongoing", "work ongoing"}
)
_DONE = frozenset({"done", "complete", "completed", "closed", "finished", "actioned"})
# What the pattern of placeholders cannot do without, in small letters.
_MARKS = (
    *("tba", "tbc", "tbd", "t.b.", "fixme", "todo", "to do:", "xx", "x%", "£x", "lorem ipsum"),
    *("insert ", "click ", "choose an item.", "??", "___", "……", ".....", "{{"),
)
_IN_BRACKETS = (
    *("insert", "enter", "add", "type ", "click ", "text ", "your ", "date", "name", "number"),
    *("amount", "figure", "month", "year", "role", "owner", "details", "placeholder", "response"),
    *("update", "comment", "link", "evidence", "title", "to be "),
)
_ONLY = _AS_ABOVE | {"", "n/a", "na", "n.a", "not applicable", "none", "nil", "null", "unknown"}


def find_placeholder(text: str) -> Found | None:
    """Return the first placeholder; one in quotation marks is spoken of, not left standing."""
    text = without_quotes(text)
    for found in _placeholder().finditer(text) if _may_be_in(text.lower()) else ():
        if found.group()[:2] != "TB" or not _other_tbc().search(text):
            return found_at(text, *found.span())
    error = _cell_error().search(text) if "#" in text or "Error!" in text else None
    return found_at(text, *error.span()) if error else None


def _may_be_in(low: str) -> bool:
    """Return whether a text in small letters holds what some placeholder begins with; fast."""
    if any(mark in low for mark in _MARKS):
        return True
    return any(
        words.startswith(_IN_BRACKETS)
        for mark in "[<"
        for words in islice(low.split(mark), 1, None)
    )


def find_put_off(text: str) -> Found | None:
    """Return the first sentence that only says that what it should say will follow."""
    found = _put_off().search(without_quotes(text))
    return found_at(text, *found.span("words")) if found else None


def find_only_words(text: str) -> Found | None:
    """Return the whole of a text that says nothing: ``N/A``, a dash, ``as above``."""
    if len(text) < SHORT and text.casefold().strip(_AROUND) in _ONLY:
        return found_at(text, 0, len(text.rstrip()))
    return None


def find_status(text: str, *, is_open: bool) -> Found | None:
    """Return the whole of a response that says no more than its rating does.

    Of what claims to be done while the rating is open, the rule for claims tells.
    """
    words = text.casefold().strip(_AROUND) if len(text) < SHORT else ""
    if words in _STATUS or (words in _DONE and not is_open):
        return found_at(text, 0, len(text.rstrip()))
    return None


def says_status(words: str) -> bool:
    """Return whether words say no more than a rating does."""
    return words.casefold().strip(_AROUND) in _STATUS | _DONE


def says_as_above(words: str) -> bool:
    """Return whether words only refer to what stands elsewhere."""
    return words.casefold().strip(_AROUND) in _AS_ABOVE


@lru_cache(maxsize=1)
def _other_tbc() -> re.Pattern[str]:
    return re.compile(r"\bT[a-z]+ (?:and )?B[a-z]+ [ACD][a-z]+")  # Torbay Borough Council


@lru_cache(maxsize=1)
def _placeholder() -> re.Pattern[str]:
    company = (
        r"Housing|Homes|Ltd|Limited|LLP|plc|Group|Council|Association|Bank|Corporation|Construction"
        r"|Building|Contractors|Services|Partnership|Trust|Properties|Developments"
    )
    return re.compile(
        rf"(?<![A-Za-z0-9])(?:TB[ACD](?![A-Za-z0-9]|['’]s\b|\s+(?:{company})\b)|T\.B\.[ACD]\b\.?"
        r"|tb[acd](?![A-Za-z0-9])|T[bB][acdACD](?![A-Za-z0-9]|['’]s\b| [A-Z])"
        r"|FIXME(?![A-Za-z0-9])|TODO(?![A-Za-z0-9])|TO DO:"
        r"|Todo(?=\s*[:–-])|todo(?![A-Za-z0-9]|[ -](?:lists?|items?|apps?|el|la|los|las|lo)\b)"
        r"|(?<!Article )(?<!Annex )(?<!Part )(?<!Chapter )(?<!Title )(?<!Volume )(?<!Book )"
        r"(?:[xX]{2,}|20[xX]{2})[kKmM]?(?![A-Za-z0-9]|\s+century)"
        r"|[xX](?=%)|(?i:lorem ipsum|insert (?:\w+ ){1,3}here"
        r"|click (?:or tap )?(?:here )?to enter (?:text|a date)|choose an item\.))"
        r"|£[xX](?![A-Za-z0-9])|\?{2,}|_{3,}|…{2,}|\.{5,}"
        r"|(?i:[\[<](?:insert|enter|add)\b[^\]>\n]{0,80}[\]>])"
        r"|(?i:\[(?:type|click|text|your) [^\]\n]{0,40}\](?!\())"
        r"|(?i:\[(?:date|name|number|amount|figure|month|year|role|owner|details|placeholder"
        r"|response|update|comment|link|evidence|title"
        r"|to be \w+)\]|<(?:name|date|response|update|role)>)(?!\()"
        r"|\{\{[^{}\n]{0,40}\}\}"
    )


@lru_cache(maxsize=1)
def _cell_error() -> re.Pattern[str]:
    return re.compile(
        r"#(?:REF!|N/A(?![A-Za-z])|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|SPILL!|CALC!)"
        r"|Error! (?:Reference source not found|Bookmark not defined|Hyperlink reference not valid"
        r"|No text of specified style in document|Unknown document property name)\."
    )


@lru_cache(maxsize=1)
def _put_off() -> re.Pattern[str]:
    thing = (
        "updates?|information|info|details?|responses?|evidence|text|wording|narrative|dates?"
        "|figures?"
    )
    later = r"(?:to|will) follow(?: (?:shortly|soon|later|in due course))?"
    return re.compile(
        r"(?:\A|[.!?:;(\n])[ \t*]*(?P<words>(?i:"
        rf"(?:(?:an?|more|further|full) )?(?:{thing})(?: (?:is|are))? {later}"
        r"|to follow|(?:still )?to be (?:confirmed|advised|agreed|decided)"
        r"|not yet (?:confirmed|decided)"
        r"|awaiting (?:an? |further |more )?(?:updates?|information|info|details?|input)"
        rf"|(?:{thing}) (?:awaited|pending|to be (?:confirmed|advised|agreed))))"
        r"(?=[ \t*]*(?:[.!;)\n]|\Z))"
    )
