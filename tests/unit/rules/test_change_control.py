from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from conftest import EVIDENCE, lint_lines, make_record, make_settings, write_plan

from kimplan.linter import Clock, lint
from kimplan.loader.loaded_file import load_bytes
from kimplan.model.plan import Settings
from kimplan.model.recommendation import Recommendation
from kimplan.snapshot.earlier import Base

DAY = date(2023, 6, 1)  # long before anything is due
BACK = "  hint: Put it back as it was, and add a new entry that corrects it.\n"
PUT_BACK = "  hint: Put the file back; what does not apply is rated not-applicable.\n"
NOTES = [
    {"on": "2023-05-02", "by": "Data Manager", "note": "The form is live."},
    {"on": "2023-05-20", "note": "It is used."},
]
VERIFIED = {"by": "Company Secretary", "on": "2023-05-02"}


def revision(start: str, end: str, reason: str = "The contractor changed.") -> dict[str, str]:
    return {"from": start, "to": end, "reason": reason, "on": "2023-05-20"}


def green(**fields: Any) -> str:
    return make_record(**({"rag": "green", "evidence": EVIDENCE} | fields))


def base_of(folder: Path, before: Mapping[str, str], now: Mapping[str, str]) -> Base:
    """Return the state `before` of the records by ref, as far as it differs from `now`."""
    where = f"{(folder / 'plan').as_posix()}/recommendations"
    differ = [ref for ref in {**before, **now} if before.get(ref) != now.get(ref)]
    records = {
        f"{where}/{ref}.yaml": load_bytes(
            f"{where}/{ref}.yaml", before[ref].encode(), Recommendation
        )
        for ref in differ
        if ref in before
    }
    return Base("main", frozenset(f"{where}/{ref}.yaml" for ref in differ), records)


def changes(folder: Path, before: Mapping[str, str], now: Mapping[str, str]) -> str:
    """Return what is said of the change of some records (KP8 alone)."""
    plan = write_plan(folder, records=now)
    lines = lint_lines(plan, Clock(DAY, base_of(folder, before, now))).splitlines(keepends=True)
    pairs = zip(lines[:-1:2], lines[1::2], strict=False)
    found = "".join(f"{line}{hint}" for line, hint in pairs if " KP8" in line)
    return found.replace("plan/recommendations/", "")


def change(folder: Path, before: str, now: str) -> str:
    """Return what is said of the change of one record, whose path is left out."""
    return changes(folder, {"REC1": before}, {"REC1": now}).replace("REC1.yaml:", "")


def moved(start: str, end: str, first: str, last: str) -> str:
    return (
        f"6:6: error KP801 due moved from {start} to {end} without a revision that says why\n"
        f"  hint: Add below 'revisions:', a line each: '- from: {first}', 'to: {last}', "
        "'reason: …', 'on: …'.\n"
    )


