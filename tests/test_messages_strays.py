"""Lines that are part of nothing, and marks of other languages: each is told with what mends it."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import make_owners, make_record, make_settings
from following import Desk, edited

from kimplan.diagnostic import Diagnostic
from kimplan.loader.loaded_file import load_bytes
from kimplan.model.plan import Owners, Settings

RECORD = make_record()
INDENT = "Indent the text by two spaces more than its key:"
SO = "Write it so:"
EACH_ON_A_LINE = "Write each key on a line of its own, without commas:"
BELOW_THE_BAR = "Begin the text on the line below the |:"
DASH = "a dash begins an entry of a list, and these are the keys of the file"
LOST = "everything from this # on is read as a comment, so it is lost"


def below(line: str, more: str) -> str:
    return edited(line, f"{line}{more}")


def response(text: str) -> str:
    return edited("response:", f"response:{text}")


def owners(lines: str) -> str:
    return edited("  - Company Secretary", lines)


def rag(text: str) -> str:
    return edited("rag:", text)


def no_mark(mark: str) -> str:
    return f"'{mark}' does not begin an entry of a list: a dash and a space do"


def marks(line: str) -> str:
    return f"a line of marks, '{line}', is no part of a record"


TOLD: dict[str, tuple[str, str, str, str, str, tuple[str, ...] | None]] = {
    "a heading's line": (rag("rag: red\n====="), "KP003", "6:1", marks("====="), "Delete it.", ()),
    "a line on top": (f"-----\n{RECORD}", "KP003", "1:1", marks("-----"), "Delete it.", ()),
    "a fence": (f"```yaml\n{RECORD}", "KP003", "1:1", marks("```yaml"), "Delete it.", ()),
    "a conflict's end": (
        f"{RECORD}>>>>>>> branch\n", "KP003", "9:1", "a mark of a merge conflict was left behind",
        "Delete it, and see that the lines around it are right.", (),
    ),
    "a share in per cent": (
        f"{RECORD}% complete: 50\n", "KP005", "9:1", "'% complete' is no key",
        "Delete it: how far the work is, 'rag' and 'progress' say.", None,
    ),
    "a signature": (
        rag("rag: red\nThanks, Jo"), "KP003", "6:1",
        "this line is no key, and 'rag' above it holds no text",
        "Delete it, or write it into 'response' or 'progress'.", None,
    ),
    "words on top": (
        f"REC1\n{RECORD}", "KP003", "1:1", "this line is no key, and no text stands above it",
        "Delete it, or write it into 'response' or 'progress'.", None,
    ),
    "words below a line": (
        edited("title:", "title: Review\nthe guidance."), "KP003", "4:1",
        "this line is not indented, so it does not belong to 'title' above it",
        "If it belongs to 'title', write both on one line; if not, delete it.", None,
    ),
    "a comment of another language": (
        rag("// was red\nrag: amber"), "KP003", "5:1",
        "'//' does not begin a comment: # and a space do", "Write it so, or delete it:",
        ("# was red",),
    ),
    "a comment of a page": (
        rag("<!-- was red -->\nrag: amber"), "KP003", "5:1",
        "'<!--' does not begin a comment: # and a space do", "Write it so, or delete it:",
        ("# was red",),
    ),
    "a bold key": (
        rag("**rag:** amber"), "KP005", "5:1",
        "the marks around 'rag' make it a text, and it is a key", "Write the key without them:",
        ("rag: amber",),
    ),
    "a bold word": (
        rag("rag: **amber**"), "KP005", "5:6",
        "a text cannot begin with * unless it stands in quotation marks",
        "Write it without the marks:", ("rag: amber",),
    ),
    "a bar without a space": (
        response("|\n  It is out."), "KP003", "4:9", "a space is missing behind 'response:'",
        "Write a colon and a space behind the key:", ("response: |", "  It is out."),
    ),
    "a text behind its bar": (
        response(" | It is out.\n  It is live."), "KP003", "4:11",
        "a text cannot begin with | unless it stands in quotation marks", BELOW_THE_BAR,
        ("response: |", "  It is out.", "  It is live."),
    ),
    "bars round a text": (
        response(" | Web form | live |"), "KP003", "4:11",
        "a text cannot begin with | unless it stands in quotation marks", "Write the text so:",
        ('response: "| Web form | live |"',),
    ),
    "two bars": (
        response(" ||\n  It is out."), "KP003", "4:11",
        "a text cannot begin with | unless it stands in quotation marks", BELOW_THE_BAR,
        ("response: |", "  It is out."),
    ),
    "a list in the first column": (
        response(" |\n- The form: done\n- The leaflet"), "KP003", "5:1",
        "this line is not indented, so it does not belong to 'response' above it", INDENT,
        ("  - The form: done", "  - The leaflet"),
    ),
    "a paragraph in the first column": (
        response(" It is out.\n\nIt is live."), "KP003", "6:1",
        "this line is not indented, so it does not belong to 'response' above it", INDENT,
        ("response: |", "  It is out.", "", "  It is live."),
    ),
    "a comment in a text": (
        response(" It is\n  # checked\n  out."), "KP003", "5:3",
        "a comment among the lines of a text ends it", "Move the comment above the text:",
        ("# checked", "response: |", "  It is", "  out."),
    ),
    "a comment in a block": (
        response(" |\n  It is\n# checked\n  out."), "KP003", "7:3",
        "a comment among the lines of 'response' ends the text",
        "Move the comment above the text:", ("# checked", "response: |", "  It is", "  out."),
    ),
    "a key below a block": (
        response(" |\n  It is out.\n rag: amber").replace("\nrag: amber", ""), "KP003", "6:2",
        "'rag' is indented further than the keys above it", "Begin it in the same column:",
        ("rag: amber",),
    ),
    "keys on one line": (
        RECORD.replace("amber\ndue", "amber due"), "KP003", "5:12",
        "'due' stands on the line of 'rag'", EACH_ON_A_LINE, ("rag: amber", "due: 2024-07"),
    ),
    "keys of evidence on one line": (
        f"{RECORD}evidence:\n  - title: Guidance link: https://example.org/g\n",
        "KP003", "10:21", "'link' stands on the line of 'title'", EACH_ON_A_LINE,
        ("  - title: Guidance", "    link: https://example.org/g"),
    ),
    "a comment behind a word": (
        rag("rag: amber #was red"), "KP008", "5:12", LOST, "Put a space behind the # of a comment:",
        ("rag: amber  # was red",),
    ),
    "a number behind quotation marks": (
        response(' "Making Space" #12'), "KP008", "4:26", LOST,
        "If it is a comment, put a space behind the #; if it is text, quote it:",
        ("response: '\"Making Space\" #12'",),
    ),
    "a page of a link": (
        f"{RECORD}evidence:\n  - title: Guidance\n    link: https://example.org/g #page=2\n",
        "KP008", "11:33", LOST, "Write the address without the space:",
        ("    link: https://example.org/g#page=2",),
    ),
    "a comma behind quotation marks": (
        owners('  - "Company Secretary",'), "KP003", "8:5",
        "the quotation marks stand round a part of the text only", "Write the text so:",
        ("  - Company Secretary",),
    ),
    "stars": (
        owners("  * Company Secretary"), "KP005", "8:3", no_mark("*"), SO,
        ("owners:", "  - Company Secretary"),
    ),
    "numbers": (
        owners("  1. Company Secretary\n  2. Data Manager"), "KP103", "8:3", no_mark("1."), SO,
        ("  - Company Secretary", "  - Data Manager"),
    ),
    "no dashes": (
        owners("  Company Secretary\n  Data Manager"), "KP103", "8:3",
        "each entry of a list begins with a dash and a space", SO,
        ("  - Company Secretary", "  - Data Manager"),
    ),
    "entries on the line of the key": (
        RECORD.replace("owners:\n  -", "owners: - Data Manager -"), "KP003", "7:9",
        "the entries of a list begin on the lines below its key", SO,
        ("owners:", "  - Data Manager", "  - Company Secretary"),
    ),
    "a star before the keys of an entry": (
        f"{RECORD}progress:\n  * on: 2024-05-02\n    note: It is out.\n", "KP005", "10:3",
        no_mark("*"), SO, ("progress:", "  - on: 2024-05-02", "    note: It is out."),
    ),
    "a key left of the others": (
        f"{RECORD}progress:\n  - on: 2024-05-02\n  by: Data Manager\n    note: It is out.\n",
        "KP003", "11:3", "'by' begins left of the keys above and below it",
        "Begin it in the same column:", ("    by: Data Manager",),
    ),
    "a second entry without a dash": (
        f"{RECORD}progress:\n  - on: 2024-05-02\n    note: Out.\n    on: 2024-05-09\n",
        "KP004", "12:5", "the key 'on' stands twice: '2024-05-02' on line 10, '2024-05-09' here",
        "If another entry begins here, write '- on:'; if not, keep one of the two.", None,
    ),
    "a record as an entry": (
        "- " + "  ".join(RECORD.splitlines(keepends=True)), "KP009", "1:1", DASH,
        "Write the keys without dashes, in the first column:", tuple(RECORD.splitlines()),
    ),
    "keys with dashes": (
        RECORD.replace("ref:", "- ref:").replace("section:", "- section:"), "KP003", "1:1", DASH,
        "Write the keys without dashes, in the first column:", tuple(RECORD.splitlines()[:2]),
    ),
    "an e-mail": (
        "".join(f"> {line}\n" for line in RECORD.splitlines()), "KP003", "1:1",
        "each line begins with >, as the lines of an e-mail do that was answered",
        "Take the > away:", tuple(RECORD.splitlines()),
    ),
    "numbers of lines": (
        "".join(f"{n} {line}\n" for n, line in enumerate(response(" |\n  Yes.").splitlines(), 1)),
        "KP003", "1:1", "each line begins with its number, which is no part of a record",
        "Take the numbers away:", tuple(response(" |\n  Yes.").splitlines()),
    ),
}  # fmt: skip


def said(found: Diagnostic) -> tuple[str, str, str, str, tuple[str, ...] | None]:
    place = f"{found.location.line}:{found.location.column}"
    lines = found.correction.lines if found.correction else None
    return found.code, place, found.message, found.hint, lines


@pytest.mark.parametrize("what", TOLD)
def test_a_stray_line_is_told_and_mended_as_it_says(what: str, tmp_path: Path) -> None:
    text, *told = TOLD[what]
    desk = Desk(tmp_path)
    assert [said(one) for one in desk.errors(text)] == [tuple(told)]
    if told[-1] is not None:
        assert desk.errors(desk.follow(text)) == []


@pytest.mark.parametrize("what", TOLD)
def test_it_is_told_alike_whatever_ends_its_lines(what: str, tmp_path: Path) -> None:
    text, *told = TOLD[what]
    assert [said(one) for one in Desk(tmp_path).errors(text.replace("\n", "\r\n"))] == [tuple(told)]


def test_keys_among_loose_lines_do_not_become_text(tmp_path: Path) -> None:
    text = response(" Update: it is out").replace("rag: ", "rag:").replace("due: ", "due; ")
    desk = Desk(tmp_path)
    assert [one.location.line for one in desk.errors(text)] == [4, 5]
    assert desk.errors(desk.follow(text)) == []


def test_a_role_without_its_colon_is_written_with_it() -> None:
    text = make_owners().replace("role: ", "role ", 1)
    [found] = load_bytes("owners.yaml", text.encode(), Owners).diagnostics
    assert found.correction is not None
    assert found.correction.lines[0] in make_owners().splitlines()


def test_a_role_without_its_dash_is_written_with_it() -> None:
    text = "owners:\n  - role: Company Secretary\n    handle: jo\n  role: Data Manager\n"
    [found] = load_bytes("owners.yaml", text.encode(), Owners).diagnostics
    assert found.correction is not None
    assert (found.hint, found.correction.lines) == (
        "Begin the entry with a dash and a space:",
        ("  - role: Data Manager",),
    )


def test_many_lines_of_text_in_the_first_column_are_one_finding(tmp_path: Path) -> None:
    text = response(" |\n" + "\n".join(f"Line {number} of it: more" for number in range(45)))
    found = Desk(tmp_path).errors(text)
    assert [(one.location.line, one.hint) for one in found] == [(5, f"{INDENT[:-1]}.")]


def test_a_section_without_its_dash_is_written_with_it() -> None:
    begin, _, rest = make_settings().partition("  - id: ")
    first, title, *_ = rest.splitlines()
    text = f"{begin}  id: {first}\n{title}\n"
    [found] = load_bytes("plan.yaml", text.encode(), Settings).diagnostics
    assert found.message == "the dash that begins an entry of 'sections' is missing"
    assert found.correction is not None
    assert found.correction.lines == (f"  - id: {first}", title)
