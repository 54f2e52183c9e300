"""Whether a response claims that what was recommended is there already.

"This is already in place" is a claim; "once this is in place", "the rules we have in place" and
"it is in place for general needs, but not for leasehold" are none. A claim about something else
("a policy is in place") counts only where the response says nothing of what is still to be done.

A pattern takes longer to compile than a hundred texts to read. So each way to claim something is a
pattern of its own, which is compiled where a sentence has the words that it needs.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TypeAlias

from kimplan.rules.phrases import Found, found_at, without_quotes
from kimplan.rules.signs import CONTRAST, TO_DO, UNSURE, compiled, no_more, words_of
from kimplan.rules.texts import CLAIM_WORDS

_FAR = 2_000  # characters in which a response says what is still to be done
_SUBJECT = 400  # characters in which what a claim is about stands before its verb
_BEFORE = frozenset(
    {"in", "and", "being", "is", "are", "was", "were", "been", "has", "have", "had", "we", "went"}
    | {"gone", "put", "this", "it", "these", "all", "already", "now", "currently", "fully", "both"}
    | {"since", "successfully", "also", "therefore", "remain", "remains", "it's", "it’s"}
)
_ADVERBS = (
    r"(?:(?:all|already|now|currently|fully|both|successfully|since|also|therefore)"
    r"(?:,|\s)\s*){0,3}"
)
_WHOLE = (
    r"(?:(?:this|it|these|they|everything|all\s+(?:of\s+)?(?:this|these))"
    r"|(?:this|the)\s+(?:recommendation|action|requirement|measure)s?"
    r"|all\s+(?:the\s+)?(?:actions|points|requirements|recommendations|elements)"
    r"|(?:this|these)\s+(?:new\s+|automated\s+)?"
    r"(?:work|system|process|service|procedure|polic(?:y|ies)|facility|function|change|control|check|"
    r"arrangement|guidance|strategy|training|standard|reminder|framework|register|form)s?)"
)
_NOT_A_HABIT = (
    r"(?!\s+(?:by|at|each|every|using|via|through|when|daily|weekly|monthly|quarterly|annually)\b)"
)
_NOT_LATER = r"(?!\s+(?:of|by|from|until|till|before|ready)\b)"
# How a sentence says that something is there, by the word that it ends with: what is so, what is
# at work, and what has been reached.
_IS_SO = {
    "place": rf"(?:put\s+)?in\s+place{_NOT_LATER}",
    "operation": rf"in\s+operation{_NOT_LATER}",
    "complete": r"complete\b",
    "compliant": r"compliant\b",
}
_IS_AT_WORK = {
    **{word: word for word in ("implemented", "completed", "operational", "live", "embedded")},
    **{word: word for word in ("met", "actioned")},
    "done": r"(?:being\s+)?done",
    "rolled": r"rolled\s+out",
    "running": r"up\s+and\s+running",
}
_IS_REACHED = {
    **{word: word for word in ("implemented", "completed", "achieved", "delivered", "actioned")},
    **{word: word for word in ("done", "met", "embedded")},
    "place": r"(?:put\s+)?in(?:to)?\s+place",
    "rolled": r"rolled\s+out\s+(?:to\s+all|across|in\s+full)",
}
_NOT_OF = r"(?<!that )(?<!which )(?<!who )(?<!what )\b"

_Needs: TypeAlias = tuple[frozenset[str], ...]
_Ways: TypeAlias = tuple[tuple[_Needs, str], ...]


def _needs(*words: str) -> _Needs:
    """Return of which words a sentence needs one each, the rarest first: ``been``, ``has have``."""
    return tuple(frozenset(one.split()) for one in words)


# Each way with the words that it needs. What a claim is about may be said before these …
_VERBS: _Ways = (
    *(
        (
            _needs(word, "is are was were remain remains"),
            rf"{_NOT_OF}(?:is|are|was|were|remains?)\s+{_ADVERBS}{end}",
        )
        for word, end in _IS_SO.items()
    ),
    *(
        (
            _needs(word, "already now fully all", "is are"),
            rf"{_NOT_OF}(?:is|are)\s+(?:all\s+|both\s+)?(?:already|now|fully|all)\s+"
            rf"(?:fully\s+)?{end}\b{_NOT_A_HABIT}",
        )
        for word, end in _IS_AT_WORK.items()
    ),
    *(
        (
            _needs(word, "been", "has have"),
            rf"{_NOT_OF}(?:has|have)\s+{_ADVERBS}been\s+{_ADVERBS}{end}\b",
        )
        for word, end in _IS_REACHED.items()
    ),
    (_needs("live", "went gone"), rf"{_NOT_OF}(?:has\s+)?(?:went|gone)\s+live\b"),
)
# … and has to be said before these, …
_PAST: _Ways = (
    (
        _needs("implemented completed", "was were"),
        r"\b(?:was|were)\s+(?:fully\s+|successfully\s+)?(?:implemented|completed)\b",
    ),
    (_needs("place complete", "s"), rf"[’']s\s+{_ADVERBS}(?:in\s+place{_NOT_LATER}|complete\b)"),
)
# … while these say it themselves.
_WHOLE_CLAIMS: _Ways = (
    (
        _needs(
            "implemented completed achieved delivered met meet comply",
            "we",
            "this these recommendation",
        ),
        rf"\bwe\s+(?:have\s+)?{_ADVERBS}(?:implemented|completed|achieved|delivered|met|meet"
        r"|comply\s+with)\s+(?:all\s+(?:of\s+)?)?(?:this|these|the\s+recommendation)\b",
    ),
    (
        _needs("do", "already now", "we", "this"),
        r"\bwe\s+(?:already|now)\s+do\s+(?:all\s+of\s+)?this\b",
    ),
    (
        _needs("place", "have has", "this these it"),
        rf"\b\w+\s+{_ADVERBS}(?:have|has)\s+(?:all\s+(?:of\s+)?)?(?:this|these|it)\s+{_ADVERBS}"
        rf"in\s+place{_NOT_LATER}",
    ),
    (
        _needs("put", "place", "we", "have", "this these it"),
        r"\bwe\s+have\s+(?:already\s+|now\s+)?put\s+(?:this|these|it)\s+in(?:to)?\s+place",
    ),
)
_BEGINNINGS = ("already", "now", "fully", "all", "in", "implement", "complete", "compliant", "done")
_ENDS = frozenset({"place", "implemented", "complete", "completed", "compliant", "done"})
_AT_BEGINNING = (
    r"\A(?:already\s+|now\s+|fully\s+|all\s+)*(?:in\s+place|implemented|completed?|compliant|done)"
    r"(?=\s*(?:[.,;:–]|-\s|\Z)|\s+(?:and|since|as\s+of|in\s+(?:\w+\s+)?20\d\d)\b)"
)


def find_claim(text: str, words: Iterable[str] = CLAIM_WORDS) -> Found | None:
    """Return the first words of the response `text` that claim that everything is there.

    `words` are those of `CLAIM_WORDS` that the text may hold.
    """
    low = text.lower()
    places = sorted(at for word in words for at in _places(low, word))
    if not places:
        return None
    text, start = without_quotes(text), 0
    for end in (*(found.end() for found in _sentence_end().finditer(text)), len(text)):
        is_wanted = bisect_left(places, start) < bisect_left(places, end)
        if is_wanted and (found := _claim(text, start, end)):
            return found
        start = end
    return None


def _places(low: str, word: str) -> Iterator[int]:
    """Yield where `word` stands in the text `low` behind a word that claims are made with."""
    at = low.find(word)
    while at >= 0:
        before = low[max(0, at - 24) : at].split()
        if not before or before[-1].strip(",") in _BEFORE or before[-1][-1] in ".!?-–*":
            yield at
        at = low.find(word, at + 1)


_Span: TypeAlias = tuple[int, int]


def _claim(text: str, start: int, end: int) -> Found | None:
    """Return the claim in the sentence of `text` between `start` and `end`."""
    sentence = text[start:end]
    if sentence.rstrip().endswith("?"):
        return None
    words = _words_in(sentence)
    verbs = sorted(_spans(_VERBS, sentence, words))
    for found, is_open in (
        (_of_the_whole(sentence, words, verbs), _has_contrast),
        (verbs[0] if verbs else None, _has_more_to_do),
    ):
        if found and not UNSURE.are_in(no_more(sentence[: found[0]])):
            at, after = start + found[0], start + found[1]
            if not is_open(text[max(0, at - _FAR) : at], text[after : after + _FAR]):
                return found_at(text, at, after)
    return None


def _words_in(sentence: str) -> set[str]:
    """Return the words of a sentence; in "in places" and "in operational" are shorter ones too."""
    words = words_of(sentence)
    each = " ".join(["", *words])
    words.update([one for one in ("place", "operation") if f" {one}" in each])
    return words


def _spans(ways: _Ways, sentence: str, words: set[str]) -> Iterator[_Span]:
    """Yield from where to where a sentence with these `words` says it in one of the `ways`."""
    for needs, pattern in ways:
        if not any(map(words.isdisjoint, needs)):
            yield from (found.span() for found in compiled(pattern).finditer(sentence))


def _of_the_whole(sentence: str, words: set[str], verbs: list[_Span]) -> _Span | None:
    """Return the first claim about all that was recommended."""
    claims = list(_spans(_WHOLE_CLAIMS, sentence, words))
    for start, end in (*verbs, *_spans(_PAST, sentence, words)):
        subject = _whole().search(sentence, max(0, start - _SUBJECT), start)
        if subject and bool(subject["space"]) == sentence[start].isalpha():
            claims.append((subject.start(), end))
    if sentence[:10].lower().startswith(_BEGINNINGS) and not _ENDS.isdisjoint(words):
        claims += [found.span() for found in compiled(_AT_BEGINNING).finditer(sentence)]
    return min(claims, default=None)


def _has_contrast(before: str, after: str) -> bool:
    return CONTRAST.are_in(no_more(after))


def _has_more_to_do(before: str, after: str) -> bool:
    left = no_more(before), no_more(after)
    return any(TO_DO.are_in(part) or CONTRAST.are_in(part) for part in left)


@lru_cache(maxsize=1)
def _sentence_end() -> re.Pattern[str]:
    # It begins with a set of characters, for which re looks fast.
    return re.compile(r"[\s-](?:(?<=[.!?]\s)\s*|(?<=\n)[ \t]*\n\s*|(?<=\n)(?=- )|(?<=\A-) )")


@lru_cache(maxsize=1)
def _whole() -> re.Pattern[str]:
    return re.compile(rf"\b{_WHOLE}(?P<space>\s*)\Z", re.IGNORECASE)
