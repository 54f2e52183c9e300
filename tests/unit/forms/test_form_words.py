"""What is said of a change in the words of the form."""

from __future__ import annotations

import pytest

from kimplan.forms.words import finding_in_words


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("'progress[12].note' is too long", "“Progress note” is too long"),
        ("'revisions[1].agreed_by' is too long", "“Agreed by” is too long"),
        ("evidence[1].link 'a' is not written", "“Link to the evidence” 'a' is not written"),
        ("'due_reason' is too long", "“Reason” is too long"),
        ("'detail' is too long", "'detail' is too long"),
        ("'actions[1].title' is too long", "'actions[1].title' is too long"),
        ("the link 'progress[1].note' is wrong", "the link 'progress[1].note' is wrong"),
    ],
)
def test_a_finding_names_the_question_whose_answer_it_is_about(message: str, said: str) -> None:
    assert finding_in_words(message) == said
