"""What is said of a link that leads nowhere, in a field or inside a text, and what follows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from conftest import lint_plan, make_record, make_settings, write_plan
from following import Desk

from kimplan.diagnostic import Diagnostic
from kimplan.rules.links import judge
from kimplan.rules.prose_links import wrong_links

BROWSER = "Write the address as the browser shows it."
COPY = "Copy the whole address from the browser."
SPACES = "Write %20 for each space."
SITE = "https://example.org/x"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def only(desk: Desk, text: str) -> Diagnostic:
    [found] = desk.findings(text)
    return found


def linked(link: str, **fields: Any) -> str:
    return make_record(evidence=[{"title": "Log", "link": link}], **fields)


@pytest.mark.parametrize(
    ("link", "what", "hint", "better"),
    [
        ("www.example.org/x", "lacks https://", BROWSER, "https://www.example.org/x"),
        ("//example.org/x", "lacks https://", BROWSER, SITE),
        ("https:/example.org/x", "does not begin with https:// and a site", BROWSER, SITE),
        ("https:example.org/x", "does not begin with https:// and a site", BROWSER, SITE),
        ("https:///example.org/x", "does not begin with https:// and a site", BROWSER, SITE),
        ("https//example.org/x", "does not begin with https:// and a site", BROWSER, SITE),
        ("htttps://example.org/x", "does not begin with https:// and a site", BROWSER, SITE),
        ("htps://example.org/x", "does not begin with https:// and a site", BROWSER, SITE),
        ("https ://example.org/x", "does not begin with https:// and a site", BROWSER, SITE),
        ("https:// example.org/x", "does not begin with https:// and a site", BROWSER, SITE),
        ("https;//example.org/x", "does not begin with https:// and a site", BROWSER, SITE),
        ("https:\\\\example.org\\x", "does not begin with https:// and a site", BROWSER, SITE),
        ("https://https://example.org/x", "begins twice", BROWSER, SITE),
        ("<https://example.org/x>", "has marks around it", "Write the address alone.", SITE),
        ('"https://example.org/x"', "has marks around it", "Write the address alone.", SITE),
        ("https://example.org/x,", "has marks around it", "Write the address alone.", SITE),
        (
            "[log](https://example.org/x)",
            "is written as in a text, between brackets",
            "Write the address alone; its words are the title.",
            SITE,
        ),
        (
            "See https://example.org/x",
            "has words before the address",
            "Write the address alone; the words belong to the title.",
            SITE,
        ),
        (
            "https://example.org/Shared Documents/l.xlsx",
            "has a space in it",
            SPACES,
            "https://example.org/Shared%20Documents/l.xlsx",
        ),
        (
            "ms-word:ofe|u|https://example.org/x",
            "opens in one program only",
            "Write the web address in it.",
            SITE,
        ),
    ],
)
def test_a_link_that_means_one_address_gets_it(
    link: str, what: str, hint: str, better: str, desk: Desk
) -> None:
    text = linked(link)
    found = only(desk, text)
    assert (found.code, found.location.line, found.location.column) == ("KP305", 11, 11)
    assert found.message == f"the link '{link}' {what}"
    assert found.hint == hint
    followed = desk.follow(text)
    assert f'link: "{better}"' in followed or f"link: {better}\n" in followed
    assert desk.findings(followed) == ()


@pytest.mark.parametrize(
    ("link", "what", "hint"),
    [
        (
            "https://exa mple.org",
            "has a space in the name of the site, 'exa mple.org'",
            "Write the address as the browser shows it, and nothing behind it.",
        ),
        (
            "https://example.org:port/x",
            "has a port that is none, 'port'",
            "Delete the colon and the port, or write its number.",
        ),
        (
            "https://example.org:99999/x",
            "has a port that is none, '99999'",
            "Delete the colon and the port, or write its number.",
        ),
        ("https://", "names no site", COPY),
        ("https://?x", "names no site", COPY),
        ("https://example..org", "names a site that cannot be, 'example..org'", COPY),
        ("https://-x.org", "names a site that cannot be, '-x.org'", COPY),
        ("https://<site>/x", "names a site that cannot be, '<site>'", COPY),
        (
            "https://example.org/log see page 3",
            "has a space in it",
            "Write %20 for each space that belongs to it, and leave out what does not.",
        ),
        (
            "https://example.org/a and https://example.org/b",
            "holds several addresses",
            "Write an entry for each, with a title of its own.",
        ),
        (
            "mailto:jo@example.org",
            "is an e-mail address, and no place",
            "Write where the document is; who answers for it stands in owners.yaml.",
        ),
        (
            "ftp://example.org",
            "is one that no browser opens",
            "Write an address with https://.",
        ),
        (
            "JavaScript:alert(1)",
            "is a program and no place",
            "Write the address of a page: https://….",
        ),
        (
            "data:text/html,x",
            "holds data and is no place",
            "Write the address of a page: https://….",
        ),
    ],
)
def test_a_link_that_may_mean_anything_says_what_is_wrong(
    link: str, what: str, hint: str, desk: Desk
) -> None:
    found = only(desk, linked(link))
    assert (found.code, found.message) == ("KP305", f"the link '{link}' {what}")
    assert (found.hint, found.correction) == (hint, None)


@pytest.mark.parametrize(
    ("link", "said", "hint"),
    [
        (
            "https://reader:secret@example.org/x",
            "the link holds a name and a password",
            "Take them out, and change the password: the plan's history keeps it.",
        ),
        (
            "https://example.org/x?sv=1&sig=abcdefghijk",
            "the link holds a key that opens it to every reader",
            "Copy an address for which the site asks who is reading.",
        ),
        (
            "https://localhost/x",
            "the link 'https://localhost/x' leads where only your own network does",
            "Write an address that the board and an auditor can open.",
        ),
        (
            "http://intranet/policies",
            "the link 'http://intranet/policies' leads where only your own network does",
            "Write an address that the board and an auditor can open.",
        ),
        (
            "https://192.168.0.4/x",
            "the link 'https://192.168.0.4/x' leads where only your own network does",
            "Write an address that the board and an auditor can open.",
        ),
        (
            "https://example.org/x.",
            "the link 'https://example.org/x.' ends with a full stop",
            "Delete the full stop if it ends your sentence.",
        ),
    ],
)
def test_a_link_that_had_better_not_be_there_is_a_warning(
    link: str, said: str, hint: str, desk: Desk
) -> None:
    for text in (linked(link), make_record(response=f"See [the log]({link}) for more.")):
        found = only(desk, text)
        assert (found.code, found.severity.value) == ("KP312", "warning")
        assert (found.message, found.hint) == (said, hint)
        assert found.message.count("secret") == 0
        assert desk.errors(desk.follow(text)) == []


@pytest.mark.parametrize(
    "link",
    [
        "https://example.org",
        "HTTPS://EXAMPLE.ORG/x",
        "https://my_site.example.org/a(b)",
        "https://example.org:8443/a%20b?q=a,b;c#:~:text=foo",
        "https://example.sharepoint.com/:w:/r/sites/x/Doc.aspx?d=w1&file=Guide.docx&e=Qz1x",
        "https://example.sharepoint.com/:x:/s/repairs/Edv_12?e=4%3aQz1",
        "https://en.wikipedia.org/wiki/Foo_(bar)",
        "https://web.archive.org/web/2024/https://example.org/",
        "https://bücher.example.org/ü",
        "https://reader@example.org/x",
        "https://[2001:db8::1]/x",
    ],
)
def test_a_sound_link_is_left_alone(link: str, desk: Desk) -> None:
    assert desk.findings(linked(link)) == ()
    for words in (f"See [the log]({link}).", f"See {link}, and more.", f"See ({link}) too."):
        assert desk.findings(make_record(response=words)) == ()


@pytest.mark.parametrize(
    ("words", "link", "what", "better"),
    [
        (
            "See [log](https://example.org/Shared Documents/l.xlsx) for more.",
            "https://example.org/Shared Documents/l.xlsx",
            "has a space in it",
            "See [log](https://example.org/Shared%20Documents/l.xlsx) for more.",
        ),
        (
            "See (log)[https://example.org/l].",
            "(log)[https://example.org/l]",
            "is the wrong way round",
            "See [log](https://example.org/l).",
        ),
        (
            "See [log] (https://example.org/l).",
            "[log] (https://example.org/l)",
            "has a space before its (",
            "See [log](https://example.org/l).",
        ),
        (
            "See [log](example.org/l).",
            "example.org/l",
            "lacks https://",
            "See [log](https://example.org/l).",
        ),
        (
            "See <https://example.org/My Docs/l.pdf>.",
            "https://example.org/My Docs/l.pdf",
            "has a space in it",
            "See <https://example.org/My%20Docs/l.pdf>.",
        ),
        (
            "See https//example.org/x.",
            "https//example.org/x",
            "does not begin with https:// and a site",
            "See https://example.org/x.",
        ),
        (
            "See htps://example.org/x, page 2.",
            "htps://example.org/x",
            "does not begin with https:// and a site",
            "See https://example.org/x, page 2.",
        ),
        (
            "[1]: https://exa mple.org",
            "https://exa mple.org",
            "has a space in the name of the site, 'exa mple.org'",
            "",
        ),
        (
            "See https:/example.org/x.",
            "https:/example.org/x",
            "does not begin with https:// and a site",
            "See https://example.org/x.",
        ),
        ("See [log]().", "[log]()", "leads nowhere", ""),
        (
            "See [log](evidence/l.pdf).",
            "evidence/l.pdf",
            "is no web address, so it is printed as it stands",
            "",
        ),
        (
            "See [log](https://example.org/l and more.",
            "[log](https://example.org/l and more.",
            "has no ) at its end",
            "",
        ),
        (
            "See https://exa mple.org for it.",
            "https://exa mple.org",
            "has a space in the name of the site, 'exa mple.org'",
            "",
        ),
        (
            "See https://example.org:port/x.",
            "https://example.org:port/x",
            "has a port that is none, 'port'",
            "",
        ),
    ],
)
def test_a_link_inside_a_text_is_judged_at_its_place(
    words: str, link: str, what: str, better: str, desk: Desk
) -> None:
    text = make_record(response="x").replace(
        "response: x", f"response: |\n  The log is kept.\n  {words}"
    )
    found = only(desk, text)
    assert (found.code, found.message) == ("KP305", f"the link '{link}' {what}")
    assert (found.location.line, found.location.column) == (6, 3 + words.index(link))
    if better:
        assert found.correction is not None
        assert found.correction.lines == (f"  {better}",)
        assert desk.findings(desk.follow(text)) == ()
    else:
        assert found.correction is None


@pytest.mark.parametrize(
    "words",
    [
        "Records [sic] (see below) were kept.",
        "We moved to https:// in May.",
        "Write to [us](mailto:repairs@example.org).",
        'See [log](https://example.org/l "The log").',
        "See [log](<https://example.org/a b>).",
        "See [the\nlog](https://example.org/l).",
        "The ratio (a)[b] is known.",
        "The [form](s) and the [draft] (not final) are live: see [REC3], (https://example.org).",
        "It is on e.g. example.org, www.example.org and https://example.org…",
        "Files go by sftp://example.org or ftp://example.org and 3//4 of https are done.",
        "See https://example.org/x and/or the note, https://example.org/y evidence of it.",
        "[1]: https://example.org/x and <https://example.org/y>",
    ],
)
def test_what_is_no_link_or_a_sound_one_is_left_alone(words: str) -> None:
    assert list(wrong_links(words)) == []


@pytest.mark.parametrize(
    ("words", "message", "better"),
    [
        (
            "See https://example.org/Shared Documents/l.xlsx for it.",
            "the link 'https://example.org/Shared Documents/l.xlsx' has a space in it, "
            "at which it ends",
            "See https://example.org/Shared%20Documents/l.xlsx for it.",
        ),
        (
            "The costs [in 2024](see note) rose.",
            "the link 'see note' is no web address, so it is printed as it stands",
            "",
        ),
    ],
)
def test_what_may_be_an_aside_or_another_word_is_only_a_warning(
    words: str, message: str, better: str, desk: Desk
) -> None:
    found = only(desk, make_record(response=words))
    assert (found.code, found.severity.value, found.message) == ("KP312", "warning", message)
    lines = found.correction.lines if found.correction else ()
    assert lines == ((f'response: "{better}"',) if better else ())


@pytest.mark.parametrize("place", ["S:\\x.docx", "\\\\server\\x", "file:///C:/x"])
def test_a_place_on_a_drive_inside_a_text_is_no_line_to_delete(place: str, desk: Desk) -> None:
    found = only(desk, make_record(response=f"See [the log]({place})."))
    assert found.message == "this is a place on a drive or a computer, which others cannot open"
    assert found.hint == "Write an address that others can open, or the words alone."
    assert found.correction is None


def test_each_place_of_a_link_is_looked_at(tmp_path: Path) -> None:
    bad = "[log](https://example.org/a b.pdf)"
    record = make_record(
        title=f"Keep {bad}.",
        detail=f"See {bad}.",
        progress=[{"on": "2024-05-02", "note": f"See {bad}."}],
        actions=[{"title": f"Write {bad}."}],
        evidence=[{"title": f"See {bad}"}],
        revisions=[
            {"from": "2024-03", "to": "2024-07", "reason": f"See {bad}.", "on": "2024-03-20"}
        ],
    )
    settings = make_settings(
        source={"title": "Spotlight", "link": "https://exa mple.org"},
        sections=[
            {"id": "governance", "title": "Governance", "narrative": f"See {bad}."},
            {"id": "repairs", "title": "Repairs"},
        ],
    )
    records = {"REC1": record, "B": make_record(ref="B", section="repairs")}
    plan = write_plan(tmp_path, records=records, settings=settings)
    found = [one for one in lint_plan(plan) if one.code == "KP305"]
    assert len(found) == 8


def test_a_hostile_text_takes_no_time() -> None:
    for text in ("[](" * 6_000, "[a](" * 4_000, "https://" * 2_000, "(a)[" * 4_000, "[" * 20_000):
        assert len(list(wrong_links(text))) <= 20
    for text in (" ," * 1_000, "https://" + "a-" * 900, "https://" + ",h" * 900, "[" * 2_000):
        judge(text)
