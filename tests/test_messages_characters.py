"""What an owner is told of a character that is another than it seems; the lines mend it."""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import NamedTuple

import pytest
from conftest import make_record
from following import Desk, edited

from kimplan.source import parse

NBSP = "a non-breaking space (U+00A0), which looks like a space"
ZWSP = "a zero-width space (U+200B), which nobody can see"
SHY = "a soft hyphen (U+00AD), which nobody can see"
CURLY = "a curly quotation mark (U+201C), which looks like a straight quotation mark"
DASH = "an en dash (U+2013), which looks like a hyphen"
SPACE = "Write a space of the keyboard; kimplan lint --fix does so."
WITHOUT = "Write the line without it; kimplan lint --fix does so."
HYPHEN = "Write a hyphen of the keyboard; kimplan lint --fix does so."
QUOTES = "Write straight quotation marks; kimplan lint --fix does so."
AS_IT_WAS = "Write it as it was; kimplan lint --fix does so."


class Case(NamedTuple):
    """An owner's line, what stood there, and what is said: place, code, message, hint, line."""

    line: str
    by: str
    place: tuple[int, int]
    code: str
    message: str
    hint: str
    correction: str


CASES = [
    Case("title:", "title:\u00a0Keep it.", (3, 7), "KP120",
         f"{NBSP}, stands after 'title:'", SPACE, "title: Keep it."),
    Case("title:", "\u00a0title: Keep it.", (3, 1), "KP120",
         f"{NBSP}, stands before 'title:'", WITHOUT, "title: Keep it."),
    Case("  - Com", "  - Company\u00a0Secretary", (8, 12), "KP120",
         f"{NBSP}, stands in 'Company Secretary'", SPACE, "  - Company Secretary"),
    Case("  - Com", '  - "Company\\xa0Secretary"', (8, 13), "KP120",
         f"the escape \\xa0 makes {NBSP}", SPACE, '  - "Company Secretary"'),
    Case("  - Com", "  -\u00a0Company Secretary", (8, 4), "KP120",
         f"{NBSP}, stands after '-'", SPACE, "  - Company Secretary"),
    Case("  - Com", "  – Company Secretary", (8, 3), "KP120",
         f"{DASH}, stands before 'Company'", HYPHEN, "  - Company Secretary"),
    Case("rag:", "rag: аmber", (5, 6), "KP120",
         "a Cyrillic а (U+0430), which looks like the letter a, stands in 'аmber'",
         "Type 'a' again on the keyboard; kimplan lint --fix does so.", "rag: amber"),
    Case("section:", "section: gοvernance", (2, 11), "KP120",
         "a Greek ο (U+03BF), which looks like the letter o, stands in 'gοvernance'",
         "Type 'o' again on the keyboard; kimplan lint --fix does so.", "section: governance"),
    Case("title:", "title：Keep it.", (3, 6), "KP120",
         "a wide colon (U+FF1A), which looks like a colon, stands after 'title'",
         "Write a colon of the keyboard, and a space; kimplan lint --fix does so.",
         "title: Keep it."),
    Case("title:", "title: “Keep it: now”", (3, 8), "KP120",
         f"{CURLY}, stands after 'title:'", QUOTES, 'title: "Keep it: now"'),
    Case("title:", "ti\u200btle: Keep it.", (3, 3), "KP120",
         f"{ZWSP}, stands in 'title:'", WITHOUT, "title: Keep it."),
    Case("title:", "title:\u200b Keep it.", (3, 7), "KP120",
         f"{ZWSP}, stands after 'title:'", WITHOUT, "title: Keep it."),
    Case("due:", "due: 2024-\u200b07", (6, 11), "KP120",
         f"{ZWSP}, stands in '2024-07'", WITHOUT, "due: 2024-07"),
    Case("title:", "title: Keep re\u00adpairs.", (3, 15), "KP109",
         f"{SHY}, stands in 'repairs.'", WITHOUT, "title: Keep repairs."),
    Case("title:", 'title: "Keep re\\u00adpairs."', (3, 16), "KP109",
         f"the escape \\u00ad makes {SHY}", WITHOUT, 'title: "Keep repairs."'),
    Case("title:", "title: Keep \u202eit.", (3, 13), "KP107",
         "a right-to-left override (U+202E), which turns the text round, stands before 'it.'",
         WITHOUT, "title: Keep it."),
    Case("title:", "title: Keep\u200f it.", (3, 12), "KP107",
         "a right-to-left mark (U+200F), which nobody can see, stands after 'Keep'",
         WITHOUT, "title: Keep it."),
    Case("title:", "title: Don\x92t wait.", (3, 11), "KP107",
         "'Don\x92t' was damaged on its way here: it means 'Don’t'", AS_IT_WAS,
         "title: Don’t wait."),
    Case("title:", "title: Donâ€™t wait.", (3, 11), "KP121",
         "'Donâ€™t' was damaged on its way here: it means 'Don’t'", AS_IT_WAS,
         "title: Don’t wait."),
    Case("title:", "title: DonÃ¢â‚¬â„¢t wait.", (3, 11), "KP121",
         "'DonÃ¢â‚¬â„¢t' was damaged on its way here: it means 'Don’t'", AS_IT_WAS,
         "title: Don’t wait."),
    Case("title:", "title: Keep R&amp;D.", (3, 14), "KP122",
         "'&amp;' is HTML for '&', and stands here as text",
         "Write '&'; kimplan lint --fix does so.", "title: Keep R&D."),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.code}-{case.by!a}")
