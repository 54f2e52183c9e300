"""Whether a response claims that what was recommended is there already.

"This is already in place" is a claim; "once this is in place", "the rules we have in place" and
"it is in place for general needs, but not for leasehold" are none. A claim about something else
("a policy is in place") counts only where the response says nothing of what is still to be done.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import lru_cache

from kimplan.rules.phrases import Found, found_at, without_quotes

CLAIM_WORDS = frozenset(  # one of them stands in every claim
    {"place", "implemented", "complete", "completed", "compliant", "live", "done", "comply"}
    | {"embedded", "achieved", "delivered", "operational", "operation", "rolled", "met", "running"}
    | {"already", "actioned"}
)
_FAR = 2_000  # characters in which a response says what is still to be done
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
_IS_THERE = (
    rf"(?:(?:is|are|was|were|remains?)\s+{_ADVERBS}"
    rf"(?:in\s+(?:place|operation){_NOT_LATER}|complete\b|compliant\b|put\s+in\s+place{_NOT_LATER})"
    rf"|(?:is|are)\s+(?:all\s+|both\s+)?(?:already|now|fully|all)\s+(?:fully\s+)?"
    rf"(?:implemented|completed|done|operational|live|embedded|rolled\s+out|met|actioned|being\s+done|up\s+and\s+running)"
    rf"\b{_NOT_A_HABIT}"
    rf"|(?:has|have)\s+{_ADVERBS}been\s+{_ADVERBS}"
    r"(?:implemented|completed|(?:put\s+)?in(?:to)?\s+place|achieved|delivered|actioned|done|met|embedded"
    r"|rolled\s+out\s+(?:to\s+all|across|in\s+full))\b"
    r"|(?:has\s+)?(?:went|gone)\s+live\b)"
)
_WAS_DONE = r"(?:was|were)\s+(?:fully\s+|successfully\s+)?(?:implemented|completed)\b"
_STRONG = (
    rf"\b{_WHOLE}(?:\s+(?:{_IS_THERE}|{_WAS_DONE})"
    rf"|[’']s\s+{_ADVERBS}(?:in\s+place{_NOT_LATER}|complete\b))"
    rf"|\bwe\s+(?:have\s+)?{_ADVERBS}(?:implemented|completed|achieved|delivered|met|meet"
    r"|comply\s+with)\s+(?:all\s+(?:of\s+)?)?(?:this|these|the\s+recommendation)\b"
    r"|\bwe\s+(?:already|now)\s+do\s+(?:all\s+of\s+)?this\b"
    rf"|\b\w+\s+{_ADVERBS}(?:have|has)\s+(?:all\s+(?:of\s+)?)?(?:this|these|it)\s+{_ADVERBS}"
    rf"in\s+place{_NOT_LATER}"
    r"|\bwe\s+have\s+(?:already\s+|now\s+)?put\s+(?:this|these|it)\s+in(?:to)?\s+place"
    r"|\A(?:already\s+|now\s+|fully\s+|all\s+)*(?:in\s+place|implemented|completed?|compliant|done)"
    r"(?=\s*(?:[.,;:–]|-\s|\Z)|\s+(?:and|since|as\s+of|in\s+(?:\w+\s+)?20\d\d)\b)"
)
_UNSURE = (
    r"\b(?:not|never|no|cannot|none|nor|neither|nothing|nobody|without|hardly|un(?:til|less)|till|once"
    r"|when(?:ever)?|if|whether|before|after|where(?:ver)?|soon|ensur\w+|check\w*|verify|who|should"
    r"|would|could|may|might|must|will|shall|can|expect\w*|aim\w*|plan(?:s|ned|ning)?|intend\w*|hope\w*"
    r"|assum\w+|provided|so\s+that|to\s+be|part(?:ly|ially)?|largely|mostly|mainly|nearly|almost|half"
    r"|some|most|several|few|first|interim|temporary|pilot\w*|trial\w*|draft\w*|phase|stage|percent"
    r"|only|target\w*|(?:project|working|steering|task)\s+(?:team|group)|requested\s+that|recommend(?:s|ed\s+that)|suggest\w*|says|said|claim\w*|evidence\s+that)\b"
    r"|n[’']t\b|%"
)
_CONTRAST = (
    r"\b(?:but|however|although|though|except|apart\s+from|other\s+than|excluding|remain(?:s|ing|der)"
    r"|outstanding|(?:not|n[’']t)\s+(?:yet|all|been|fully)|yet\s+to|still|until|only|await\w*|pending"
    r"|extend\w*|expand\w*|will\s+(?:be\s+)?(?:add|complet|introduc|implement|follow|cover|includ)\w*|follows?\s+in|rest\s+of|phase|in\s+part|partly|partially|to\s+follow|will\s+follow|next\s+step|to\s+be\s+completed"
    r"|\w+\s+(?:of|out\s+of)\s+(?:the|our|all)?\s*(?:\d+|two|three|four|five|six|seven|eight|nine|ten)\b"
    r"|(?:for|in|at|to|with)\s+(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten)\s+[a-z]"
    r"|(?:for|in|at|to)\s+(?:some|most|many|several|half|part))\b|%"
)
_TO_DO = (
    r"\b(?:not|no|yet|still|will|shall|going\s+to|due|to\s+be|to\s+follow|remain\w*|outstanding|next"
    r"|further|plan(?:s|ned|ning)?|schedul\w+|in\s+progress|under\s?way|ongoing|being|develop(?:ing|ment)"
    r"|working|await\w*|pending|expect\w*|target\w*|aim\w*|intend\w*|by\s+(?:the\s+end|\w+\s+20\d\d)"
    r"|begin\w*|beg[au]n|start\w*|tender\w*|roll(?:ing)?[\s-]?out|draft\w*|pilot\w*|trial\w*|part(?:ly|ially)?"
    r"|some|most|phase|stage|first|only|review(?:ing)?|need(?:s|ed)?|continu\w+|improv\w+|investigat\w+"
    r"|(?:is|are)\s+(?:currently\s+|now\s+|also\s+)?\w+ing|follow\w*|once|when|until|progress\w*)\b"
    rf"|n[’']t\b|{_CONTRAST}"
)
_NO_MORE = (
    r"\b(?:no\s+(?:further|more|additional|other)\s+\w+|not\s+only"
    r"|nothing\s+(?:further|more|else))\b"
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


def _claim(text: str, start: int, end: int) -> Found | None:
    """Return the claim in the sentence of `text` between `start` and `end`."""
    sentence = text[start:end]
    if sentence.rstrip().endswith("?"):
        return None
    for pattern, is_open in ((_strong(), _has_contrast), (_weak(), _has_more_to_do)):
        found = pattern.search(sentence)
        if found and not _unsure().search(_no_more().sub("", sentence[: found.start()])):
            at, after = start + found.start(), start + found.end()
            if not is_open(text[max(0, at - _FAR) : at], text[after : after + _FAR]):
                return found_at(text, at, after)
    return None


def _has_contrast(before: str, after: str) -> bool:
    return bool(_contrast().search(_no_more().sub("", after)))


def _has_more_to_do(before: str, after: str) -> bool:
    return any(_to_do().search(_no_more().sub("", part)) for part in (before, after))


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


@lru_cache(maxsize=1)
def _sentence_end() -> re.Pattern[str]:
    return re.compile(r"(?<=[.!?])\s+|\n[ \t]*\n\s*|\n(?=- )|\A- ")


@lru_cache(maxsize=1)
def _strong() -> re.Pattern[str]:
    return _compiled(_STRONG)


@lru_cache(maxsize=1)
def _weak() -> re.Pattern[str]:
    return _compiled(rf"(?<!that )(?<!which )(?<!who )(?<!what )\b{_IS_THERE}")


@lru_cache(maxsize=1)
def _unsure() -> re.Pattern[str]:
    return _compiled(_UNSURE)


@lru_cache(maxsize=1)
def _contrast() -> re.Pattern[str]:
    return _compiled(_CONTRAST)


@lru_cache(maxsize=1)
def _to_do() -> re.Pattern[str]:
    return _compiled(_TO_DO)


@lru_cache(maxsize=1)
def _no_more() -> re.Pattern[str]:
    return _compiled(_NO_MORE)
