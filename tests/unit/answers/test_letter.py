"""What a reminder says."""

from __future__ import annotations

from typing import Any

import pytest
from conftest import AS_OF, make_plan

from kimplan.answers import letter_words as words
from kimplan.answers.group import PlanOf
from kimplan.answers.letter import MOST, Entry, Letter, Occasion, Part, Section, write_letter
from kimplan.answers.news import Event, News
from kimplan.answers.reminders import Digest, Question, Reminded, Row, Topic, digests
from kimplan.model.plan import Owner, Plan

REPAIRS, DATA = "Head of Repairs", "Data Manager"


def letter(plan: Plan, *roles: str, secretary: bool = False, **question: Any) -> Letter:
    found = digests([Reminded(PlanOf("", plan))], Question(AS_OF, **question))
    wanted = [one for one in found if one.role in roles and one.is_secretary <= secretary]
    return write_letter(wanted, Occasion(AS_OF))


def digest(rows: tuple[Row, ...] = (), news: tuple[News, ...] = (), **fields: Any) -> Digest:
    usual = Digest("", "Action plan", "Homes", DATA, Owner(role=DATA), False, rows, news)
    return usual._replace(**fields)


def row(topic: Topic = Topic.OVERDUE, left: int | None = -3, **fields: Any) -> Row:
    usual = Row(topic, "REC1", "Keep a list.", False, (DATA,), left, "March 2024")
    return usual._replace(**fields)


def test_a_whole_letter() -> None:
    plan = make_plan(
        {"due": "2024-03", "owners": [REPAIRS, DATA],
         "progress": [{"on": "2024-05-02", "note": "The form is live."}]},
        {"due": "2024-06", "owners": [DATA]},
        {"due": "2025-06", "owners": [DATA]},
        source={"title": "Report", "published": "2023-05"},
    )  # fmt: skip
    title = "Keep a register of every repair."
    late = Entry(
        "REC1", title, "promised for March 2024, 61 days late",
        ("Last heard on 2 May 2024: The form is live.", "Shared with Head of Repairs."),
    )  # fmt: skip
    soon = Entry(
        "REC2", title, "promised for June 2024, 30 days left",
        ("There is no note yet; one would help.",),
    )  # fmt: skip
    assert letter(plan, DATA) == Letter(
        "1 overdue, 1 due soon: Spotlight action plan",
        "1 overdue, 1 due soon, 2 without a recent note",
        "Hello,",
        "One thing is overdue, one falls due soon, and two could do with a short note, as of "
        "31 May 2024.",
        (Part("", "This reaches you as Data Manager. It is about Spotlight action plan, Example "
              "Homes.", (
            Section("Overdue: 1", words.NEXT[Topic.OVERDUE], (late,), is_late=True),
            Section("Due soon: 1", words.NEXT[Topic.DUE_SOON], (soon,)),
            Section("A note would help here too: 1", words.NEXT[Topic.NO_NOTE],
                    (Entry("REC3", title, "there is no note yet"),)),
        )),),
        (
            "Each recommendation is a file of the plan's repository, named after its ref. Whoever "
            "keeps the plan is glad to help.",
            "Sent by kimplan from the plan as it stood on 31 May 2024.",
        ),
    )  # fmt: skip


def test_what_two_roles_of_one_person_share_counts_once() -> None:
    plan = make_plan({"due": "2024-03", "owners": [REPAIRS, DATA]})
    both = letter(plan, REPAIRS, DATA)
    assert both.opening == "One thing is overdue, as of 31 May 2024."
    assert [part.heading for part in both.parts] == [REPAIRS, DATA]


def test_two_things_that_are_alike_count_twice() -> None:
    twice = digest((row(is_action=True), row(is_action=True)))
    assert write_letter([twice], Occasion(AS_OF)).opening.startswith("Two things are overdue")


def test_a_plan_of_several_stands_before_the_ref() -> None:
    found = write_letter([digest((row(),), plan="north")], Occasion(AS_OF))
    assert found.parts[0].sections[0].entries[0].ref == "north REC1"


