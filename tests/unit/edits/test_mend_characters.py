"""``lint --fix`` of look-alike, unseen and damaged characters: back to the text that is meant."""

from __future__ import annotations

import re

import pytest
from conftest import make_owners, make_record, make_settings
from hypothesis import example, given
from hypothesis import strategies as st

from kimplan.edits.mend import Mended, fix_text, mend
from kimplan.model.plan import Owners, Settings
from kimplan.model.recommendation import Recommendation
from kimplan.source import parse

SOUND = make_record(
    response="Where the landlord:\n\n- has a register, and\n- keeps it.\n",
    due="2024-07",
    owners=["Company Secretary", "Head of Repairs"],
    evidence=[{"title": "Note", "link": "evidence/note.pdf"}],
    progress=[{"on": "2024-05-02", "note": "The form is live."}],
    actions=[{"title": "Publish", "owner": "Data Manager", "due": "2024-06"}],
)
SPACES = "\u00a0\u202f\u2007\u2003\u2009\u3000"
UNSEEN = "\u200b\u00ad\u2060\ufeff\u200e\u200d"
DASHES = "–—‑−‐"
LETTERS = str.maketrans("aeopcxi", "аеорсхі")


def mended(text: str) -> str:
    return fix_text(text, Recommendation)


def spoilt(before: str, after: str, text: str = SOUND) -> str:
    assert before in text
    return text.replace(before, after, 1)


@pytest.mark.parametrize("space", SPACES)
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("title: ", "title:_"),
        ("title: ", "title_: "),
        ("rag: amber\n", "rag: amber_\n"),
        ("response: |\n", "response: |_\n"),
        ("response: |\n", "response:_|\n"),
        ("owners:\n", "owners:_\n"),
        ("  - keeps", "_ - keeps"),
        ("  - has", "__- has"),
        ("  - Company", "  -_Company"),
        ("  - Company", "__- Company"),
        ("    note:", "  __note:"),
        ("    note: ", "    note:_"),
        ("  - on: ", "  -_on:_"),
        ("Head of Repairs", "Head_of_Repairs"),
        ("owner: Data Manager", "owner: Data_Manager"),
    ],
)
def test_an_odd_space_becomes_a_plain_one(before: str, after: str, space: str) -> None:
    assert mended(spoilt(before, after.replace("_", space))) == SOUND


@pytest.mark.parametrize("dash", DASHES)
@pytest.mark.parametrize("entry", ["- Company", "- Head", "- on", "- title: Pub"])
def test_a_dash_of_word_becomes_the_one_of_a_list(dash: str, entry: str) -> None:
    assert mended(spoilt(entry, dash + entry[1:])) == SOUND


def test_all_dashes_of_a_list_become_plain_ones() -> None:
    text = spoilt("- Company", "– Company")
    assert mended(spoilt("- Head", "– Head", text)) == SOUND


@pytest.mark.parametrize("name", ["ref", "title", "response", "owners", "progress", "note"])
def test_a_letter_of_another_script_in_a_key_becomes_the_one_it_looks_like(name: str) -> None:
    assert mended(spoilt(f"{name}:", f"{name.translate(LETTERS)}:")) == SOUND


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("rag: amber", "rag: аmbеr", "rag: amber"),
        ("rag: amber", "rag: “amber”", 'rag: "amber"'),
        ("ref: REC1", "ref: RЕС1", "ref: REC1"),
        ("section: gov", "section: gоv", "section: gov"),
        ("Head of Rep", "Hеad of Rер", "Head of Rep"),
        ("evidence/note.pdf", "“evidence/note.pdf”", "evidence/note.pdf"),
        ("evidence/note.pdf", "evidence/note.pdf”", "evidence/note.pdf"),
        ("evidence/note.pdf", "evidence/note.pdf\u200b", "evidence/note.pdf"),
        ("title: Publish", "title：Publish", "title: Publish"),
        ("title: Publish", "title: “Publish: now”", 'title: "Publish: now"'),
        ("title: Publish", 'title: "Publish: now”', 'title: "Publish: now"'),
        ("title: Publish", "title: ‘Publish: now’", "title: 'Publish: now'"),
        ("- title: Note\n    link: ", "- {title: “Note, old”, link:\u00a0", None),
        ("title: Publish", "title: donâ€™t", "title: don’t"),
        ("title: Publish", "title: donÃ¢â‚¬â„¢t", "title: don’t"),
        ("title: Publish", "title: Â£5 â€“ cafÃ©", "title: £5 – café"),
        ("title: Publish", "title: don\x92t", "title: don’t"),
        ("title: Publish", "title: Pub\x0blish", "title: Pub lish"),
        ("title: Publish", 'title: "Pub\\u00adli\\u200bsh \\xa0"', 'title: "Publish \\xa0"'),
        ("owner: Data M", 'owner: "Data\\xa0M', None),
        ("title: Publish", "title: R&amp;D&nbsp;now", "title: R&D now"),
        ("title: Publish", 'title: "a &quot;b&quot;"', 'title: "a \\"b\\""'),
        ("title: Publish", "title: 'a&#39;b'", "title: 'a''b'"),
    ],
)
def test_what_else_has_one_right_answer(before: str, after: str, expected: str | None) -> None:
    text = spoilt(before, after)
    if expected is None:
        text = text.replace("note.pdf", "note.pdf}") if "{" in after else text
        text = text.replace("Data\\xa0Manager", 'Data\\xa0Manager"')
        new = mended(text)
        assert new.isascii()
        assert "\\xa0" not in new
        assert parse(new).problems == []
        assert mended(new) == new
        return
    assert mended(text) == spoilt(before, expected)


