"""What somebody meant to fill in: each function returns its first occurrence in a text.

Loaded where a text holds a word that may be one, or is very short.
"""

from __future__ import annotations

import re
from functools import lru_cache

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
)
_ONLY = _AS_ABOVE | {"", "n/a", "na", "n.a", "not applicable", "none", "nil", "null", "unknown"}


def find_placeholder(text: str) -> Found | None:
    """Return the first placeholder; one in quotation marks is spoken of, not left standing."""
    text = without_quotes(text)
    is_name = bool(_other_tbc().search(text))
    for found in _placeholder().finditer(text):
        if not (is_name and found.group()[:2] == "TB"):
            return found_at(text, *found.span())
    error = _cell_error().search(text) if "#" in text or "Error!" in text else None
    return found_at(text, *error.span()) if error else None


def find_put_off(text: str) -> Found | None:
    """Return the first sentence that only says that what it should say will follow."""
    found = _put_off().search(without_quotes(text))
    return found_at(text, *found.span("words")) if found else None


def find_only_words(text: str) -> Found | None:
    """Return the whole of a text that says nothing: ``N/A``, a dash, ``as above``."""
    if len(text) < SHORT and text.casefold().strip(_AROUND) in _ONLY:
        return found_at(text, 0, len(text.rstrip()))
    return None


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
        r"|to be \w+)\]|<(?:name|date)>)(?!\()"
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
