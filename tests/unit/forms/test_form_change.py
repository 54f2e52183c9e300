"""What a form asks for, and who signs its note; and what is said in its words."""

from __future__ import annotations

import pytest

from kimplan.edits.refusal import RefusedError
from kimplan.forms.change import asked_options, asked_ref
from kimplan.forms.words import hint_in_words, in_words
from kimplan.model.plan import Owner

OWNERS = (
    Owner(role="Company Secretary", handle="@Secretary"),
    Owner(role="Head of Repairs", handle="@repairs"),
    Owner(role="Head of Damp", handle="@repairs"),
    Owner(role="Data Manager", handle="@example-homes/data"),
    Owner(role="Board"),
)


def test_the_options_are_those_of_the_command() -> None:
    answers = {
        "ref": "REC6", "rag": "Green", "completed": "2024-05-01", "evidence": "Policy",
        "link": "https://example.org/", "due": "2024-09", "reason": "x", "agreed_by": "Board",
        "note": "y", "by": "Data Manager",
    }  # fmt: skip
    options = asked_options(answers, "", OWNERS)
    assert options == {
        key: text for key, text in answers.items() if key not in {"ref", "evidence", "link"}
    }
    assert asked_ref(answers) == "REC6"


def test_a_role_without_a_note_signs_nothing() -> None:
    assert asked_options({"rag": "Red", "by": "Board"}, "", OWNERS) == {"rag": "Red"}


def test_a_note_is_signed_by_the_role_of_its_author() -> None:
    assert asked_options({"note": "x"}, "SECRETARY", OWNERS)["by"] == "Company Secretary"
    named = asked_options({"note": "x", "by": "Board"}, "secretary", OWNERS)
    assert named["by"] == "Board"


@pytest.mark.parametrize(
    ("author", "why"),
    [
        ("", "the plan does not know your role"),
        ("somebody", "the plan does not know your role"),
        ("repairs", "you have several roles"),
    ],
)
def test_else_the_role_is_asked_for(author: str, why: str) -> None:
    with pytest.raises(RefusedError, match=f"a note is signed with a role, and {why}") as caught:
        asked_options({"note": "x"}, author, OWNERS)
    assert caught.value.hint.startswith("Write it in “Your role”")


@pytest.mark.parametrize("answers", [{}, {"ref": "REC6"}, {"ref": "REC6", "by": "Board"}])
def test_a_form_that_asks_for_nothing_is_refused(answers: dict[str, str]) -> None:
    with pytest.raises(RefusedError, match="the form asks for no change"):
        asked_options(answers, "secretary", OWNERS)


def test_a_form_without_a_ref_is_refused() -> None:
    with pytest.raises(RefusedError, match="does not say which recommendation"):
        asked_ref({"note": "x"})


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("--due 'x' is not a date", "“New due date” 'x' is not a date"),
        ("give it with --reason TEXT.", "give it with “Reason”."),
        ("--no-evidence is longer than 300", "“Why there is no evidence” is longer than 300"),
        ("there is no option here", "there is no option here"),
    ],
)
def test_options_are_called_by_their_questions(said: str, words: str) -> None:
    assert in_words(said) == words


@pytest.mark.parametrize(
    "hint", ["Make it with --edit.", "Give --owner ROLE.", "Run kimplan lint."]
)
def test_what_a_form_cannot_do_is_not_advised(hint: str) -> None:
    assert hint_in_words(hint, "") == "A form cannot say that: ask whoever keeps the plan."


def test_a_rule_s_hint_is_the_form_s() -> None:
    assert hint_in_words("Give --evidence.", "KP803").startswith("Answer “Evidence” and “Link to")
