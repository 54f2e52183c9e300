"""What the rules of wording look for in one text: each function returns its first occurrence.

They run only where a text holds a word that may be one, so their patterns are compiled when they
are first needed. None goes back over a text more often than a constant.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

BULLETS = "·•▪●◦‣⁃■□➢➤►❖\uf0b7\uf0a7\uf0d8"
_DANGLING = (
    r"should|must|shall|will|would|can|could|may|might|to|be|are|were|includ(?:es?|ed|ing)"
    r"|compris(?:es?|ed|ing)|contain(?:s|ed|ing)?|cover(?:s|ed|ing)?|by|for|with|of|on|in|from|through"
    r"|at|about|as|and|such as|namely|e\.g\.|consists? of|has|have|need(?:s|ed)? to"
)
_MAY_BE_DOUBLED = frozenset(
    {"that", "had", "do", "very", "no", "so", "bye", "knock", "per", "etc", "really", "many"}
    | {"much", "far", "ha", "hear", "there", "now", "never", "again", "win", "tick", "baden"}
    | {"duran", "walla", "wagga", "bora", "pago", "sing", "boutros", "york", "one", "two"}
    | {"three", "four", "five", "six", "seven", "eight", "nine", "ten"}
)
# Words of different case are mostly a name and a word ("in May may"); these never are.
_FUNCTION_WORDS = frozenset(
    {"a", "an", "and", "are", "as", "at", "be", "by", "for", "from", "has", "have", "in", "is"}
    | {"it", "of", "on", "or", "our", "the", "their", "this", "to", "was", "we", "were", "with"}
)

# "Phase I" is no person, but "at this stage I" is one.
_LABELS = frozenset(
    {"Phase", "Part", "Stage", "War", "Grade", "Class", "Type", "Category", "Schedule", "Tier"}
    | {"Appendix", "Annex", "Volume", "Title", "Article", "Block", "Flat", "Unit", "House"}
    | {"Option", "Level", "Band", "Table", "Figure", "Section", "Chapter", "Group", "Zone", "Area"}
    | {"Module", "Item", "Step", "Plot", "Site", "Room", "Division", "Year", "Pillar"}
    | {"Objective", "Priority", "Strand", "Lot", "Elizabeth", "Charles", "James", "George"}
    | {"William", "Edward", "Henry", "Mary"}
    | {"grade", "block", "flat", "class", "type", "category", "tier", "phase"}
)


class Found(NamedTuple):
    """What was found in a text: from where to where, and the words as they are shown."""

    start: int
    end: int
    words: str


def found_at(text: str, start: int, end: int) -> Found:
    """Return the words of `text` between `start` and `end`, on one line."""
    return Found(start, end, " ".join(text[start:end].split()))


def find_lost_list(text: str, after: str = "") -> Found | None:
    """Return the word with the colon that a list should follow; `after` is printed below `text`."""
    if ":" not in text:
        return None
    whole = f"{text}\n\n{after}" if after else text
    for found in _dangling().finditer(whole) if _goes_on(whole) else ():
        if found.start() < len(text) and _is_sentence(whole, found.end()):
            return found_at(whole, *found.span("word"))
    end = len(text.rstrip(" \t\n*_-–—" + BULLETS))
    if after or not text.endswith(":", 0, end):
        return None
    start = max(text.rfind(space, 0, end) for space in " \t\n") + 1
    return found_at(text, start, end)


def _goes_on(text: str) -> bool:
    """Return whether a sentence may begin behind a colon in `text`; fast."""
    for before, behind in pairwise(text.split(":")):
        rest = behind.lstrip("*_")
        sentence = rest.lstrip()
        is_apart = "\n" in rest[: len(rest) - len(sentence)] or before.endswith(("should", "must"))
        if is_apart and "A" <= sentence[:1] <= "Z":
            return True
    return False


def find_first_person(text: str) -> Found | None:
    """Return the first "I", "me" or "my" of the writer; quotations are others'."""
    for found in _first_person().finditer(without_quotes(text)):
        if not _ends_with_label(text[max(0, found.start() - 20) : found.start()]):
            return found_at(text, *found.span())
    return None


