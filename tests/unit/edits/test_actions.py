"""Sub-actions after an update: added, done, moved and given to somebody else, in any layout."""

from __future__ import annotations

from datetime import date

import pytest
from layouts import HEAD, LAYOUTS, TAIL

from kimplan.edits.refusal import RefusedError
from kimplan.edits.request import ActionUpdate, Update
from kimplan.edits.update import update_text
from kimplan.errors import KimplanError
from kimplan.source import parse

ON = date(2024, 5, 31)
BLOCK = HEAD + TAIL + (
    "actions:\n"
    "  # the first step\n"
    "  - title: Publish the form  # on the web\n"
    "    # whose it is\n"
    "    owner: Data Manager\n"
    "    due: 2024-06\n"
    "  - {title: Tell the residents, due: 2024-06}  # by letter\n"
    "  # no more yet\n"
)  # fmt: skip


def changed(text: str, title: str, reason: str = "", agreed_by: str = "", **fields: object) -> str:
    asked = ActionUpdate(title, **fields)  # type: ignore[arg-type]
    return update_text(text, Update(ON, action=asked, reason=reason, agreed_by=agreed_by)).text


def test_a_first_one_is_added() -> None:
    assert changed(HEAD + TAIL, "Publish it") == HEAD + TAIL + ("actions:\n  - title: Publish it\n")
    assert changed(HEAD + TAIL, "Publish it", due="June 2024", owner="Data Manager") == (
        HEAD + TAIL + "actions:\n  - title: Publish it\n    owner: Data Manager\n    due: 2024-06\n"
    )


@pytest.mark.parametrize("layout", LAYOUTS)
def test_one_is_added_and_changed_in_any_layout(layout: str) -> None:
    text = changed(LAYOUTS[layout], "Publish: it", due="2024-06")
    text = changed(text, "publish", due="2024-07", reason="Staff left.", agreed_by="Board")
    text = changed(text, "PUBLISH:  it", owner="Head of Repairs", done=ON)
    before, after = parse(LAYOUTS[layout]).value or {}, parse(text).value or {}
    move = {"from": "2024-06", "to": "2024-07", "reason": "Staff left.", "agreed_by": "Board"}
    assert after["actions"][-1] == {
        "title": "Publish: it",
        "owner": "Head of Repairs",
        "due": "2024-07",
        "done": "2024-05-31",
        "revisions": [move | {"on": "2024-05-31"}],
    }
    assert list(after["actions"][-1]) == ["title", "owner", "due", "done", "revisions"]
    assert after["actions"][:-1] == (before.get("actions") or [])
    assert {key: value for key, value in after.items() if key != "actions"} == {
        key: value for key, value in before.items() if key != "actions"
    }


def test_the_layout_and_the_comments_of_a_block_stay() -> None:
    text = changed(BLOCK, "publish", due="2024-08", reason="Staff left.")
    assert text == BLOCK.replace(
        "    due: 2024-06\n",
        "    due: 2024-08\n    revisions:\n"
        "      - from: 2024-06\n        to: 2024-08\n"
        "        reason: Staff left.\n        on: 2024-05-31\n",
    )
    again = changed(text, "publish", due="2024-09", reason="Again.")
    assert again == text.replace("due: 2024-08", "due: 2024-09").replace(
        "on: 2024-05-31\n",
        "on: 2024-05-31\n      - from: 2024-08\n        to: 2024-09\n        reason: Again.\n"
        "        on: 2024-05-31\n",
    )
    assert changed(BLOCK, "Publish the form", done=ON) == BLOCK.replace(
        "    due: 2024-06\n", "    due: 2024-06\n    done: 2024-05-31\n"
    )


def test_braces_stay_until_a_text_comes_in() -> None:
    done = changed(BLOCK, "residents", done=ON)
    assert done == BLOCK.replace("due: 2024-06}", "due: 2024-06, done: 2024-05-31}")
    text = changed(BLOCK, "residents", due="2024-08", reason="Staff left.", done=ON)
    assert text == BLOCK.replace(
        "{title: Tell the residents, due: 2024-06}  # by letter",
        "title: Tell the residents\n    due: 2024-08  # by letter\n    done: 2024-05-31\n"
        "    revisions:\n      - from: 2024-06\n        to: 2024-08\n"
        "        reason: Staff left.\n        on: 2024-05-31",
    )
    owned = changed(BLOCK, "residents", owner="Data Manager")
    assert "{title: Tell the residents, owner: Data Manager, due: 2024-06}" in owned


def test_another_stands_behind_the_last() -> None:
    assert changed(BLOCK, "Count the answers") == BLOCK + "  - title: Count the answers\n"


def test_a_first_date_is_no_move() -> None:
    bare = changed(HEAD + TAIL, "Publish it")
    assert "- title: Publish it\n    due: 2024-06\n" in changed(bare, "Publish it", due="2024-06")
    with pytest.raises(KimplanError, match="none does"):
        changed(bare, "Publish it", due="2024-06", reason="Why.")


@pytest.mark.parametrize(
    ("fields", "code", "words"),
    [
        ({"due": "2024-09"}, "KP801", "of the action 'Publish the form' moves from June 2024"),
        ({"due": "2024-05"}, "", "moves from June 2024 to May 2024"),
    ],
)
def test_a_move_asks_for_a_reason(fields: dict[str, str], code: str, words: str) -> None:
    with pytest.raises(RefusedError, match=words) as refused:
        changed(BLOCK, "publish", **fields)
    assert (refused.value.code, refused.value.hint) == (code, "Give the reason: --reason TEXT.")


def test_what_is_done_is_done() -> None:
    done = changed(BLOCK, "publish", done=ON)
    assert changed(done, "publish", done=ON) == done
    with pytest.raises(RefusedError, match="was done on 2024-05-31") as refused:
        changed(done, "publish", done=date(2024, 5, 1))
    assert refused.value.code == "KP802"


@pytest.mark.parametrize(
    ("title", "fields", "words", "hint"),
    [
        ("the", {"done": ON}, "may be one of several", "'Publish the form', 'Tell the residents'"),
        ("Publsh the form", {"done": ON}, "there is no action", "Did you mean 'Publish the form'?"),
        ("Nothing", {"done": ON}, "there is no action", "Its actions: 'Publish the form', "),
        ("Publish", {}, "is part of the action 'Publish the form'", "--done, --due or --owner"),
    ],
)
def test_which_one_is_meant_must_be_clear(
    title: str, fields: dict[str, object], words: str, hint: str
) -> None:
    with pytest.raises(KimplanError, match=words) as wrong:
        changed(BLOCK, title, **fields)  # type: ignore[arg-type]
    assert hint in wrong.value.hint


def test_one_like_another_is_added_and_told() -> None:
    update = Update(ON, action=ActionUpdate("Publsh the form", due="2024-07"))
    done = update_text(BLOCK, update)
    assert done.text == BLOCK + "  - title: Publsh the form\n    due: 2024-07\n"
    assert done.said == ("The action 'Publsh the form' is added. Did you mean 'Publish the form'?",)


def test_it_says_so_already() -> None:
    assert changed(BLOCK, "publish the  FORM", owner="Data Manager") == BLOCK
