from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import EVIDENCE, lint_record, make_record, record_fields, to_yaml

WITHOUT = "  hint: Write the line without it; kimplan lint --fix does so.\n"
USUAL = "ref, section, title, response, rag, due, owners"


def usual(order: str = USUAL) -> str:
    return f"  hint: The usual order is {order}; kimplan lint --fix makes it.\n"


class TestInvisibleCharacter:
    @pytest.mark.parametrize(
        ("character", "name"),
        [
            ("\u00ad", "a soft hyphen (U+00AD)"),
            ("\u200b", "a zero-width space (U+200B)"),
            ("\u200c", "a zero-width non-joiner (U+200C)"),
            ("\u200d", "a zero-width joiner (U+200D)"),
            ("\u2060", "a word joiner (U+2060)"),
            ("\u2063", "an invisible separator (U+2063)"),
            ("\u034f", "a combining grapheme joiner (U+034F)"),
            ("\U000e0041", "a tag character (U+E0041)"),
        ],
    )
    def test_a_character_that_nobody_can_see_is_told(
        self, character: str, name: str, tmp_path: Path
    ) -> None:
        text = make_record().replace("register of", f"regi{character}ster of")
        assert lint_record(tmp_path, text) == (
            f"3:19: warning KP109 {name}, which nobody can see, stands in 'register'\n"
            f"{WITHOUT}    3 + title: Keep a register of every repair.\n"
        )

    @pytest.mark.parametrize("filler", "\u3164\u115f\uffa0")
    def test_a_filler_that_looks_like_a_space_becomes_one(
        self, filler: str, tmp_path: Path
    ) -> None:
        text = make_record().replace("register of", f"register{filler}of")
        said = lint_record(tmp_path, text)
        assert said.startswith("3:23: warning KP109 a h")
        assert said.endswith("    3 + title: Keep a register of every repair.\n")

    @pytest.mark.parametrize(
        "words",
        [
            "👨‍👩‍👧 at home",
            "🏳️‍🌈 week",
            "می‌خواهم",
            "क्‍ष",
            "a\u00a0b",
            "naïve – “quoted” … 住宅",
            "x\u0301",
        ],
    )
    def test_joiners_that_join_and_characters_that_can_be_seen_are_left_alone(
        self, words: str, tmp_path: Path
    ) -> None:
        text = make_record().replace("register of", f"register {words} of")
        assert lint_record(tmp_path, text) == ""

    def test_a_comment_is_looked_at_too(self, tmp_path: Path) -> None:
        text = make_record().replace("amber", "amber  # a\u200bb")
        assert lint_record(tmp_path, text).startswith(
            "5:16: warning KP109 a zero-width space (U+200B), "
        )

    def test_it_is_found_behind_any_number_of_joiners_that_join(self, tmp_path: Path) -> None:
        joined = "می‌خواهم " * 50
        text = make_record(response="Words regiXster.").replace("Words ", joined)
        said = lint_record(tmp_path, text.replace("X", "\u200b"))
        column = len("response: ") + len(joined) + len("regi") + 1
        assert said.startswith(f"4:{column}: warning KP109 a zero-width space (U+200B), ")

    def test_at_most_twenty_are_told(self, tmp_path: Path) -> None:
        text = make_record().replace("register", "\u200b".join("register" * 10))
        assert lint_record(tmp_path, text).count(" KP109 ") == 20

    def test_a_record_with_one_is_still_read(self, tmp_path: Path) -> None:
        text = make_record(due=None).replace("register of", "regi\u00adster of")
        codes = re.findall("KP[0-9]{3}", lint_record(tmp_path, text))
        assert codes == ["KP109", "KP301"]


class TestKeyOrder:
    @pytest.mark.parametrize(
        ("keys", "place", "key"),
        [
            (["ref", "section", "title", "response", "due", "rag", "owners"], "5:1", "due"),
            (["section", "ref", "title", "response", "rag", "due", "owners"], "1:1", "section"),
            (["ref", "section", "title", "rag", "due", "owners", "response"], "4:1", "rag"),
        ],
    )
    def test_the_first_key_that_stands_too_early_is_told(
        self, keys: list[str], place: str, key: str, tmp_path: Path
    ) -> None:
        fields = record_fields()
        text = to_yaml({name: fields[name] for name in keys})
        assert lint_record(tmp_path, text) == (
            f"{place}: info KP110 the keys are not in the usual order: '{key}' stands too early\n"
            f"{usual()}"
        )

    def test_every_key_has_its_place(self, tmp_path: Path) -> None:
        text = make_record(evidence=EVIDENCE, detail="All of them.")
        order = "ref, section, title, detail, response, rag, due, owners, evidence"
        assert lint_record(tmp_path, text) == (
            "4:1: info KP110 the keys are not in the usual order: 'response' stands too early\n"
            f"{usual(order)}"
        )

    def test_two_records_of_the_same_wrong_order_are_both_told(self, tmp_path: Path) -> None:
        text = make_record().replace("rag: amber\ndue: 2024-07\n", "due: 2024-07\nrag: amber\n")
        other = text.replace("REC1", "B")
        assert lint_record(tmp_path, other, "B").count(" KP110 ") == 1
        assert lint_record(tmp_path / "again", text).count(" KP110 ") == 1

    def test_the_keys_below_are_in_any_order(self, tmp_path: Path) -> None:
        text = make_record(progress=[{"note": "The form is live.", "on": "2024-05-02"}])
        assert lint_record(tmp_path, text) == ""