class TestSilentMove:
    @pytest.mark.parametrize(
        ("due", "start", "then", "end"),
        [
            ("2024-03", "March 2024", "2024-07", "July 2024"),
            ("2024-07", "July 2024", "2024-08-01", "1 August 2024"),
            ("2024-07-30", "30 July 2024", "2024-07", "July 2024"),
            ("2024-07", "July 2024", "2024-07/2024-09", "July 2024 – September 2024"),
        ],
    )
    def test_a_later_date_needs_a_revision(
        self, due: str, start: str, then: str, end: str, tmp_path: Path
    ) -> None:
        said = change(tmp_path, make_record(due=due), make_record(due=then))
        assert said == moved(start, end, due, then)

    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ({"due": "2024-07"}, {"due": "2024-03"}),
            ({"due": "2024-07"}, {"due": "2024-07-31"}),
            ({"due": "2024-05/2024-07"}, {"due": "2024-07"}),
            ({"due": "2024-07"}, {"due": "2024-07", "response": "It is built."}),
            ({"rag": "not-applicable", "due": None}, {"due": "2024-07"}),
        ],
    )
    def test_a_date_that_does_not_move_later_needs_none(
        self, before: dict[str, Any], after: dict[str, Any], tmp_path: Path
    ) -> None:
        assert change(tmp_path, make_record(**before), make_record(**after)) == ""

    @pytest.mark.parametrize(
        "revisions",
        [
            [revision("2024-03", "2024-07")],
            [revision("2024-03-01/2024-03-31", "2024-07")],
            [revision("2024-03", "2024-05"), revision("2024-05", "2024-07")],
        ],
    )
    def test_a_revision_from_the_old_date_to_the_new_one_says_why(
        self, revisions: list[dict[str, str]], tmp_path: Path
    ) -> None:
        now = make_record(due="2024-07", revisions=revisions)
        assert change(tmp_path, make_record(due="2024-03"), now) == ""

    @pytest.mark.parametrize(
        "revisions",
        [
            [revision("2024-03", "2024-05")],
            [revision("2024-05", "2024-07")],
            [revision("2024-03", "2024-07", "–")],
        ],
    )
    def test_a_revision_of_other_dates_or_without_words_does_not(
        self, revisions: list[dict[str, str]], tmp_path: Path
    ) -> None:
        now = make_record(due="2024-07", revisions=revisions)
        said = change(tmp_path, make_record(due="2024-03"), now)
        assert said == moved("March 2024", "July 2024", "2024-03", "2024-07")

    def test_a_revision_that_was_there_before_says_nothing_of_this_move(
        self, tmp_path: Path
    ) -> None:
        revisions = [revision("2024-01", "2024-03")]
        before = make_record(due="2024-03", revisions=revisions)
        now = make_record(due="2024-07", revisions=revisions)
        assert change(tmp_path, before, now) == moved(
            "March 2024", "July 2024", "2024-03", "2024-07"
        )

    def test_a_rewritten_revision_is_no_new_one(self, tmp_path: Path) -> None:
        before = make_record(due="2024-03", revisions=[revision("2024-01", "2024-03")])
        now = make_record(due="2024-07", revisions=[revision("2024-01", "2024-07")])
        said = change(tmp_path, before, now)
        assert [line.split(" ")[2] for line in said.splitlines()[::2]] == ["KP801", "KP802"]


class TestDatesThatStay:
    @pytest.mark.parametrize("rag", ["amber", "green", "not-applicable"])
    def test_a_date_is_not_taken_away(self, rag: str, tmp_path: Path) -> None:
        now = make_record(rag=rag, due=None, evidence=EVIDENCE)
        said = change(tmp_path, make_record(evidence=EVIDENCE), now)
        assert said == (
            "5:6: error KP801 due was taken away: July 2024 was promised, and what was promised "
            "stays\n  hint: Put the line 'due: 2024-07' back.\n"
        )

    @pytest.mark.parametrize("rag", ["green", "not-applicable"])
    def test_a_date_of_what_is_closed_does_not_move_later_either(
        self, rag: str, tmp_path: Path
    ) -> None:
        before = make_record(rag=rag, evidence=EVIDENCE)
        now = make_record(rag=rag, evidence=EVIDENCE, due="2024-09")
        assert change(tmp_path, before, now) == moved(
            "July 2024", "September 2024", "2024-07", "2024-09"
        )

    def test_the_last_revision_is_what_was_promised_where_the_date_was_deleted(
        self, tmp_path: Path
    ) -> None:
        moves = {"revisions": [revision("2024-03", "2024-07")]}
        before = green(due=None, **moves)
        assert change(tmp_path / "a", before, green(due=None, response="Other.", **moves)) == ""
        assert change(tmp_path / "b", before, make_record(**moves)) == ""
        assert change(tmp_path / "c", before, make_record(due="2024-09", **moves)) == moved(
            "July 2024", "September 2024", "2024-07", "2024-09"
        )

    def test_revisions_of_two_branches_may_stand_in_the_order_of_their_days(
        self, tmp_path: Path
    ) -> None:
        theirs = revision("2024-03", "2024-07") | {"on": "2023-05-10"}
        mine = revision("2024-07", "2024-09") | {"on": "2023-05-20"}
        before = make_record(due="2024-07", revisions=[theirs])
        assert change(tmp_path, before, make_record(due="2024-09", revisions=[theirs, mine])) == ""


