"""A date that is not agreed, and what took a recommendation's place: no promise goes that way."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from test_promise import Case, errors

DAY = ["--as-of", "2024-05-20"]
WHY = ["--reason", "The contractor went away."]
NONE = {"due": "none agreed", "due_reason": "The contractor went away."}
GIVEN_UP = {"from": "2024-09", "to": "none agreed", "reason": "It went.", "on": "2024-05-20"}


class TestNoDateAgreed:
    def test_a_date_is_given_up_with_a_reason_only(self, tmp_path: Path) -> None:
        case = Case(tmp_path / "r")
        case.begin()
        refused = case.cli("update", "REC1", "--due", "none agreed", *DAY)
        assert refused.code == 1
        assert "nobody says why (KP801)" in refused.stderr
        assert case.cli("update", "REC1", "--due", "None agreed", *WHY, *DAY).code == 0
        assert "due: none agreed\ndue_reason: The contractor went away.\n" in case.value()
        assert (
            "revisions:\n  - from: 2024-09\n    to: none agreed\n"
            "    reason: The contractor went away.\n    on: 2024-05-20\n"
        ) in case.value()
        assert errors(case.codes()) == []
        changed = case.data("changes", "--since", "main")["changes"]
        assert [(one["what"], one["before"], one["after"], one["days"]) for one in changed] == [
            ("due", "September 2024", "no date agreed", None),
            ("due_reason", None, "The contractor went away.", None),
        ]

    @pytest.mark.parametrize(
        ("fields", "codes"),
        [
            (NONE, ["KP801"]),
            ({**NONE, "revisions": [GIVEN_UP]}, []),
            ({"due": "none agreed", "revisions": [GIVEN_UP]}, ["KP209"]),
            ({"due_reason": "It went."}, ["KP209"]),
            ({**NONE, "rag": "not-applicable", "response": "It went."}, ["KP801"]),
            ({**NONE, "rag": "green"}, ["KP801", "KP803"]),
        ],
    )
    def test_by_hand_too(self, tmp_path: Path, fields: dict[str, object], codes: list[str]) -> None:
        case = Case(tmp_path / "r")
        case.begin()
        case.write("REC1", **fields)
        assert sorted(errors(case.codes())) == codes

    def test_the_first_date_after_none_needs_no_reason(self, tmp_path: Path) -> None:
        case = Case(tmp_path / "r", **NONE)
        case.begin()
        assert case.cli("update", "REC1", "--due", "2025-03", *DAY).code == 0
        assert "due: 2025-03\n" in case.value()
        assert "due_reason" not in case.value()
        assert "revisions" not in case.value()
        assert errors(case.codes()) == []
        changes = case.cli("changes", "--since", "main").stdout
        assert "0 dates moved" in changes
        assert "Dates first promised: 1" in changes

    def test_the_way_by_none_is_no_way_to_a_later_date(self, tmp_path: Path) -> None:
        case = Case(tmp_path / "r", **NONE, revisions=[GIVEN_UP])
        case.begin()
        assert case.cli("update", "REC1", "--due", "2025-09", *DAY).code == 1
        case.write("REC1", due="2025-09", revisions=[GIVEN_UP])
        assert errors(case.codes()) == ["KP205"]
        case.write("REC1", due="2025-09")
        assert errors(case.codes()) == ["KP802"]
        case.write("REC1", **NONE, revisions=[GIVEN_UP])
        assert case.cli("update", "REC1", "--due", "2025-09", *WHY, *DAY).code == 0
        assert errors(case.codes()) == []
        [item] = case.data("show", "REC1", *DAY)["recommendations"]
        assert (item["first_agreed"], item["slipped_days"]) == ("2024-09", 365)

    def test_it_is_counted_and_named_everywhere(self, tmp_path: Path) -> None:
        case = Case(tmp_path / "r", **NONE)
        said = "1 open recommendation has no date agreed"
        assert f"{said}: REC1.\n" in case.cli("overdue", *DAY).stdout
        assert f"{said}.\n" in case.cli("summary", *DAY).stdout
        assert f"{said}.\n" in case.cli("list", *DAY).stdout
        assert "No date agreed" in case.cli("list", *DAY).stdout
        shown = case.cli("show", "REC1", *DAY).stdout
        assert "No date because  The contractor went away." in shown
        assert "KP707 REC1 is amber and has no date agreed" in case.cli("check", *DAY).stdout
        data = case.data("overdue", *DAY)
        assert [one["ref"] for one in data["no_date_agreed"]] == ["REC1"]
        assert case.data("summary", *DAY)["no_date_agreed"] == 1

    def test_an_action_keeps_the_same_law(self, tmp_path: Path) -> None:
        step = {"title": "Publish the form", "due": "2024-08"}
        case = Case(tmp_path / "r", actions=[step])
        case.begin()
        case.write("REC1", actions=[{**step, "due": "none agreed"}])
        assert errors(case.codes()) == ["KP801"]
        case.write("REC1", actions=[step])
        asked = ["update", "REC1", "--action", "Publish the form", "--due", "none agreed", *DAY]
        assert case.cli(*asked).code == 1
        assert case.cli(*asked, *WHY).code == 0
        assert errors(case.codes()) == []
        assert "due_reason" not in case.value()
        assert "No date agreed" in case.cli("show", "REC1", *DAY).stdout

    def test_the_report_says_so(self, tmp_path: Path) -> None:
        case = Case(tmp_path / "r", **NONE)
        case.commit("2024-05-01")
        assert case.cli("report", "-o", "r.docx", *DAY).code == 0
        word = docx.Document(str(tmp_path / "r" / "r.docx"))
        texts = [paragraph.text for paragraph in word.paragraphs]
        assert "1 open recommendation has no date agreed: REC1." in texts
        assert any("1 open recommendation has no date agreed. " in f"{text} " for text in texts)
        cells = {cell.text for table in word.tables for row in table.rows for cell in row.cells}
        assert "No date agreed\nThe contractor went away." in cells
        assert case.cli("verify", "r.docx").code == 0


class TestSuperseded:
    def test_what_was_promised_stays(self, tmp_path: Path) -> None:
        case = Case(tmp_path / "r")
        case.write("REC2")
        case.begin()
        away = {"rag": "not-applicable", "response": "REC2 covers it.", "superseded_by": "REC2"}
        case.write("REC1", **away)
        assert errors(case.codes()) == []
        case.write("REC1", **away, due=None)
        assert errors(case.codes()) == ["KP801"]

    def test_a_later_date_of_what_took_its_place_is_told(self, tmp_path: Path) -> None:
        case = Case(tmp_path / "r")
        case.write("REC2", due="2025-09")
        case.begin()
        case.cli("update", "REC1", "--rag", "not-applicable", "--superseded-by", "rec2", *DAY)
        assert "superseded_by: REC2\n" in case.value()
        assert "KP523 REC1 was promised for September 2024; REC2" in case.check().stdout
        shown = case.cli("show", "REC2", *DAY).stdout
        assert "Supersedes  REC1, promised for September 2024\n" in shown

    def test_it_goes_when_the_recommendation_applies_again(self, tmp_path: Path) -> None:
        away = {"rag": "not-applicable", "superseded_by": "REC2"}
        case = Case(tmp_path / "r", **away)
        case.write("REC2")
        case.begin()
        again = case.cli("update", "REC1", "--rag", "amber", *DAY)
        assert again.code == 0
        assert "'superseded_by' is taken away: it is amber.\n" in again.stderr
        assert "superseded_by" not in case.value()
        later = case.cli("update", "REC1", "--due", "2025-01", *DAY)
        assert "KP801" in later.stderr
        case.write("REC1", **away)
        assert case.cli("update", "REC1", "--superseded-by", "", *DAY).code == 0
        assert "superseded_by" not in case.value()

    def test_a_circle_and_an_unknown_ref_are_refused(self, tmp_path: Path) -> None:
        case = Case(tmp_path / "r", rag="not-applicable", superseded_by="REC2")
        case.write("REC2", rag="not-applicable", superseded_by="REC3")
        case.write("REC3", rag="not-applicable")
        circle = case.cli("update", "REC3", "--superseded-by", "REC1", *DAY)
        assert circle.code == 1
        said = "REC3 is superseded in a circle: by REC1, which is superseded by REC2, which is "
        assert said in circle.stderr
        unknown = case.cli("update", "REC3", "--superseded-by", "REC11", *DAY)
        assert unknown.code == 2
        assert "Did you mean 'REC1'?" in unknown.stderr

    def test_the_report_links_to_it(self, tmp_path: Path) -> None:
        case = Case(tmp_path / "r", rag="not-applicable", superseded_by="REC2")
        case.write("REC2")
        case.commit("2024-05-01")
        assert case.cli("report", "-o", "r.docx", *DAY).code == 0
        word = docx.Document(str(tmp_path / "r" / "r.docx"))
        cells = [cell for table in word.tables for row in table.rows for cell in row.cells]
        [cell] = [one for one in cells if one.text.startswith("Superseded by")]
        assert cell.text == "Superseded by REC2"
        assert [link.fragment for link in cell.paragraphs[0].hyperlinks] == ["kimplan_REC2"]
        assert case.cli("verify", "r.docx").code == 0