@pytest.mark.parametrize(
    "words",
    [
        "12\u00a0of them – “old” ones, don’t, £5\u202f000",
        "–\u00a0Head of Repairs",
        "Café Llŷn, gyda’r tŷ, SÃO, CAFÉ’s, Â, â",
        "שלום\u200f! \u0627\u0644\u0646\u0638\u0627\u0645\u061c",
        "🏴󠁧󠁢󠁷󠁬󠁳󠁿 👩🏽‍💻 🏳️‍🌈",
        "title：\u00a0no key",
        "lost\ufffd letters and `code`",
        "R&D; AT&T; &unknown; &#1;",
    ],
)
def test_good_typography_and_what_is_lost_stay(words: str) -> None:
    for text in (
        spoilt("has a register", words),
        spoilt("title: Publish", f"title: {words}"),
        spoilt("title: Note", f"title: {words}"),
    ):
        assert mended(text) == text


def test_a_role_keeps_its_dash_and_its_apostrophe() -> None:
    text = spoilt("Head of Repairs", "Residents’ Panel – North")
    assert mended(text) == text


def test_the_other_files_are_mended_too() -> None:
    owners = make_owners("Company Secretary", "Head of Repairs")
    for spoilt_owners in (
        owners.replace("Head of", "Head\u00a0of"),
        owners.replace("role: Head", "role:\u00a0Head"),
        owners.replace("- role: Head", "– role: Head"),
    ):
        assert spoilt_owners != owners
        assert fix_text(spoilt_owners, Owners) == owners
    settings = make_settings()
    for spoilt_settings in (
        settings.replace("id: repairs", "id: rераirs"),
        settings.replace("title: ", "title:\u00a0", 1),
        settings.replace("sections:", "sec\u200btions:"),
    ):
        assert spoilt_settings != settings
        assert fix_text(spoilt_settings, Settings) == settings


def test_what_is_mended_is_counted_by_its_kind() -> None:
    text = spoilt("title: ", "title:\u00a0")
    text = spoilt("Head of", "Head\u00a0of", text)
    text = spoilt("register", "regi\u00adster", text)
    text = spoilt("form is", "formâ€™s &amp; is", text)
    assert mend(text, Recommendation)._replace(text="") == Mended(
        "", look_alikes=2, unseen=1, damaged=1, entities=1
    )


def test_what_somebody_wants_stays() -> None:
    text = spoilt("title: Publish", "title: Pub\u00adlish  # kimplan: ignore KP109 - why")
    assert mended(text) == text
    text = spoilt("title: Publish", "title: Publâ€™ish  # kimplan: ignore KP121 - quoted")
    assert mended(text) == text
    text = spoilt("title: Publish", "title: Pub&amp;lish  # kimplan: ignore KP122 - quoted")
    assert mended(text) == text
    soft = spoilt("title: Publish", "title: Pub\u00adlish")
    assert mend(soft, Recommendation, ("KP109",)).text == soft


def test_a_character_that_keeps_a_colon_from_being_one_stays() -> None:
    text = spoilt("title: Publish", "title: Note:\u200b done")
    assert mended(text) == text


PLACES = [found.start() for found in re.finditer(r"(?<=:) |(?<=-) (?=[A-Z])|^ ", SOUND, re.M)]


@given(
    st.lists(st.tuples(st.sampled_from(PLACES), st.sampled_from(SPACES)), max_size=4),
    st.lists(st.tuples(st.integers(0, len(SOUND)), st.sampled_from(UNSEEN)), max_size=4),
)
@example([], [(len(SOUND), "\u200b")])
@example([], [(0, "\u00ad")])
def test_sprinkled_characters_are_all_mended(
    spaces: list[tuple[int, str]], unseen: list[tuple[int, str]]
) -> None:
    characters = list(SOUND)
    for place, space in spaces:
        characters[place] = space
    for place, character in sorted(unseen, reverse=True):
        characters.insert(place, character)
    assert mended("".join(characters)) == SOUND


@given(st.text(st.sampled_from("a -–:：\u00a0“”\"'\u200b{}[],#|>âÃ€™\ufffd\n&;"), max_size=40))
def test_mending_twice_mends_once(words: str) -> None:
    for text in (spoilt("Publish", words), spoilt("has a register", words), f"ref: {words}"):
        once = mended(text)
        assert mended(once) == once