def _ends_with_label(text: str) -> bool:
    """Return whether `text` ends with a word before which I is a number, and white space."""
    before = text.rstrip()
    word = re.split(r"\W", before)[-1]
    return before != text and (word in _LABELS or word.removesuffix("s") in _LABELS)


def find_doubled_word(text: str) -> Found | None:
    """Return the first word that stands twice in a row by a slip."""
    for found in _doubled().finditer(text):
        first, second = found[1], found[2]
        word = first.casefold()
        if word in _MAY_BE_DOUBLED or not word.strip("x"):
            continue
        if first != second and not _is_slip_in_case(text, found):
            continue
        before = text[max(0, found.start() - 60) : found.end(1)]
        if word not in {"in", "on", "is"} or not _phrasal().search(before):
            return found_at(text, *found.span())
    return None


def find_bullet(text: str) -> Found | None:
    """Return the first bullet that is a typed character, with nothing else of its line."""
    for found in _bullet().finditer(text) if may_be_bullet(text) else ():
        if found.lastgroup != "dash" or _is_list(text, found):
            start, end = found.span(found.lastgroup or 0)
            return found_at(text, start, end)
    return None


def may_be_bullet(text: str) -> bool:
    """Return whether `text` may hold a typed bullet: a mark, or a second line with a dash; fast."""
    if ("*" in text and "\n* " in text) or ("+" in text and "\n+ " in text) or "\no " in text:
        return True
    if text.isascii():
        return False
    return "\n– " in text or "\n— " in text or any(mark in text for mark in BULLETS)


def without_quotes(text: str) -> str:
    """Return `text` with what it quotes made blank, of the same length.

    A quotation ends at its paragraph's end, unless the next paragraph opens with “ again. A mark
    that is never closed quotes nothing.
    """
    if not any(mark in text for mark in "“\"‘'>"):
        return text
    parts, done, opened, closing = [], 0, -1, ""
    for found in _quote_mark().finditer(text):
        mark = found.group()
        if mark[0] == "\n":
            opened = opened if mark.endswith("“") and closing == "”" else -1
        elif mark[0] == ">":
            parts += [text[done : found.start()], _blank(mark)]
            done, opened = found.end(), -1
        elif opened < 0 and (close := _CLOSING.get(mark, "")) and found["opens"]:
            opened, closing = found.start(), close
        elif opened >= 0 and mark[0] == closing and found.lastgroup != "opens":
            parts += [text[done:opened], _blank(text[opened : found.end()])]
            done, opened = found.end(), -1
    return "".join([*parts, text[done:]])


_CLOSING = {
    "“": "”",
    '"': '"',
    "‘": "’",
    "'": "'",
}


def _blank(text: str) -> str:
    return " " * len(text)


def _is_sentence(text: str, start: int) -> bool:
    """Return whether the paragraph of `text` at `start` is a sentence and no entry."""
    end = text.find("\n\n", start)
    last = text[max(start, end - 3) : end] if end >= 0 else text[-3:]
    words = text[start : start + 100].split()
    return len(words) > 3 and words[0].isalpha() and last.rstrip().endswith((".", "!", "?"))


def _is_slip_in_case(text: str, found: re.Match[str]) -> bool:
    """Return whether `The the` is a slip; `May may` and `the data Data Logic` are mostly none."""
    if found[1].casefold() in _FUNCTION_WORDS:
        return True
    return found[2].islower() and _begins_sentence(text, found.start())


def _begins_sentence(text: str, at: int) -> bool:
    before = text[max(0, at - 4) : at].rstrip(" -*")
    return not before or before[-1] in ".!?:\n"