def test_a_long_list_is_cut_and_says_so() -> None:
    many = tuple(row(ref=f"REC{number}") for number in range(MOST + 3))
    (section,) = write_letter([digest(many)], Occasion(AS_OF)).parts[0].sections
    assert (section.heading, len(section.entries), section.left_out) == ("Overdue: 53", MOST, 3)


def test_whoever_shares_a_mailbox_is_greeted() -> None:
    names = ["Ann Other", None, "Bob Smith", "Ann Other", "Cat Jones"]
    assert words.people(names[:2]) == "Ann Other"
    assert words.people(names) == "Ann Other, Bob Smith and Cat Jones"
    assert words.greeting(words.people([None])) == "Hello,"
    owners = [Owner(role=f"Role {name}", name=name) for name in names]
    both = [digest((row(),), owner=owner) for owner in owners[:3]]
    assert write_letter(both, Occasion(AS_OF)).greeting == "Dear Ann Other and Bob Smith,"


@pytest.mark.parametrize(
    ("rows", "opening"),
    [
        ([row(), row(Topic.NO_NOTE)], "One thing is overdue and could do with a short note"),
        (
            [row(), row(Topic.NO_NOTE, ref="REC2")],
            "One thing is overdue and one could do with a short note",
        ),
        (
            [row(), row(ref="REC2"), row(Topic.NO_NOTE)],
            "Two things are overdue and one of these could do with a short note",
        ),
        (
            [row(is_action=True), row(Topic.NO_NOTE)],
            "One thing is overdue and one could do with a short note",
        ),
        ([row(Topic.NO_NOTE)], "One thing could do with a short note"),
    ],
)
def test_what_lacks_a_note_is_not_counted_twice(rows: list[Row], opening: str) -> None:
    letter = write_letter([digest(tuple(rows))], Occasion(AS_OF))
    assert letter.opening == f"{opening}, as of 31 May 2024."


def test_many_plans_of_one_person_are_cut_and_counted() -> None:
    many = [digest((row(),), plan=f"plan {number}") for number in range(MOST + 2)]
    found = write_letter(many, Occasion(AS_OF))
    assert found.opening == "52 things are overdue, as of 31 May 2024."
    assert (len(found.parts), found.closing[0]) == (
        MOST,
        "2 more roles or plans of yours are counted above but not listed here; kimplan overdue "
        "lists them all.",
    )


def test_the_secretary_is_told_whose_it_is() -> None:
    plan = make_plan(
        {"due": "2024-03", "owners": [REPAIRS]}, {"due": "2024-03", "owners": [REPAIRS, DATA]}
    )
    (part,) = letter(plan, "Company Secretary", secretary=True).parts
    assert part.about.startswith("This is the whole of Spotlight action plan")
    assert [entry.more[0] for entry in part.sections[0].entries] == [
        "Owner: Head of Repairs.",
        "Owners: Head of Repairs; Data Manager.",
    ]


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ({}, "Nothing is asked of you today, 31 May 2024: this is to tell you what has changed."),
        ({Topic.OVERDUE: 1}, "One thing is overdue, as of 31 May 2024."),
        ({Topic.OVERDUE: 2, Topic.EXPIRING: 1},
         "Two things are overdue and one has evidence that runs out, as of 31 May 2024."),
        ({Topic.DUE_SOON: 11, Topic.NO_DATE: 1, Topic.UNVERIFIED: 1_200},
         "11 things fall due soon, one has no date agreed yet, and 1,200 wait to be verified, as "
         "of 31 May 2024."),
    ],
)  # fmt: skip
def test_the_opening_counts(counts: dict[Topic, int], said: str) -> None:
    assert words.opening(dict.fromkeys(Topic, 0) | counts, AS_OF) == said


def test_a_long_subject_is_cut() -> None:
    counts = dict.fromkeys(Topic, 0) | {Topic.OVERDUE: 3, Topic.DUE_SOON: 2, Topic.NO_DATE: 1}
    found = words.subject(counts, ["A title " * 60])
    assert found.startswith("3 overdue, 2 due soon: A title A title")
    assert (len(found), found[-1]) == (150, "…")
    assert words.subject(counts, ["A", "B", "A"]) == "3 overdue, 2 due soon: 2 action plans"


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (0, "promised for March 2024, today is its last day"),
        (1, "promised for March 2024, 1 day left"),
    ],
)
def test_how_long_there_is(left: int, said: str) -> None:
    assert words.said(row(Topic.DUE_SOON, left)) == said