def test_the_character_is_named_by_sight_and_the_line_mends_it(case: Case, tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    text = edited(case.line, case.by)
    [found] = desk.findings(text)
    assert found[0] == case.code
    assert found.location[1:] == case.place
    assert (found.message, found.hint) == (case.message, case.hint)
    assert found.correction is not None
    assert found.correction == (case.place[0], case.place[0], (case.correction,))
    assert len(found.message) <= 110
    assert desk.findings(desk.follow(text)) == ()


def test_all_dashes_of_a_list_are_told_each_on_its_line(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    text = make_record(owners=["Company Secretary", "Head of Repairs"])
    text = text.replace("- Company", "– Company").replace("- Head", "– Head")
    assert [(found.code, found.location.line) for found in desk.findings(text)] == [
        ("KP120", 8),
        ("KP120", 9),
    ]
    assert desk.findings(desk.follow(text)) == ()


def test_a_lost_character_is_told_and_nothing_is_guessed(tmp_path: Path) -> None:
    [found] = Desk(tmp_path).findings(edited("title:", "title: Don\ufffdt wait."))
    assert found.code == "KP121"
    assert found.location[1:] == (3, 11)
    assert found.message == "a character of 'Don\ufffdt' was lost on its way here"
    assert found.hint == "Type the word again, as it stands where it came from."
    assert found.correction is None


def test_a_role_that_only_looks_like_a_registered_one_is_told_by_the_character(
    tmp_path: Path,
) -> None:
    desk = Desk(tmp_path, owners="owners:\n  - role: Residents’ Panel\n")
    [found] = desk.findings(edited("  - ", "  - Residents' Panel"))
    assert found.code == "KP401"
    assert found.message.startswith("the owner 'Residents' Panel' has a straight quotation mark, ")
    assert found.message.endswith("/owners.yaml has a curly quotation mark (U+2019)")
    assert found.hint == "Write it as it stands there: 'Residents’ Panel'."
    assert found.correction == (8, 8, ("  - Residents’ Panel",))


def test_an_escape_of_terminals_is_told_without_a_line(tmp_path: Path) -> None:
    [found] = Desk(tmp_path).findings(edited("title:", "title: Keep \x1b[31mit."))
    assert (found.code, found.correction) == ("KP107", None)
    assert found.hint == "Write the line without it."


def test_what_is_wrong_beside_it_is_said_too_and_nothing_that_it_causes(tmp_path: Path) -> None:
    text = edited("title:", "title:\u00a0Keep it.").replace("rag: amber", "rag: pink")
    found = [(one.code, one.location[1:]) for one in Desk(tmp_path).findings(text)]
    assert found == [("KP120", (3, 7)), ("KP105", (5, 6))]


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_sprinkled_in_the_lines_lead_back(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    sound = make_record(owners=["Company Secretary", "Head of Repairs"])
    places = [found.start() for found in re.finditer(r"(?<=[:-]) |^ ", sound, re.MULTILINE)]
    characters = list(sound)
    for place in chance.sample(places, 3):
        characters[place] = chance.choice("\u00a0\u202f\u3000")
    for _ in range(2):
        place = chance.randrange(len(characters) + 1)
        characters.insert(place, chance.choice("\u200b\u00ad\ufeff"))
    desk = Desk(tmp_path)
    spoilt = "".join(characters)
    assert desk.findings(spoilt)
    assert desk.follow(spoilt) == sound


def test_a_file_is_told_of_twenty_escapes_and_no_more(tmp_path: Path) -> None:
    """Thousands of them took minutes to tell."""
    text = make_record(owners=None) + "owners:\n" + '  - "a\\u200bb"\n' * 8000
    assert [one.code for one in parse(text).problems] == ["KP109"] * 20
    assert [one.code for one in Desk(tmp_path).errors(text)] == ["KP120"] * 20
