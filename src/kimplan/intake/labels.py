"""What a column's label says that it holds: the many words that landlords have for each field."""

from __future__ import annotations

import re
from enum import IntEnum
from functools import lru_cache

# The fields that a column may be, as --map names them, in the usual order of a table.
FIELDS = (
    "section",
    "ref",
    "recommendation",
    "title",
    "detail",
    "response",
    "rag",
    "due",
    "completed",
    "owners",
    "evidence",
    "progress",
)
OWN = "fields."  # how the name of an own field begins
OWN_FIELD = "own"  # what --map calls a column that becomes an own field
LEFT_OUT = "none"  # what --map calls a column that is not to be imported


class Strength(IntEnum):
    """How surely a label names a field."""

    MAY = 1
    NAMES = 2
    IS = 3


_RECOMMENDATION = r"rec(?:s|ommendations?)?"
_NUMBER = r"(?:ref(?:erence)?s?|no|nos|nr|num|number|id)"
_IS = {
    "ref": rf"{_NUMBER}|{_NUMBER} {_NUMBER}|(?:{_RECOMMENDATION}|item|action|line|row|order|para)"
    rf"(?: {_NUMBER})+|(?:our|unique) {_NUMBER}|serial(?: {_NUMBER})?|s no|sr no|hash",
    "recommendation": r"(?:the )?(?:housing )?(?:ombudsman s? ?)?recommendations?|issues?|ombudsman"
    r"|(?:ombudsman )?(?:findings?|orders?)|what the ombudsman (?:said|recommended|recommends)",
    "title": r"title|summary title|short title",
    "detail": r"details?|description|full recommendation|further details?|recommendation details?",
    "response": r"(?:[a-z0-9& ]+ )?response",
    "rag": r"(?:b ?)?r ?a ?g(?: (?:rating|status|score))?",
    "due": r"due|(?:date )?due(?: (?:date|by))?|deadline|time ?scales?|time ?frames?|by when"
    r"|target(?: completion)? date|due date|(?:est|estimated|expected|planned|proposed|target"
    r"|anticipated|forecast) (?:comp|completion|complete|implementation|delivery|end|finish)"
    r"(?: date)?",
    "completed": r"completed(?: (?:on|date))?|date (?:completed|closed|of completion)"
    r"|closed(?: on)?|actual completion(?: date)?|completed date|date complete",
    "owners": r"(?:action |risk |business |recommendation )?owners?|leads?|lead officers?|who"
    r"|responsible|accountable|responsibility|responsible (?:officer|person|owner|lead|manager)"
    r"|accountable (?:officer|person|owner|lead|manager)|by whom|assigned to|(?:executive |senior )"
    r"(?:lead|owner|sponsor)|lead (?:director|manager|person)|owner s? ?role|person responsible",
    "evidence": r"evidence|supporting evidence|evidence of completion|evidence and assurance",
    "progress": r"progress|(?:latest |progress |status |monthly |quarterly |current )?updates?"
    r"|progress (?:notes?|to date|so far|made)|latest (?:position|progress)",
    "section": r"sections?|themes?|chapters?|report section|workstreams?",
}
_NAMES = {
    "completed": r"(?:date|when) (?:it was )?complet\w*|complet\w+ (?:on|date)|actual .*date",
    "due": r"(?:est|estimated|expected|planned|proposed|target|anticipated|forecast|due)\b.*"
    r"(?:date|completion|comp|when|by)(?: .*)?|.*\b(?:deadline|time ?scales?)\b.*"
    r"|.*\b(?:due|target) date\b.*"
    r"|(?:date|deadline) for (?:completion|action|implementation|delivery)|.*\bdue (?:by|date)\b.*"
    r"|completion date|implementation date|delivery date",
    "rag": r".*\bb?rag\b.*|(?:current |overall )?(?:status|rating)"
    r"|(?:progress|action|compliance|completion|delivery) (?:status|rating)"
    r"|status .*|.* status",
    "owners": r".*\b(?:owners?|responsible|accountable|responsibility)\b.*"
    r"|lead .*|.* lead(?: officer)?",
    "evidence": r".*\bevidence\b.*|assurance|supporting documents?",
    "progress": r".*\b(?:progress|updates?)\b.*",
    "response": r".*\bresponses?\b.*|what (?:we|the landlord) (?:are|is|will|have|did|do)\b.*"
    r"|how we (?:comply|meet|will)\b.*|actions? (?:taken|to be taken|we .*|required|planned)"
    r"|(?:our|landlord s?|agreed|planned) (?:actions?|position|comments?|commentary)",
    "recommendation": r".*\brecommendations?\b.*|.*\bombudsman\b.*",
    "section": r"(?:theme|section|chapter)\b.*|.*\b(?:theme|section|chapter)",
}
_MAY = {
    "ref": r"rec|item|action|#|recommendation|(?:code )?(?:provision|paragraph|clause)s?",
    "recommendation": r"rec|items?|requirements?|description|details?|titles?|summary|provision"
    r"|code (?:provision|requirement)|learning|objective|what(?: we will do)?|text|area",
    "response": r"actions?|action plan|comments?|commentary|updates?|position|current position"
    r"|narrative|notes?|progress(?: updates?)?|(?:latest|status|current) (?:updates?|position)"
    r"|answer|self assessment|what we are doing|plan",
    "rag": r"compliance|compliant|complies|colour|score|rated|state|progress",
    "due": r"dates?|when|target|completion|by|when .*",
    "owners": r"department|team|directorate|officer|manager|role|director|sponsor|name",
    "progress": r"comments?|notes?|commentary|latest",
    "evidence": r"assurance|documents?|links?|proof",
    "section": r"areas?|category|topic|headings?|domain|focus area|subject|part",
    "completed": r"completion date|complete|done",
}


@lru_cache(maxsize=2048)
def plain(text: str) -> str:
    """Return a label's words: small letters and digits, single spaces, ``#`` and ``%`` spelt."""
    text = text.casefold().replace("#", " hash ").replace("%", " percent ").replace("’", "'")
    return " ".join(re.sub(r"[^0-9a-z£&]+", " ", text).split())


@lru_cache(maxsize=1)
def _tables() -> tuple[tuple[Strength, str, re.Pattern[str]], ...]:
    tables = ((Strength.IS, _IS), (Strength.NAMES, _NAMES), (Strength.MAY, _MAY))
    return tuple(
        (strength, field, re.compile(rf"(?:{words})"))
        for strength, table in tables
        for field, words in table.items()
    )


@lru_cache(maxsize=2048)
def fields_named(label: str) -> tuple[tuple[str, Strength], ...]:
    """Return the fields that `label` may name, the surest first; a longer label names none."""
    words = plain(label)
    if not words or len(words) > 80:
        return ()
    found: dict[str, Strength] = {}
    for strength, field, pattern in _tables():
        if field not in found and pattern.fullmatch(words):
            found[field] = strength
    return tuple(sorted(found.items(), key=lambda one: -one[1]))