def _is_list(text: str, found: re.Match[str]) -> bool:
    """Return whether the line with a dash at its start is an entry of a list, not a wrapped line.

    The first entry follows the text's beginning, a blank line or a colon; another one follows it.
    """
    before = text[: found.start()].rstrip(" \t")
    above = before[:-1].rstrip(" \t")[-1:] if before else ""
    if above not in {"", "\n", ":"}:
        return False
    mark = found["dash"]
    second = text.find(f"\n{mark} ", found.end())
    blank = text.find("\n\n", found.end())
    return second >= 0 and not 0 <= blank < second


@lru_cache(maxsize=1)
def _quote_mark() -> re.Pattern[str]:
    return re.compile(
        r"(?m:^>.*$)|\n[ \t]*\n[ \t]*“?"
        r"|(?P<opens>“|‘|(?<!\w)[\"'](?=[^\s\"']))|(?P<closes>”|[’'](?!\w)|\")"
    )


@lru_cache(maxsize=1)
def _dangling() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<word>\b(?i:{_DANGLING}):)[*_]*(?:[ \t]*\n[ \t]*\n|(?<=should:)\s|(?<=must:)\s)"
        r"\s{0,20}(?=[A-Z])"
    )


@lru_cache(maxsize=1)
def _first_person() -> re.Pattern[str]:
    # It begins with a set of characters, for which re looks fast.
    verb = "am|have|had|was|will|would|did|do|can|could|should|think|believe"
    return re.compile(
        r"[IiMm](?<![^\s(\[–—*_].)(?:"
        rf"(?<=I)(?:['’](?:m|ve|ll|d)\b|\s+(?:{verb.upper()})\b|(?=\s)[ \t]{{0,20}}\n?[ \t]{{0,20}}"
        r"(?!(?:of|and|or|to|in|for|on|at|by|from|with|as|is|the|through|until)\b)"
        r"(?!(?!was\b|always\b|perhaps\b|sometimes\b)[a-z]*[a-rt-z]s\b)[a-z]+"
        r"|\s+and\s+(?:the|our|my)\b|,\s+(?:as|too|along|together|personally)\b)"
        rf"|(?<=i)(?:\s+(?:{verb})\b|['’](?:m|ve|ll)\b)"
        r"|y(?:self\b|(?![\w.-]|\s+[A-Z]|\s+account\b))"
        r"|(?<=m)(?:e(?![\w-]|\.\w)|ine(?<=s of mine|e of mine|d of mine|t of mine)\b))"
    )


@lru_cache(maxsize=1)
def _doubled() -> re.Pattern[str]:
    # A set with a character beyond Latin-1 is dear to compile, so ’ stands beside it.
    space = r"[^\S\n]{0,20}\n?[^\S\n]{0,20}(?<=\s)"
    return re.compile(
        rf"(?<!’)(?<![\w'./@&-])([^\W\d_]{{2,40}}|a){space}((?i:\1))(?!’|[\w'/@&-]|\.\w)"
    )


@lru_cache(maxsize=1)
def _phrasal() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:mov|com|bring|sign|log|hand|call|phon|check|settl|phas|drop|book|go|carr[yi]|switch|turn"
        r"|clock|buy|opt|pass|tak|liv)(?:e|es|ed|ing|s|ged|ging|ped|ping)?\s+(?:in|on)\Z"
        r"|\b(?:came|brought|went|taken|took|gone|sent|built)\s+(?:in|on)\Z"
        r"|\bwhat\b[^.!?]*\bis\Z",
        re.IGNORECASE,
    )


@lru_cache(maxsize=1)
def _bullet() -> re.Pattern[str]:
    marks = f"[{BULLETS}]"
    words = r"(?:[^\W\d_]\S*\s+){3,60}?"
    return re.compile(
        rf"(?m:^)[ \t]*(?:[*-]+[ \t]*)?(?P<first>{marks})(?!\d)"
        rf"|(?<=[:;.,–-])\s+(?P<listed>{marks})(?=\s)"
        rf"|(?<=\s)(?P<inline>{marks})(?=\s+{words}{marks}\s)"
        r"|(?m:^)[ \t]*(?P<dash>[–—*+o])(?=[ \t])"
    )