@pytest.mark.parametrize(
    ("left", "said"),
    [(0, "which is today"), (1, "1 day left"), (-1, "1 day ago")],
)
def test_how_long_evidence_is_good(left: int, said: str) -> None:
    found = words.said(row(Topic.EXPIRING, left, evidence="Policy"))
    assert found == f"Policy: good until March 2024, {said}"


NEWS = News(Event.MOVED, "REC1", "Keep a list.", False, due="July 2024")


@pytest.mark.parametrize(
    ("news", "owner", "secretary"),
    [
        (NEWS._replace(before="May 2024", after="July 2024", why="It rained."),
         "It is promised for July 2024 now, not May 2024. Earlier reminders of May 2024 no longer "
         "count. Why: It rained.",
         "It is promised for July 2024 now, not May 2024. Why: It rained."),
        (NEWS._replace(before="no date agreed", after="July 2024"),
         "It is promised for July 2024 now; no date was agreed before.",
         "It is promised for July 2024 now; no date was agreed before."),
        (NEWS._replace(before="May 2024", after="no date agreed"),
         "No date is agreed any more; it was promised for May 2024.",
         "No date is agreed any more; it was promised for May 2024."),
        (NEWS._replace(event=Event.HANDED_OVER, before="A", after="B"),
         "It is with B now: nothing more is asked of you, and earlier reminders of it no longer "
         "count.",
         "It went from A to B, promised for July 2024."),
        (NEWS._replace(event=Event.HANDED_OVER, before="A", after=""),
         "It is no longer with you: nothing more is asked of you, and earlier reminders of it no "
         "longer count.",
         "It went from A to nobody, promised for July 2024."),
        (NEWS._replace(event=Event.TAKEN_OVER, before="A", after="B"),
         "It is with you now, promised for July 2024; before, it was with A.",
         "It went from A to B, promised for July 2024."),
        (NEWS._replace(event=Event.DONE, due=""), "It is done: thank you. No more is asked.",
         "It is done."),
        (NEWS._replace(event=Event.DROPPED, why="Superseded by REC9"),
         "It does not apply any more. Superseded by REC9.",
         "It does not apply any more. Superseded by REC9."),
        (NEWS._replace(event=Event.REMOVED), "It is no longer in the plan.",
         "It is no longer in the plan."),
        (NEWS._replace(event=Event.NEW), "It is new in the plan, promised for July 2024.",
         "It is new in the plan, promised for July 2024."),
        (NEWS._replace(event=Event.REOPENED, due=""), "It is open again.", "It is open again."),
    ],
)  # fmt: skip
def test_what_has_happened(news: News, owner: str, secretary: str) -> None:
    assert words.happened(news, is_secretary=False) == owner
    assert words.happened(news, is_secretary=True) == secretary


def test_news_alone_are_a_letter_of_their_own() -> None:
    over = NEWS._replace(event=Event.HANDED_OVER, before="A", after="B", link="https://f.example/1")
    found = write_letter([digest(news=(over,))], Occasion(AS_OF, "1 May 2024"))
    assert found.subject == "What has changed: Action plan"
    (section,) = found.parts[0].sections
    assert (section.heading, section.entries[0].link) == ("Changed since 1 May 2024: 1", "")
    assert found.closing[0].startswith("Each recommendation is a file")
    moved = write_letter([digest(news=(over._replace(event=Event.MOVED),))], Occasion(AS_OF))
    assert moved.closing[0].startswith("Each link opens the file")


def test_the_secretary_is_told_once_that_it_changed_hands() -> None:
    link = "https://f.example/1"
    over = NEWS._replace(event=Event.HANDED_OVER, before="A", after="B", link=link)
    both = (over, over._replace(event=Event.TAKEN_OVER))
    found = write_letter([digest(news=both, is_secretary=True)], Occasion(AS_OF))
    (section,) = found.parts[0].sections
    assert section.heading == "Changed: 1"
    assert [entry.link for entry in section.entries] == [link]
