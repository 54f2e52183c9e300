"""The text of an issue that a form made: its answers, and what is no such form."""

from __future__ import annotations

import pytest
from forms_sent import body
from hypothesis import given
from hypothesis import strategies as st

from kimplan.edits.refusal import RefusedError
from kimplan.forms.body import read_body
from kimplan.forms.questions import QUESTIONS

NOTE = "It began.\n\n- one\n- two"
_TEXTS = st.text(
    st.characters(exclude_characters="\r", exclude_categories=["Cs"]), min_size=1, max_size=60
)


def refusal(text: str) -> str:
    with pytest.raises(RefusedError) as caught:
        read_body(text)
    return f"{caught.value.message}. {caught.value.hint}"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_answers_come_by_their_keys(end: str) -> None:
    text = body({"ref": "REC6", "note": NOTE.replace("\n", end)}, end)
    assert read_body(text) == {"ref": "REC6", "note": NOTE}


def test_every_question_is_read() -> None:
    answers = {key: f"The answer to {label}" for key, label in QUESTIONS.items()}
    assert read_body(body(answers)) == answers


@pytest.mark.parametrize("nothing", ["_No response_", "", "  \n\n "])
def test_what_is_not_answered_is_not_there(nothing: str) -> None:
    assert read_body(body({"ref": "REC6", "note": nothing, "due": nothing})) == {"ref": "REC6"}


@pytest.mark.parametrize("rating", ["No change", "None", "_No response_"])
def test_a_rating_may_stay(rating: str) -> None:
    assert read_body(body({"ref": "REC6", "rag": rating})) == {"ref": "REC6"}


def test_only_a_rating_is_left_out_for_its_word() -> None:
    assert read_body(body({"ref": "REC6", "note": "None"})) == {"ref": "REC6", "note": "None"}


def test_a_form_may_ask_for_less() -> None:
    text = "### Recommendation\n\nREC6\n\n### Progress note\n\nx"
    assert read_body(text) == {"ref": "REC6", "note": "x"}


def test_other_markdown_is_part_of_an_answer() -> None:
    note = "# one\n## two\n#### four\n###no heading\n```\ncode\n```\n> quoted\n<!-- hidden -->\n---"
    assert read_body(body({"ref": "REC6", "note": note}))["note"] == note


@pytest.mark.parametrize("heading", ["### {}", "   ### {}", "###\t{}", "###   {}  ", " ### {}\t"])
def test_a_question_that_stands_there_twice_is_refused(heading: str) -> None:
    note = f"Fine.\n\n{heading.format('New rating')}\n\nGreen"
    said = refusal(body({"ref": "REC6", "note": note}))
    assert said.startswith("the question “New rating” stands there twice, so it is unclear which")


def test_a_question_out_of_its_place_is_refused() -> None:
    text = "### Progress note\n\nx\n\n### Recommendation\n\nREC6"
    assert refusal(text).startswith("the question “Recommendation” is not in its place. ")


@pytest.mark.parametrize(
    "line",
    ["### Anything", "### New rating ###", "### new rating", "### N\u0435w rating", "###", "### "],
)
def test_another_heading_is_refused(line: str) -> None:
    said = refusal(body({"ref": "REC6", "note": f"Fine.\n{line}\nNo."}))
    assert said.startswith("a line begins with ###, and is no question of the form: ")


@pytest.mark.parametrize("text", ["", "Please mend REC6.", "### What happened?\n\nIt broke."])
def test_what_the_form_did_not_make_is_refused(text: str) -> None:
    assert refusal(text).startswith("this issue was not made with the form. Choose “New issue”")


def test_a_text_above_the_questions_is_refused() -> None:
    said = refusal(f"<!-- hidden -->\n{body({'ref': 'REC6'})}")
    assert said.startswith("something stands above the first question: '<!-- hidden -->'")


def test_a_text_longer_than_an_issue_is_refused() -> None:
    longest = "x" * (65_536 - len(body({"ref": "REC6", "note": ""})))
    assert len(read_body(body({"ref": "REC6", "note": longest}))["note"]) == len(longest)
    assert refusal(body({"ref": "REC6", "note": f"{longest}y"})).startswith("the form is longer")


def test_a_long_text_is_read_at_once() -> None:
    refusal("#" * 65_536)
    refusal("### " * 16_384)
    refusal(("###" + " " * 13) * 4_096)


@given(st.dictionaries(st.sampled_from(sorted(set(QUESTIONS) - {"rag"})), _TEXTS))
def test_an_answer_is_read_as_it_was_written_or_the_form_refused(answers: dict[str, str]) -> None:
    """No text can give another question an answer."""
    try:
        found = read_body(body(answers))
    except RefusedError:
        assert any("###" in answer for answer in answers.values())
        return
    stripped = {key: answer.strip(" \t\n") for key, answer in answers.items()}
    assert found == {
        key: text for key, text in stripped.items() if text not in {"", "_No response_"}
    }
