"""A record after an update: what it says, and that nothing else in its file changed."""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import deepcopy
from datetime import date
from itertools import product
from typing import Any, NamedTuple, TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st
from layouts import HEAD, LAYOUTS, MOVE, OWNERS, TAIL

from kimplan.characters import first_forbidden
from kimplan.edits.refusal import RefusedError
from kimplan.edits.request import NewEvidence, Update
from kimplan.edits.texts import prose
from kimplan.edits.update import update_text
from kimplan.errors import KimplanError
from kimplan.model.prose import parse_prose
from kimplan.model.rating import Rating
from kimplan.model.recommendation import Recommendation
from kimplan.source import parse
from kimplan.source.splice import nodes

ON = date(2024, 5, 31)
LONG = "The register holds every repair, " * 12 + "and more.\n\n- one: two\n- # three"
IGNORE = "# kimplan: ignore KP203 - promised before"


Value: TypeAlias = dict[str, Any]


def evidence(value: dict[str, Any], **fields: str) -> Value:
    value["evidence"] = [*(value.get("evidence") or []), fields]
    return value


def note(value: dict[str, Any], **fields: str) -> Value:
    value["progress"] = [*(value.get("progress") or []), fields]
    return value


def moved(value: dict[str, Any], to: str, **fields: str) -> Value:
    entry = {"from": "2024-07", "to": to, **fields, "on": "2024-05-31"}
    old = value.get("revisions")
    value["revisions"] = [*(old if isinstance(old, list) else []), entry]
    value["due"] = to
    return value


def owners(value: dict[str, Any], *roles: str) -> Value:
    value["owners"] = list(roles)
    return value


def closed(value: dict[str, Any], rag: str) -> Value:
    value["rag"] = rag
    if rag == "green":
        value["completed"] = "2024-05-31"
    return value


class Case(NamedTuple):
    update: Update
    expect: Callable[[dict[str, Any]], object]
    keys: tuple[str, ...]
    loses: bool = False  # lines, with the comments on them


AB = "Company Secretary", "Data Manager"
CASES = {
    "note": Case(
        Update(ON, note="It is: live # now.", by="A. Person"),
        lambda v: note(v, on="2024-05-31", by="A. Person", note="It is: live # now."),
        ("progress",),
    ),
    "long note": Case(
        Update(ON, note=LONG), lambda v: note(v, on="2024-05-31", note=LONG), ("progress",)
    ),
    "move": Case(
        Update(ON, due="2024-09", reason="Re-planned, again."),
        lambda v: moved(v, "2024-09", reason="Re-planned, again."),
        ("due", "revisions"),
    ),
    "agreed move": Case(
        Update(ON, due="2023-12/2024-06-15", reason=LONG, agreed_by="The Board: all"),
        lambda v: moved(v, "2023-12/2024-06-15", reason=LONG, agreed_by="The Board: all"),
        ("due", "revisions"),
    ),
    "green": Case(
        Update(ON, rag=Rating.GREEN, evidence=(NewEvidence("P #1", "https://e.org/?a=b"),)),
        lambda v: (closed(v, "green"), evidence(v, title="P #1", link="https://e.org/?a=b")),
        ("rag", "completed", "evidence"),
    ),
    "evidence": Case(
        Update(ON, evidence=(NewEvidence("P", expires="2026-07"), NewEvidence("Q", "q.pdf"))),
        lambda v: (evidence(v, title="P", expires="2026-07"), evidence(v, title="Q", link="q.pdf")),
        ("evidence",),
    ),
    "not applicable": Case(
        Update(ON, rag=Rating.NOT_APPLICABLE),
        lambda v: closed(v, "not-applicable"),
        ("rag",),
    ),
    "red": Case(Update(ON, rag=Rating.RED), lambda v: v.update(rag="red"), ("rag",)),
    "one owner more": Case(
        Update(ON, add_owners=("Head: of Repairs",)),
        lambda v: owners(v, *AB, "Head: of Repairs"),
        ("owners",),
    ),
    "first owner less": Case(
        Update(ON, remove_owners=("company secretary",)),
        lambda v: owners(v, AB[1]),
        ("owners",),
        loses=True,
    ),
    "last owner less": Case(
        Update(ON, remove_owners=(AB[1],)), lambda v: owners(v, AB[0]), ("owners",), loses=True
    ),
    "another owner": Case(
        Update(ON, owners=("Head of Repairs",)),
        lambda v: owners(v, "Head of Repairs"),
        ("owners",),
        loses=True,
    ),
    "owners turned round": Case(
        Update(ON, owners=(AB[1], "Head of Repairs", AB[0])),
        lambda v: owners(v, AB[1], "Head of Repairs", AB[0]),
        ("owners",),
        loses=True,
    ),
    "response": Case(
        Update(ON, response="Done: see below.\n\n- one\n- two # not a comment"),
        lambda v: v.update(response="Done: see below.\n\n- one\n- two # not a comment"),
        ("response",),
    ),
    "short response": Case(
        Update(ON, response="Done."), lambda v: v.update(response="Done."), ("response",)
    ),
    "all at once": Case(
        Update(
            ON,
            rag=Rating.RED,
            due="2025-01",
            reason="Why.",
            add_owners=("C",),
            note="N.",
            by="Z",
            evidence=(NewEvidence("E"),),
            response="New.",
        ),
        lambda v: (
            v.update(rag="red", response="New."),
            moved(v, "2025-01", reason="Why."),
            owners(v, *AB, "C"),
            note(v, on="2024-05-31", by="Z", note="N."),
            evidence(v, title="E"),
        ),
        ("rag", "due", "owners", "evidence", "progress", "revisions", "response"),
    ),
}
BOTH = list(product(LAYOUTS, CASES))
ENDS = {"LF": "\n", "CRLF": "\r\n", "CR": "\r"}