class TestActions:
    STEP = {"title": "Publish the form.", "owner": "Data Manager", "due": "2024-03"}

    def said(self, folder: Path, before: list[dict[str, Any]], now: list[dict[str, Any]]) -> str:
        return change(folder, make_record(actions=before), make_record(actions=now))

    @pytest.mark.parametrize(
        ("now", "said"),
        [
            (
                [STEP | {"due": "2024-05"}],
                "12:10: error KP801 the action 'Publish the form.': due moved from March 2024 to "
                "May 2024 without a revision that says why",
            ),
            (
                [STEP | {"due": None}],
                "10:12: error KP801 the action 'Publish the form.': due was taken away: March 2024 "
                "was promised, and what was promised stays",
            ),
            (
                [STEP | {"title": "Print it.", "due": "2024-05"}],
                "12:10: error KP801 the action 'Publish the form.': due moved from March 2024 to "
                "May 2024 without a revision that says why",
            ),
            (
                [],
                "5:1: error KP801 the action 'Publish the form.', promised for March 2024, was "
                "taken away",
            ),
        ],
    )
    def test_a_date_does_not_move_in_silence(
        self, now: list[dict[str, Any]], said: str, tmp_path: Path
    ) -> None:
        assert self.said(tmp_path, [self.STEP], now or [])[: len(said)] == said

    @pytest.mark.parametrize(
        "now",
        [
            [STEP | {"due": "2024-05", "revisions": [revision("2024-03", "2024-05")]}],
            [STEP | {"due": "2024-02"}],
            [STEP | {"done": "2023-05-20"}],
            [{"title": "Print it."}, STEP],
        ],
    )
    def test_what_may_change(self, now: list[dict[str, Any]], tmp_path: Path) -> None:
        assert self.said(tmp_path, [self.STEP], now) == ""

    @pytest.mark.parametrize("now", [[], [STEP | {"done": "2023-05-21"}]])
    def test_what_was_done_stays(self, now: list[dict[str, Any]], tmp_path: Path) -> None:
        said = self.said(tmp_path, [self.STEP | {"done": "2023-05-20"}], now)
        assert [line.split(" ")[2] for line in said.splitlines()[::2]] == ["KP802"]


class TestRewrittenHistory:
    @pytest.mark.parametrize("key", ["progress", "revisions"])
    def test_entries_may_be_added_at_the_end(self, key: str, tmp_path: Path) -> None:
        entries: list[Any] = (
            NOTES
            if key == "progress"
            else [revision("2024-03", "2024-05"), revision("2024-05", "2024-07")]
        )
        before = make_record(
            due="2024-05" if key == "revisions" else "2024-07", **{key: entries[:1]}
        )
        assert change(tmp_path, before, make_record(**{key: entries})) == ""

    @pytest.mark.parametrize(
        ("notes", "said"),
        [
            (
                [NOTES[0] | {"note": "The form is not live."}, NOTES[1]],
                "10:5: error KP802 progress note 1 was rewritten: entries are only ever added at "
                "the end\n",
            ),
            (
                [NOTES[0], NOTES[1] | {"on": "2023-05-21"}],
                "13:5: error KP802 progress note 2 was rewritten: entries are only ever added at "
                "the end\n",
            ),
            (
                NOTES[1:],
                "10:5: error KP802 progress note 1 was removed: entries are only ever added at "
                "the end\n",
            ),
            (
                NOTES[:1],
                "9:1: error KP802 progress note 2 was removed: entries are only ever added at the "
                "end\n",
            ),
            (
                None,
                "1:1: error KP802 progress note 1 was removed: entries are only ever added at the "
                "end\n",
            ),
            (
                [{"on": "2023-05-01", "note": "New."}, NOTES[0] | {"note": "Not live."}, NOTES[1]],
                "10:5: error KP802 progress note 1 was rewritten: entries are only ever added at "
                "the end\n",
            ),
            (
                [NOTES[0], {"on": "2023-05-01", "note": "New."}],
                "13:5: error KP802 progress note 2 was rewritten: entries are only ever added at "
                "the end\n",
            ),
            (
                NOTES[::-1],
                "10:5: error KP802 progress note 1 was put elsewhere: entries are only ever added "
                "at the end\n",
            ),
        ],
    )
    def test_a_note_that_was_changed_or_removed_is_told(
        self, notes: list[dict[str, str]] | None, said: str, tmp_path: Path
    ) -> None:
        before, now = make_record(progress=NOTES), make_record(progress=notes)
        assert change(tmp_path, before, now) == f"{said}{BACK}"

    @pytest.mark.parametrize("field", ["from", "to", "reason", "on", "agreed_by"])
    def test_every_field_of_a_revision_counts(self, field: str, tmp_path: Path) -> None:
        old = revision("2024-03", "2024-07")
        new = old | {
            field: {"reason": "Other.", "on": "2023-05-21", "agreed_by": "Board"}.get(
                field, "2024-01"
            )
        }
        said = change(tmp_path, make_record(revisions=[old]), make_record(revisions=[new]))
        assert "error KP802 revision 1 was rewritten" in said

    @pytest.mark.parametrize(
        ("before", "after"),
        [
            (NOTES, [{"on": "2023-05-01", "note": "New."}, *NOTES]),
            (NOTES, [NOTES[0], {"on": "2023-05-10", "note": "New."}, NOTES[1]]),
            (NOTES, [NOTES[0], {"on": "2023-05-30", "note": "New."}, NOTES[1]]),
            (NOTES[::-1], NOTES),
            ([NOTES[0], NOTES[0]], [NOTES[0], NOTES[0], NOTES[1]]),
        ],
    )
    def test_entries_that_a_merge_put_between_rewrite_nothing(
        self, before: list[dict[str, str]], after: list[dict[str, str]], tmp_path: Path
    ) -> None:
        assert change(tmp_path, make_record(progress=before), make_record(progress=after)) == ""

    def test_how_a_note_is_wrapped_does_not_count(self, tmp_path: Path) -> None:
        now = [NOTES[0] | {"note": "The form\nis live.\n"}, NOTES[1]]
        assert change(tmp_path, make_record(progress=NOTES), make_record(progress=now)) == ""

    @pytest.mark.parametrize(
        ("verified", "said"),
        [
            (
                VERIFIED | {"on": "2023-05-03"},
                "12:1: error KP802 the verification by 'Company Secretary' was rewritten\n",
            ),
            (None, "1:1: error KP802 the verification by 'Company Secretary' was removed\n"),
        ],
    )
    def test_a_verification_that_was_changed_or_removed_is_told(
        self, verified: dict[str, str] | None, said: str, tmp_path: Path
    ) -> None:
        before, now = green(verified=VERIFIED), green(verified=verified)
        assert change(tmp_path, before, now) == f"{said}  hint: Put it back as it was.\n"

    def test_a_verification_may_be_added(self, tmp_path: Path) -> None:
        assert change(tmp_path, green(), green(verified=VERIFIED)) == ""

    def test_what_is_open_again_is_not_verified_any_more(self, tmp_path: Path) -> None:
        assert change(tmp_path, green(verified=VERIFIED), make_record(evidence=EVIDENCE)) == ""


class TestGreenWithoutProof:
    @pytest.mark.parametrize("rag", ["amber", "red", "not-applicable"])
    def test_a_new_green_needs_evidence(self, rag: str, tmp_path: Path) -> None:
        before = make_record(rag=rag)
        assert change(tmp_path / "a", before, green()) == ""
        assert change(tmp_path / "b", before, green(evidence=None)) == (
            f"5:1: error KP803 REC1 went from {rag} to green without evidence\n"
            "  hint: Add 'evidence:', or say why there is none: "
            "rag: green  # kimplan: ignore KP803, KP303 - reason.\n"
        )

    def test_a_green_that_was_one_before_is_left_alone(self, tmp_path: Path) -> None:
        now = green(evidence=None, response="It was built.")
        assert change(tmp_path, green(evidence=None), now) == ""

    def test_a_spoken_exception_is_one(self, tmp_path: Path) -> None:
        now = green(evidence=None).replace(
            "green", "green  # kimplan: ignore KP803, KP303 - minuted by the Board"
        )
        assert change(tmp_path, make_record(), now) == ""


class TestRemovedRecommendation:
    RECORDS = {
        "REC1": make_record(),
        "REC2": make_record(ref="REC2", title="Close the old system."),
    }

    def test_a_file_that_is_gone_is_told(self, tmp_path: Path) -> None:
        now = {"REC1": self.RECORDS["REC1"]}
        assert changes(tmp_path, self.RECORDS, now) == (
            f"REC2.yaml:1:1: error KP804 REC2 was removed from the plan\n{PUT_BACK}"
        )

    def test_a_file_under_another_ref_was_renumbered(self, tmp_path: Path) -> None:
        text = make_record(ref="REC3", title="Close the old\nsystem.")
        now = {"REC1": self.RECORDS["REC1"], "REC3": text}
        assert changes(tmp_path, self.RECORDS, now) == (
            "REC3.yaml:1:6: error KP804 REC2 was renumbered: it is REC3 now\n"
            "  hint: Give it back its ref, REC2.\n"
        )

    def test_another_ref_in_the_same_file_was_renumbered(self, tmp_path: Path) -> None:
        now = self.RECORDS | {"REC2": self.RECORDS["REC2"].replace("REC2", "REC3")}
        assert changes(tmp_path, self.RECORDS, now) == (
            "REC2.yaml:1:6: error KP804 REC2 was renumbered: it is REC3 now\n"
            "  hint: Give it back its ref, REC2.\n"
        )

    def test_another_name_of_the_file_alone_is_none(self, tmp_path: Path) -> None:
        now = {"REC1": self.RECORDS["REC1"], "REC3": self.RECORDS["REC2"]}
        assert changes(tmp_path, self.RECORDS, now) == ""

    @pytest.mark.parametrize("ref", ["rec2", "Rec2"])
    def test_other_capitals_are_no_other_ref(self, ref: str, tmp_path: Path) -> None:
        now = self.RECORDS | {"REC2": self.RECORDS["REC2"].replace("REC2", ref)}
        assert changes(tmp_path, self.RECORDS, now) == ""

    @pytest.mark.parametrize("broken", ["a: [\n", "", make_record(ref="REC2", rag="blue")])
    def test_a_file_that_cannot_be_read_is_not_gone(self, broken: str, tmp_path: Path) -> None:
        assert changes(tmp_path, self.RECORDS, self.RECORDS | {"REC2": broken}) == ""

    @pytest.mark.parametrize(("is_here", "is_told"), [(True, False), (False, True)])
    def test_a_file_that_could_not_be_read_before_is_told_when_it_is_gone(
        self, is_here: bool, is_told: bool, tmp_path: Path
    ) -> None:
        before = self.RECORDS | {"REC2": "a: [\n"}
        now = self.RECORDS if is_here else {"REC1": self.RECORDS["REC1"]}
        told = f"REC2.yaml:1:1: error KP804 REC2 was removed from the plan\n{PUT_BACK}"
        assert changes(tmp_path, before, now) == (told if is_told else "")

    def test_a_new_recommendation_is_none(self, tmp_path: Path) -> None:
        now = self.RECORDS | {"REC3": make_record(ref="REC3", title="A third one.")}
        assert changes(tmp_path, self.RECORDS, now) == ""

    def test_two_that_exchange_their_refs_were_renumbered(self, tmp_path: Path) -> None:
        now = {
            "REC1": self.RECORDS["REC2"].replace("REC2", "REC1"),
            "REC2": self.RECORDS["REC1"].replace("REC1", "REC2"),
        }
        assert changes(tmp_path, self.RECORDS, now) == (
            "REC1.yaml:1:6: error KP804 REC2 was renumbered: it is REC1 now\n"
            "  hint: Give it back its ref, REC2.\n"
            "REC2.yaml:1:6: error KP804 REC1 was renumbered: it is REC2 now\n"
            "  hint: Give it back its ref, REC1.\n"
        )

    def test_one_whose_words_changed_a_little_too_is_compared_with_what_it_was(
        self, tmp_path: Path
    ) -> None:
        words = "Publish the answers to all of the most frequent questions of residents."
        before = {"REC1": self.RECORDS["REC1"], "REC6": make_record(ref="REC6", title=words)}
        moved = make_record(ref="REC60", title=words.replace("all", "some"), due="2024-09")
        now = {"REC1": self.RECORDS["REC1"], "REC60": moved}
        said = changes(tmp_path, before, now)
        assert [line.split(" ")[2] for line in said.splitlines()[::2]] == [
            "KP804", "KP805", "KP801",
        ]  # fmt: skip

    def test_another_one_that_took_over_the_ref_does_not_hide_the_removal(
        self, tmp_path: Path
    ) -> None:
        now = {"REC1": self.RECORDS["REC2"].replace("REC2", "REC1")}
        said = changes(tmp_path, self.RECORDS, now)
        assert "REC2 was renumbered: it is REC1 now" in said
        assert "REC1 was removed from the plan" in said