def said(value: Any) -> Any:
    """Return what a record says, however its texts are wrapped."""
    if isinstance(value, dict):
        return {key: said(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [said(inner) for inner in value]
    return parse_prose(value)


def others(text: str, keys: tuple[str, ...]) -> str:
    """Return the lines of `text` in which none of the topmost `keys` stands, nor its comments.

    Comments that are deeper in than the key belong to what stands above them.
    """
    found = nodes(text)
    cuts = []
    for key in keys:
        if node := found.get((key,)):
            start = max(text.rfind("\n", 0, node.key), text.rfind("\r", 0, node.key)) + 1
            column = (node.key or 0) - start
            deeper = rf"(?:(?:\r\n?|\n) {{{column + 1},}}#[^\r\n]*)*(?:\r\n?|\n|\Z)"
            match = re.compile(rf"[^\r\n]*{deeper}").match(text, node.end)
            assert match
            cuts.append((start, match.end()))
    for start, end in sorted(cuts, reverse=True):
        text = text[:start] + text[end:]
    return text.replace(f"{IGNORE}\r\n", "").replace(f"{IGNORE}\n", "").replace(f"{IGNORE}\r", "")


def comments(text: str) -> list[str]:
    return [found.rstrip() for found in re.findall(r"(?:(?<=\s)|\A)#[^\r\n]*", text)]


@pytest.mark.parametrize(
    "has_end",
    [pytest.param(True, id="ends"), pytest.param(False, id="does not end", marks=pytest.mark.slow)],
)
@pytest.mark.parametrize(
    "end",
    [
        pytest.param("\n", id="LF"),
        pytest.param("\r\n", id="CRLF"),
        pytest.param("\r", id="CR", marks=pytest.mark.slow),
    ],
)
@pytest.mark.parametrize(("layout", "name"), BOTH, ids=[": ".join(both) for both in BOTH])
def test_only_what_was_asked_for_changes(layout: str, name: str, end: str, has_end: bool) -> None:
    case = CASES[name]
    before = LAYOUTS[layout].replace("\n", end)
    before = before if has_end else before.rstrip("\r\n")
    after = update_text(before, case.update).text
    value = deepcopy(parse(before).value)
    assert value is not None
    case.expect(value)
    now = parse(after)
    assert now.problems == [] == parse(before).problems
    assert said(now.value) == said(value)
    if layout == "braces":
        return  # it has no lines to compare
    same, new = others(before, case.keys), others(after, case.keys)
    assert new.rstrip("\r\n") == same.rstrip("\r\n")
    assert set(re.findall(r"\r\n|\r|\n", after)) == {end}
    if has_end or before.endswith(end):
        assert after.endswith(end)
    elif "blank" not in layout:
        assert not after.endswith(end)
    if not case.loses:
        assert [one for one in comments(before) if one not in after] == []


@pytest.mark.parametrize(
    "layout", [name for name in LAYOUTS if name not in {"odd order", "lists far in"}]
)
def test_new_keys_stand_where_the_usual_order_has_them(layout: str) -> None:
    case = CASES["all at once"]
    green = Update(ON, rag=Rating.GREEN, evidence=(NewEvidence("E"),), verified_by="Me", note="N.")
    for update in (case.update, green):
        value = parse(update_text(LAYOUTS[layout], update).text).value
        usual = [name for name in Recommendation.model_fields if value and name in value]
        assert list(value or ()) == usual


@pytest.mark.parametrize("layout", LAYOUTS)
def test_there_and_back_leaves_the_dates_and_the_rating(layout: str) -> None:
    text = LAYOUTS[layout]
    first = update_text(text, Update(ON, due="2024-09", reason="Why.")).text
    second = update_text(first, Update(ON, due="2024-07", reason="After all.")).text
    value = parse(second).value
    assert value is not None
    assert value["due"] == "2024-07"
    assert [(one["from"], one["to"]) for one in value["revisions"][-2:]] == [
        ("2024-07", "2024-09"),
        ("2024-09", "2024-07"),
    ]
    assert update_text(second, Update(ON, due="2024-07")).text == second


@pytest.mark.parametrize("layout", [name for name in LAYOUTS if name != "braces"])
def test_an_exception_comes_and_goes(layout: str) -> None:
    text = LAYOUTS[layout]
    if (parse(text).value or {}).get("evidence"):
        pytest.skip("it has evidence")
    green = update_text(text, Update(ON, rag=Rating.GREEN, no_evidence="minuted")).text
    assert green.count("# kimplan: ignore KP803, KP303 - minuted") == 1
    again = update_text(green, Update(ON, no_evidence="minuted in May")).text
    assert again.count("KP803") == 1
    assert "# kimplan: ignore KP803, KP303 - minuted in May" in again
    done = update_text(again, Update(ON, evidence=(NewEvidence("Policy"),)))
    assert "KP803" not in done.text
    assert done.said == ("The comment that excused the missing evidence is taken away.",)
    amber = update_text(again, Update(ON, rag=Rating.AMBER, due="2024-07"))
    assert "KP803" not in amber.text
    assert "completed" not in (parse(amber.text).value or {})
    assert set(comments(text)) - {IGNORE} - set(comments(amber.text)) <= {"# when"} | {
        one for one in comments(text) if "2024-07" in one
    }


def test_an_exception_beside_another_ignore() -> None:
    text = (HEAD + TAIL).replace("amber", "amber  # kimplan: ignore KP6 - why")
    after = update_text(text, Update(ON, rag=Rating.GREEN, no_evidence="minuted")).text
    assert (
        "# kimplan: ignore KP803, KP303 - minuted\nrag: green  # kimplan: ignore KP6 - why\n"
        in after
    )
    back = update_text(after, Update(ON, rag=Rating.AMBER, due="2024-07")).text
    assert "\nrag: amber  # kimplan: ignore KP6 - why\n" in back
    assert "KP803" not in back


# What a single change looks like


def changed(text: str, update: Update) -> str:
    return update_text(text, update).text


def test_texts_of_every_length_look_well() -> None:
    short = changed(HEAD + TAIL, Update(ON, note="It is live.", by="A"))
    assert short == HEAD + TAIL + (
        "progress:\n  - on: 2024-05-31\n    by: A\n    note: It is live.\n"
    )
    several = changed(HEAD + TAIL, Update(ON, note="It is:\n\n- live"))
    assert several == HEAD + TAIL + (
        "progress:\n  - on: 2024-05-31\n    note: |\n      It is:\n\n      - live\n"
    )


def test_a_move_is_written_down() -> None:
    text = changed(HEAD + TAIL + MOVE, Update(ON, due="2024-10", reason="Late.", agreed_by="Board"))
    assert text == (HEAD + TAIL + MOVE).replace("due: 2024-07", "due: 2024-10") + (
        "  - from: 2024-07\n    to: 2024-10\n    reason: Late.\n"
        "    agreed_by: Board\n    on: 2024-05-31\n"
    )


def test_a_date_in_plain_words_counts() -> None:
    text = changed(HEAD + TAIL, Update(ON, due="31 December 2024", reason="Late."))
    assert "\ndue: 2024-12-31\n" in text
    assert "to: 2024-12-31" in text


def test_a_first_date_and_the_same_date_are_no_move() -> None:
    bare = HEAD + "rag: amber\n" + OWNERS
    assert changed(bare, Update(ON, due="2024-07")) == HEAD + TAIL
    assert changed(HEAD + TAIL, Update(ON, due="2024-07")) == HEAD + TAIL
    same = changed(HEAD + TAIL, Update(ON, due="2024-07-01/2024-07-31"))
    assert same == (HEAD + TAIL).replace("due: 2024-07", "due: 2024-07-01/2024-07-31")


def test_a_date_that_was_none_can_be_mended() -> None:
    text = (HEAD + TAIL).replace("due: 2024-07", "due: July 2024")
    assert changed(text, Update(ON, due="2024-07")) == HEAD + TAIL
    moved_on = changed(text, Update(ON, due="2024-08", reason="Why."))
    assert "- from: 2024-07\n    to: 2024-08\n    reason: Why.\n    on: 2024-05-31\n" in moved_on
    tbc = (HEAD + TAIL).replace("due: 2024-07", "due: TBC")
    assert changed(tbc, Update(ON, due="2024-07")) == HEAD + TAIL


def test_a_green_that_opens_again_goes_on_from_its_last_date() -> None:
    green = (
        HEAD
        + "rag: green\n"
        + OWNERS
        + "completed: 2024-05-01\nverified: {by: A, on: 2024-05-02}\n"
    )
    with pytest.raises(RefusedError, match=r"moves from July 2024 to August 2024") as refused:
        changed(green + MOVE, Update(ON, rag=Rating.AMBER, due="2024-08"))
    assert refused.value.code == "KP801"
    done = update_text(green + MOVE, Update(ON, rag=Rating.AMBER, due="2024-08", reason="Broke."))
    assert done.text == HEAD + "rag: amber\ndue: 2024-08\n" + OWNERS + MOVE + (
        "  - from: 2024-07\n    to: 2024-08\n    reason: Broke.\n    on: 2024-05-31\n"
    )
    assert done.said == (
        "'completed' is taken away: amber is not complete (KP306).",
        "'verified' is taken away: amber is not complete (KP306).",
    )
    bare = update_text(green, Update(ON, rag=Rating.RED, due="2024-08"))
    assert bare.text == HEAD + "rag: red\ndue: 2024-08\n" + OWNERS


def test_green_keeps_its_completed_day_or_takes_another() -> None:
    proof = (NewEvidence("P"),)
    asked = Update(ON, rag=Rating.GREEN, evidence=proof, completed=date(2024, 5, 1))
    assert "\ncompleted: 2024-05-01\n" in changed(HEAD + TAIL, asked)
    green = changed(HEAD + TAIL, asked)
    assert changed(green, Update(ON, rag=Rating.GREEN)) == green
    later = changed(green, Update(ON, completed=date(2024, 5, 2), verified_by="Company Secretary"))
    assert "\ncompleted: 2024-05-02\n" in later
    assert "\nverified:\n  by: Company Secretary\n  on: 2024-05-31\n" in later
    assert changed(later, Update(ON, verified_by="Company Secretary")) == later


def test_the_last_owner_goes_with_the_key() -> None:
    text = changed(HEAD + TAIL, Update(ON, remove_owners=AB, rag=Rating.NOT_APPLICABLE))
    assert text == HEAD + "rag: not-applicable\ndue: 2024-07\n"
    flow = (HEAD + TAIL).replace(OWNERS, "owners: [Company Secretary, Data Manager]\n")
    assert changed(flow, Update(ON, remove_owners=AB, rag=Rating.NOT_APPLICABLE)) == text


def test_a_response_keeps_its_wrapping() -> None:
    text = (HEAD + TAIL).replace("It is being built.", "|\n  It is being\n  built.")
    assert changed(text, Update(ON, response="It is being built.")) == text


def test_long_lines_of_a_response_are_wrapped() -> None:
    after = changed(HEAD + TAIL, Update(ON, response="many words " * 40 + "end."))
    assert max(map(len, after.splitlines())) <= 90
    assert (
        parse_prose((parse(after).value or {})["response"])[0].text == "many words " * 40 + "end."
    )


REFUSED = {
    "a move without a reason": (Update(ON, due="2024-09"), "KP801", "nobody says why"),
    "a reason without words": (Update(ON, due="2024-09", reason="..."), "KP801", "nobody says"),
    "an earlier date": (Update(ON, due="2024-05"), "", "moves from July 2024 to May 2024"),
    "green without evidence": (Update(ON, rag=Rating.GREEN), "KP803", "asks for evidence"),
    "green and a later date": (
        Update(ON, rag=Rating.GREEN, no_evidence="so", due="2024-09"),
        "KP801",
        "moves from July 2024 to September 2024",
    ),
    "amber and completed": (Update(ON, completed=ON), "KP306", "completed while it is amber"),
    "amber and verified": (Update(ON, verified_by="Me"), "KP306", "verified while it is amber"),
    "n/a and verified": (
        Update(ON, rag=Rating.NOT_APPLICABLE, verified_by="Me"),
        "",
        "while it is not-applicable",
    ),
}


def test_what_opens_again_needs_a_date_and_an_owner() -> None:
    green = HEAD + "rag: green\n"
    with pytest.raises(RefusedError, match="amber needs a due date") as refused:
        update_text(green, Update(ON, rag=Rating.AMBER))
    assert refused.value.code == "KP301"
    with pytest.raises(RefusedError, match="red needs an owner") as refused:
        update_text(green, Update(ON, rag=Rating.RED, due="2024-07"))
    assert refused.value.code == "KP402"
    whole = Update(ON, rag=Rating.AMBER, due="2024-07", owners=AB)
    assert update_text(green, whole).text == HEAD + TAIL


@pytest.mark.parametrize(("update", "code", "words"), REFUSED.values(), ids=REFUSED)
def test_what_a_rule_forbids_is_refused(update: Update, code: str, words: str) -> None:
    with pytest.raises(RefusedError, match=words) as refused:
        update_text(HEAD + TAIL, update)
    assert refused.value.code == code
    assert refused.value.hint


def test_an_earlier_date_breaks_a_chain() -> None:
    with pytest.raises(RefusedError) as refused:
        update_text(HEAD + TAIL + MOVE, Update(ON, due="2024-05"))
    assert refused.value.code == "KP205"


def test_a_verification_is_never_rewritten() -> None:
    green = HEAD + "rag: green\nevidence:\n  - {title: P}\nverified: {by: A, on: 2024-05-02}\n"
    with pytest.raises(RefusedError, match="never rewritten") as refused:
        update_text(green, Update(ON, verified_by="B"))
    assert refused.value.code == "KP802"


WRONG = {
    "a reason alone": (Update(ON, reason="x"), "none does"),
    "who agreed alone": (Update(ON, agreed_by="x"), "none does"),
    "a reason for the same date": (Update(ON, due="2024-07", reason="x"), "none does"),
    "no date": (Update(ON, due="soon", reason="x"), "--due 'soon' is not a date"),
    "a stranger": (Update(ON, remove_owners=("Company Secretery",)), "not among its owners"),
    "an exception for amber": (Update(ON, no_evidence="x"), "it is amber"),
    "an exception beside evidence": (
        Update(ON, rag=Rating.GREEN, no_evidence="x", evidence=(NewEvidence("P"),)),
        "there is evidence",
    ),
}


@pytest.mark.parametrize(("update", "words"), WRONG.values(), ids=WRONG)
def test_what_makes_no_sense_is_an_error(update: Update, words: str) -> None:
    with pytest.raises(KimplanError, match=words) as wrong:
        update_text(HEAD + TAIL, update)
    assert wrong.value.hint


def test_evidence_that_is_there_is_not_added_again() -> None:
    text = changed(HEAD + TAIL, Update(ON, evidence=(NewEvidence("P", "https://e.org"),)))
    with pytest.raises(KimplanError, match="is there already"):
        changed(text, Update(ON, evidence=(NewEvidence("P", "https://e.org", "2026-07"),)))


def test_a_file_that_would_be_too_large_is_refused() -> None:
    text = HEAD + TAIL + "".join(f"# {'x' * 1000}\n" for _ in range(261))
    with pytest.raises(RefusedError) as refused:
        update_text(text, Update(ON, note="word " * 500))
    assert refused.value.code == "KP006"


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "rag: amber\ndue:\n  - 2024-07\n" + OWNERS,
        LAYOUTS["braces"],
        HEAD + "rag: |\n  amber\n" + OWNERS,
    ],
)
def test_a_layout_that_cannot_be_changed_says_so(text: str) -> None:
    green = Update(ON, rag=Rating.GREEN, no_evidence="minuted")
    mend = Update(ON, due="2024-07")
    with pytest.raises(KimplanError, match="laid out") as odd:
        update_text(text, mend if "- 2024-07" in text else green)
    assert "--edit" in odd.value.hint