class TestOmbudsmansWords:
    @pytest.mark.parametrize(
        ("before", "after", "said"),
        [
            (
                {},
                {"title": "Keep a list."},
                "3:1: error KP805 the title of REC1, which is the Ombudsman's, was changed\n"
                "  hint: It was: 'Keep a register of every repair.'.\n",
            ),
            (
                {"detail": "All of them."},
                {"detail": "Some of them."},
                "9:1: error KP805 the detail of REC1, which is the Ombudsman's, was changed\n"
                "  hint: It was: 'All of them.'.\n",
            ),
            (
                {"detail": "All of them."},
                {},
                "1:1: error KP805 the detail of REC1, which is the Ombudsman's, was removed\n"
                "  hint: It was: 'All of them.'.\n",
            ),
            (
                {},
                {"detail": "All of them."},
                "9:1: error KP805 the detail of REC1, which is the Ombudsman's, was added\n"
                "  hint: There was none before.\n",
            ),
        ],
    )
    def test_other_words_are_told(
        self, before: dict[str, Any], after: dict[str, Any], said: str, tmp_path: Path
    ) -> None:
        assert change(tmp_path, make_record(**before), make_record(**after)) == said

    @pytest.mark.parametrize(
        "detail", ["All of them, \nlate ones too.\n", "All of  them, late\nones too.", None]
    )
    def test_how_lines_are_wrapped_does_not_count(self, detail: str | None, tmp_path: Path) -> None:
        before = make_record(detail="All of them, late ones too.")
        after = make_record(detail=detail or "All of them, late ones too.", response="Other.")
        assert change(tmp_path, before, after) == ""

    def test_the_response_is_the_landlords(self, tmp_path: Path) -> None:
        assert change(tmp_path, make_record(), make_record(response="Something else.")) == ""

    @pytest.mark.parametrize(
        ("field", "value", "said"),
        [
            (
                "title",
                "Mending",
                "plan/plan.yaml:7:12: error KP805 the title of section 'repairs', which is the "
                "Ombudsman's, was changed\n  hint: It was: 'Repairs'.\n",
            ),
            (
                "narrative",
                "Nothing was found.",
                "plan/plan.yaml:8:16: error KP805 the narrative of section 'repairs', which is "
                "the Ombudsman's, was changed\n"
                "  hint: It was: 'What was found about repairs.'.\n",
            ),
            (
                "narrative",
                None,
                "plan/plan.yaml:6:5: error KP805 the narrative of section 'repairs', which is the "
                "Ombudsman's, was removed\n  hint: It was: 'What was found about repairs.'.\n",
            ),
        ],
    )
    def test_the_text_of_a_section_is_the_ombudsmans(
        self, field: str, value: str | None, said: str, tmp_path: Path
    ) -> None:
        governance = {"id": "governance", "title": "Governance"}
        repairs: dict[str, Any] = {
            "id": "repairs",
            "title": "Repairs",
            "narrative": "What was found about repairs.",
        }
        plan = write_plan(
            tmp_path, settings=make_settings(sections=[governance, repairs | {field: value}])
        )
        path = f"{plan.as_posix()}/plan.yaml"
        earlier = load_bytes(path, make_settings().encode(), Settings)
        base = Base("main", frozenset({path}), {}, earlier)
        found = "".join(
            f"{line}\n" for line in lint_lines(plan, Clock(DAY, base)).splitlines()[:-1]
        )
        assert found == said


@pytest.mark.parametrize("is_old", [True, False])
def test_an_exception_in_the_settings_is_for_one_change(is_old: bool, tmp_path: Path) -> None:
    comment = "  # kimplan: ignore KP805 - a slip of the pen\n"
    before = make_settings()
    if is_old:
        before = before.replace("title: Repairs\n", f"title: Repairs{comment}")
    now = make_settings().replace("title: Repairs\n", f"title: Mending{comment}")
    plan = write_plan(tmp_path, settings=now)
    path = f"{plan.as_posix()}/plan.yaml"
    base = Base("main", frozenset({path}), {}, load_bytes(path, before.encode(), Settings))
    assert (" KP805 " in lint_lines(plan, Clock(DAY, base))) is is_old


def test_a_file_that_has_not_changed_is_not_compared(tmp_path: Path) -> None:
    now = {"REC1": make_record(due="2024-09", title="Other words.")}
    plan = write_plan(tmp_path, records=now)
    base = base_of(tmp_path, {"REC1": make_record()}, now)._replace(changed=frozenset())
    codes = {found.code for found in lint(plan, clock=Clock(DAY, base)).diagnostics}
    assert {code for code in codes if code.startswith("KP8")} == set()


def test_without_a_base_nothing_is_said_of_changes(tmp_path: Path) -> None:
    plan = write_plan(tmp_path, records={"REC1": make_record(due="2024-09")})
    assert " KP8" not in lint_lines(plan, Clock(DAY))