# Any text at all

letters = st.characters(codec="utf-8").filter(lambda one: not first_forbidden(one))
texts = st.one_of(
    st.text(letters, min_size=1, max_size=80),
    st.text(
        st.sampled_from("ab \n\t:#-'\"|>[]{},&*!%@`?~=<.0123\\é🏠\xa0"), min_size=1, max_size=60
    ),
    st.lists(
        st.sampled_from(["- ", "  ", "\n", "\n\n", "word ", "**b**", "a: b", " # c", "1. ", "---"])
    )
    .map("".join)
    .filter(bool),
)


@given(texts, st.sampled_from(sorted(LAYOUTS)), st.sampled_from(list(ENDS.values())))
def test_any_note_is_added_and_nothing_else_changes(text: str, layout: str, end: str) -> None:
    try:
        words = prose(text, "the note")
    except KimplanError:
        return
    before = LAYOUTS[layout].replace("\n", end)
    try:
        after = update_text(before, Update(ON, note=words, by="A")).text
    except KimplanError:
        assert "\n" in words or words != words.strip()  # braces cannot hold every list
        assert layout in {"braces", "flow lists", "flow lists on lines"}
        return
    value = parse(before).value or {}
    note(value, on="2024-05-31", by="A", note=words)
    assert said(parse(after).value) == said(value)
    if layout != "braces":
        assert others(after, ("progress",)).rstrip("\r\n") == others(before, ("progress",)).rstrip(
            "\r\n"
        )


@given(texts, st.sampled_from(sorted(LAYOUTS)))
def test_any_response_takes_the_place_of_the_other(text: str, layout: str) -> None:
    try:
        words = prose(text, "the response")
    except KimplanError:
        return
    before = LAYOUTS[layout]
    try:
        after = update_text(before, Update(ON, response=words)).text
    except KimplanError:
        assert layout == "braces"
        return
    value = parse(before).value or {}
    value["response"] = words
    assert said(parse(after).value) == said(value)
    if layout != "braces":
        assert others(after, ("response",)) == others(before, ("response",))
