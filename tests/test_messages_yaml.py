"""Slips of the hand in YAML: each is told by its cause, at its place, with what mends it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from conftest import make_owners, make_record, make_settings
from following import Desk, edited
from hypothesis import given
from hypothesis import strategies as st

from kimplan.diagnostic import Diagnostic, Severity
from kimplan.loader.loaded_file import load_bytes
from kimplan.model.plan import Owners, Settings
from kimplan.model.recommendation import Recommendation
from kimplan.source import parse
from kimplan.writing.correction import corrected

RECORD = make_record()
SO = "Write the text so:"
BLOCK_FORM = "Write it on lines of its own, without braces:"
LIST_FORM = "Write each entry on a line of its own, without brackets:"
COMMENT = "If it is a comment, put a space behind the #; if it is text, quote it:"
COLON_BEHIND = "Write a colon and a space behind the key:"
LOST = "everything from this # on is read as a comment, so it is lost"
NO_LINK = "Keep it as evidence without a link, or add the file to the repository and link to it:"
DELETE_LINK = (
    "Delete this line: it is evidence without a link too. Or add the file to the repository."
)
ON_A_DRIVE = "this is a place on a drive or a computer, which others cannot open"
PASTED = "a table was pasted here, and a record holds text and lists only"
AS_TEXT = "Write each row as a sentence, or as a line with '- ' below a |, indented by two spaces."
QUOTE = "Put the whole text in double quotes, or on the lines below a |."


def cannot_begin(mark: str) -> str:
    return f"a text cannot begin with {mark} unless it stands in quotation marks"


def in_braces(name: str) -> str:
    return f"the {name} in this text cannot stand between braces or brackets"


def reads_as_key(before: str) -> str:
    return f"the colon in this text reads as the end of a key: '{before}'"


def response(text: str) -> str:
    return edited("response:", f"response: {text}")


def note(text: str) -> str:
    return f"{RECORD}progress:\n  - {{on: 2024-05-02, note: {text}}}\n"


def evidence(link: str) -> str:
    return f"{RECORD}evidence:\n  - title: Guidance\n    link: {link}\n"


def owners(lines: str) -> str:
    return RECORD.replace("owners:\n  - Company Secretary\n", lines)


def as_note(text: str) -> tuple[str, ...]:
    return ("  - on: 2024-05-02", f"    note: {text}")


def as_response(*lines: str) -> tuple[str, ...]:
    return ("response: |", *(f"  {line}" for line in lines))


# What is typed, the code, the place, the message, the hint, and the lines to write (None: none).
Told = tuple[str, str, str, str, str, tuple[str, ...] | None]
TOLD: dict[str, Told] = {
    "a ticket's number": (
        response("Resolved under ticket #12, all staff trained"),
        "KP008", "4:33", LOST, COMMENT,
        ('response: "Resolved under ticket #12, all staff trained"',),
    ),
    "a number first": (
        response("#1 priority for the team"),
        "KP008", "4:11", "# begins a comment, so nothing is read as 'response'", COMMENT,
        ('response: "#1 priority for the team"',),
    ),
    "a number in a text over lines": (
        response("Ticket #12\n  is closed"),
        "KP008", "4:18", LOST, COMMENT, as_response("Ticket #12", "is closed"),
    ),
    "a line of a text that begins with a number": (
        response("We named it\n  #1 of all\n  priorities"),
        "KP008", "5:3", LOST, COMMENT,
        as_response("We named it", "#1 of all", "priorities"),
    ),
    "a number in braces": (
        note("See ticket #12"),
        "KP003", "10:39", "the # in this text begins a comment, so the { is never closed",
        BLOCK_FORM, as_note('"See ticket #12"'),
    ),
    "a number in a block's note": (
        f"{RECORD}progress:\n  - on: 2024-05-02\n    note: #12 is closed\n",
        "KP008", "11:11", "# begins a comment, so nothing is read as 'note'", COMMENT,
        ('    note: "#12 is closed"',),
    ),
    "a colon": (
        response("Done: see the policy"),
        "KP003", "4:15", reads_as_key("Done"), SO, ('response: "Done: see the policy"',),
    ),
    "a colon at the end": (
        response("We did this:\n  - one\n  - two"),
        "KP003", "4:22", reads_as_key("We did this"), SO,
        as_response("We did this:", "- one", "- two"),
    ),
    "a colon and a comment": (
        response("Done: see the policy  # checked"),
        "KP003", "4:15", reads_as_key("Done"), SO,
        ('response: "Done: see the policy"  # checked',),
    ),
    "quotation marks round a part": (
        response('"Find it here" has begun'),
        "KP003", "4:11", "the quotation marks stand round a part of the text only", SO,
        ("response: '\"Find it here\" has begun'",),
    ),
    "quotation marks inside": (
        response('"He said "yes" to it"'),
        "KP003", "4:20", 'the quotation mark " inside this text ends it too early', SO,
        ('response: He said "yes" to it',),
    ),
    "an apostrophe inside": (
        response("'It's done'"),
        "KP003", "4:14", "the apostrophe ' inside this text ends it too early", SO,
        ("response: It's done",),
    ),
    "a quotation mark that is not closed": (
        response('"Find it here: now'),
        "KP003", "4:11", 'the quotation mark " that opens here is never closed', SO,
        ('response: "Find it here: now"',),
    ),
    "a colon, an apostrophe and a quotation mark": (
        response('We said "no": it\'s late'),
        "KP003", "4:23", reads_as_key('We said "no"'), SO,
        as_response('We said "no": it\'s late'),
    ),
    **{
        f"text that begins with {mark}": (
            response(f"{mark}{rest}"),
            code, "4:11", cannot_begin(mark if mark not in "-?" else f"'{mark} '"), SO,
            (f'response: "{mark}{rest}"',),
        )
        for code, mark, rest in (
            ("KP005", "*", "all* of it"), ("KP005", "&", "c"), ("KP005", "!", "important"),
            ("KP003", "@", "Repairs do"), ("KP003", "`", "x`"), ("KP003", "%", "5 of all"),
            ("KP003", ">", " 5 of all"), ("KP003", "-", " done"), ("KP003", "?", " why"),
            ("KP003", "[", "x] done"), ("KP003", "{", "x} done"), ("KP003", ",", " done"),
        )
    },
    "text on the line of the |": (
        response("| All is done"),
        "KP003", "4:11", cannot_begin("|"), "Begin the text on the line below the |:",
        as_response("All is done"),
    ),
    "a colon in braces": (
        note("Done so far: web form"),
        "KP003", "10:39", in_braces("colon"), BLOCK_FORM, as_note('"Done so far: web form"'),
    ),
    "a comma in braces": (
        note("Web form is live, leaflet printed."),
        "KP003", "10:44", "the comma ends the text, so 'leaflet printed.' is read as a key",
        BLOCK_FORM, as_note("Web form is live, leaflet printed."),
    ),
    "a clock time in braces": (
        note("The board met at 10:30."),
        "KP003", "10:47", in_braces("colon"), BLOCK_FORM, as_note("The board met at 10:30."),
    ),
    "a question in braces": (
        note("Is the form live?"),
        "KP003", "10:44", in_braces("question mark"), BLOCK_FORM, as_note("Is the form live?"),
    ),
    "brackets in braces": (
        note("see [1] here"),
        "KP003", "10:32", in_braces("["), BLOCK_FORM, as_note("see [1] here"),
    ),
    "an apostrophe in braces": (
        note("'It's done'"),
        "KP003", "10:31", "the apostrophe ' inside this text ends it too early", BLOCK_FORM,
        as_note("It's done"),
    ),
    "a brace that is not closed": (
        note("done")[:-2] + "\n",
        "KP003", "10:5", "the { that opens here is never closed", BLOCK_FORM, as_note("done"),
    ),
    "no space behind a colon in braces": (
        note("done").replace("{on: ", "{on:"),
        "KP003", "10:8", "a space is missing behind 'on:'", BLOCK_FORM, as_note("done"),
    ),
    "no comma in braces": (
        note("done").replace(", note", " note"),
        "KP003", "10:20", "a comma is missing before 'note'", BLOCK_FORM, as_note("done"),
    ),
    "a colon in the braces of a mapping": (
        f"{edited('rag:', 'rag: green')}verified: {{by: Team: Audit, on: 2024-08-02}}\n",
        "KP003", "9:20", in_braces("colon"), BLOCK_FORM,
        ("verified:", '  by: "Team: Audit"', "  on: 2024-08-02"),
    ),
    "a bracket that is not closed": (
        owners("owners: [Company Secretary, Data Manager\n"),
        "KP003", "7:9", "the [ that opens here is never closed", LIST_FORM,
        ("owners:", "  - Company Secretary", "  - Data Manager"),
    ),
    "no space behind a key's colon": (
        edited("rag:", "rag:amber"),
        "KP003", "5:4", "a space is missing behind 'rag:'", COLON_BEHIND, ("rag: amber",),
    ),
    "an equals sign": (
        edited("rag:", "rag = amber"),
        "KP003", "5:5", "'=' stands where the colon behind 'rag' belongs", COLON_BEHIND,
        ("rag: amber",),
    ),
    "no colon": (
        edited("rag:", "rag amber"),
        "KP003", "5:4", "the colon behind 'rag' is missing", COLON_BEHIND, ("rag: amber",),
    ),
    "a key with a space before it": (
        edited("rag:", " rag: amber"),
        "KP003", "5:2", "'rag' is indented further than the keys above it",
        "Begin it in the same column:", ("rag: amber",),
    ),
    "a key that is indented too little": (
        f"{RECORD}progress:\n  - on: 2024-05-02\n  note: done\n",
        "KP003", "11:3", "this key begins in column 3, where no other one near it does",
        "Begin it in the same column as the others:", ("    note: done",),
    ),
    "a tab": (
        owners("owners:\n\t- Company Secretary\n"),
        "KP003", "8:1", "this line begins with a tab",
        "Write spaces, as YAML takes no tabs at the beginning of a line:",
        ("  - Company Secretary",),
    ),
    "text that is not indented": (
        response("|\nAll of it\nis done: now"),
        "KP003", "5:1", "this line is not indented, so it does not belong to 'response' above it",
        "Indent the text by two spaces more than its key:", ("  All of it", "  is done: now"),
    ),
    "a second line that is not indented": (
        response("All of it\nis done"),
        "KP003", "5:1", "this line is not indented, so it does not belong to 'response' above it",
        "Indent the text by two spaces more than its key:", as_response("All of it", "is done"),
    ),
    "no space behind a dash": (
        owners("owners:\n  -Company Secretary\n"),
        "KP103", "8:3", "a space is missing behind the dash", "Write it so:",
        ("  - Company Secretary",),
    ),
    "a bullet for a dash": (
        owners("owners:\n  • Company Secretary\n"),
        "KP120", "8:3",
        "a bullet (U+2022), which looks like the dash of a list, stands before 'Company'",
        "Write a hyphen of the keyboard; kimplan lint --fix does so.", ("  - Company Secretary",),
    ),
    "a key twice": (
        f"{RECORD}rag: red\n",
        "KP004", "9:1", "the key 'rag' stands twice: 'amber' on line 5, 'red' here",
        "Keep one of the two; only you know which.", None,
    ),
    "a key twice with the same value": (
        f"{RECORD}rag: amber\n",
        "KP004", "9:1", "the key 'rag' stands twice: on line 5, and here",
        "Both say the same: delete this line.", (),
    ),
    "a line that parts": (
        RECORD.replace("rag:", "---\nrag:"),
        "KP005", "5:1", "the line --- parts this file into two records", "Delete it.", (),
    ),
    "a second record": (
        f"{RECORD}---\n{RECORD}",
        "KP005", "9:1", "a second record begins here, and a file holds one",
        "Move what stands from here on to a file of its own, named as its ref.", None,
    ),
    "a merge conflict": (
        RECORD.replace(
            "rag: amber\n", "<<<<<<< HEAD\nrag: amber\n=======\nrag: red\n>>>>>>> late\n"
        ),
        "KP003", "5:1", "a merge conflict: line 6 is from HEAD, line 8 is from late",
        "Keep the lines that are right, and delete the others and the 3 marks, on lines 5, 7 "
        "and 9.",
        None,
    ),
    "a merge conflict in a text": (
        response("|\n  <<<<<<< HEAD\n  a\n  b\n  ||||||| 1a2b\n  a\n  =======\n  >>>>>>> late"),
        "KP003", "5:1", "a merge conflict: lines 6–7 are from HEAD, nothing is from late",
        "Keep the lines that are right, and delete the others and the 4 marks, on lines 5, 8, 10 "
        "and 11.", None,
    ),
    "a table of a spreadsheet": (
        response("\n  Item\tStatus\n  Form\tDone"), "KP003", "5:3", PASTED, AS_TEXT, None,
    ),
    "a table of Markdown": (
        response("\n  | Item | Status |\n  | --- | --- |"), "KP003", "5:3", PASTED, AS_TEXT, None,
    ),
    "JSON": (
        '{"ref": "REC1", "title": "a" "b"}\n',
        "KP003", "1:1", "this is JSON, not a plan's file",
        "Put it elsewhere and link to it; kimplan new writes a record.", None,
    ),
    "a web page": (
        "<!DOCTYPE html>\n<p>: x\n",
        "KP003", "1:1", "this is a web page (HTML), not a plan's file",
        "Put it elsewhere and link to it; kimplan new writes a record.", None,
    ),
    "a path in double quotes": (
        evidence('"S:\\Policies\\guide.docx"'), "KP003", "11:11", ON_A_DRIVE, DELETE_LINK, (),
    ),
    "a path in double quotes that reads as line ends": (
        evidence('"S:\\new\\table.docx"'), "KP003", "11:11", ON_A_DRIVE, DELETE_LINK, (),
    ),
    "a path of a user": (
        evidence('"C:\\users\\x"'), "KP003", "11:11", ON_A_DRIVE, DELETE_LINK, (),
    ),
    "a path": (
        evidence("S:\\Policies\\guide.docx"), "KP304", "11:11", ON_A_DRIVE, DELETE_LINK, (),
    ),
    "a server's path": (
        evidence("\\\\server\\share\\x.docx"), "KP304", "11:11", ON_A_DRIVE, DELETE_LINK, (),
    ),
    "a file's address": (
        evidence("file:///S:/guide.docx"), "KP305", "11:11", ON_A_DRIVE, DELETE_LINK, (),
    ),
    "a path in braces": (
        f"{RECORD}evidence:\n  - {{title: Guidance, link: S:\\Policies\\guide.docx}}\n",
        "KP003", "10:29", ON_A_DRIVE, NO_LINK, ("  - title: Guidance",),
    ),
    "a path in a quoted text": (
        response('"See S:\\new\\table.docx"'),
        "KP003", "4:18",
        "a path between double quotes: its \\ are read as line ends, tabs and the like", SO,
        ("response: See S:\\new\\table.docx",),
    ),
}  # fmt: skip


def said(found: Diagnostic) -> tuple[str, str, str, str, tuple[str, ...] | None]:
    place = f"{found.location.line}:{found.location.column}"
    lines = found.correction.lines if found.correction else None
    return found.code, place, found.message, found.hint, lines


@pytest.mark.parametrize("what", TOLD)
def test_a_slip_is_told_by_its_cause_and_mended_as_it_says(what: str, tmp_path: Path) -> None:
    text, *told = TOLD[what]
    desk = Desk(tmp_path)
    assert [said(one) for one in desk.errors(text)] == [tuple(told)]
    if told[-1] is not None:
        assert desk.errors(desk.follow(text)) == []


@pytest.mark.parametrize("end", ["\r\n", "\r"], ids=ascii)
@pytest.mark.parametrize("what", ["a colon", "a comma in braces", "no colon", "a tab"])
def test_lines_may_end_otherwise(what: str, end: str) -> None:
    text, *told = TOLD[what]
    [found] = errors_of(text.replace("\n", end))
    assert said(found) == tuple(told)


def test_each_of_several_slips_is_told_in_one_run(tmp_path: Path) -> None:
    text = note("Done: now").replace("rag: amber", "rag:amber").replace("The reg", "Now: the reg")
    desk = Desk(tmp_path)
    places = [(one.location.line, one.correction is not None) for one in desk.errors(text)]
    assert places == [(4, True), (5, True), (10, True)]
    assert desk.errors(desk.follow(text)) == []


def test_a_slip_beside_one_that_cannot_be_mended_is_told_and_mended(tmp_path: Path) -> None:
    text = f"{edited('response:', 'response: Done: now')}[\n"
    found = Desk(tmp_path).errors(text)
    assert [one.location.line for one in found] == [4, 9]
    assert found[0].correction is not None


def test_a_conflict_and_a_colon_in_the_other_files_are_told_alike() -> None:
    settings = make_settings().replace("title: ", "title: Plan: ", 1)
    [found] = load_bytes("plan.yaml", settings.encode(), Settings).diagnostics
    assert found.message == reads_as_key("Plan")
    assert found.correction is not None
    owned = "<<<<<<< HEAD\n" + make_owners() + "=======\n>>>>>>> other\n"
    [conflict] = load_bytes("owners.yaml", owned.encode(), Owners).diagnostics
    assert conflict.message.startswith("a merge conflict: lines 2–")


@pytest.mark.parametrize(
    "text",
    [
        response("|\n  A heading\n  =======\n  Text"),
        response("Done # checked"),
        response("Done #! checked"),
        response("|\n  See #12\n  #13"),
        f"{RECORD}#due: 2024-08\n",
        owners("owners:\n  - Company Secretary\n  #- Data Manager\n"),
        response('"A \\"part\\" and \\u00e9"'),
        response("a\tb"),
    ],
)
def test_what_is_no_slip_is_left_alone(text: str, tmp_path: Path) -> None:
    assert Desk(tmp_path).errors(text) == []


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"PK\x03\x04\x14\x00", "a Word, Excel or zip file"),
        (b"%PDF-1.7\n", "a PDF file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "an older Word or Excel file"),
    ],
)
def test_a_document_with_the_name_of_a_record_is_told(content: bytes, kind: str) -> None:
    [found] = load_bytes("REC1.yaml", content, Recommendation).diagnostics
    assert (found.code, found.message) == ("KP002", f"this is {kind} with the name of a text")


# Any text

WORDS = ("word", "tenants'", "it's", "a", "12", "x:y", "10:30", "https://e.org/a", "so far", "\\")
MARKS = (
    ": ", ", ", " #", " '", "' ", ' "', '" ', "?", " ? ", "{", "}", " [", "] ", " - ", "-", "*",
    "&", "!", "@", "`", "%", ">", "|", ":", ",", "#", "'", '"', ".", "(", ")", "; ", " = ",
)  # fmt: skip
COMMENTED = re.compile(r"(?:\A|\s)#(?=[\s#!]|\Z)")
TEXTS = (
    st.lists(st.sampled_from(WORDS + MARKS), min_size=1, max_size=7)
    .map(lambda parts: " ".join("".join(parts).split()))
    .filter(lambda text: text and not COMMENTED.search(text))
)
PLACES = {
    "a response": (edited("response:", "response: TEXT"), ("response",)),
    "a note in braces": (note("TEXT"), ("progress", 0, "note")),
    "a title in braces": (
        f'{RECORD}evidence:\n  - {{title: TEXT, link: "https://example.org"}}\n',
        ("evidence", 0, "title"),
    ),
    "an owner": (RECORD.replace("Company Secretary", "TEXT"), ("owners", 0)),
}

MARKED = re.compile(r"\A(?:[*_~`]+|\[[ xX]?\] +)|[*_~`]+\Z")


def errors_of(text: str) -> list[Diagnostic]:
    found = load_bytes("REC1.yaml", text.encode(), Recommendation).diagnostics
    return [one for one in found if one.severity is Severity.ERROR]


def value_at(text: str, path: tuple[str | int, ...]) -> str:
    value: Any = parse(text).value
    for step in path:
        value = value[step]
    return " ".join(str(value).split())


def meant(text: str) -> set[str]:
    """Return what somebody means who types `text`: marks round it are none of it."""
    found = {text, text.removeprefix("| "), re.sub(r"\A\|[|:;]*", "", text)}
    found |= {MARKED.sub("", text)}
    if text[0] in "'\"":
        inner = {text[1:], text[1:-1], re.sub(r"['\"][,; ]+\Z", "", text[1:])}
        found |= {one.replace("''", "'") for one in inner}
        found |= {one.replace('\\"', '"') for one in inner} | inner
    bare = {one.rstrip(", ") for one in found}
    return {" ".join(one.split()) for one in found | bare}


@pytest.mark.parametrize("place", PLACES)
@given(typed=TEXTS)
def test_any_text_is_read_whole_or_told_and_following_mends_it(place: str, typed: str) -> None:
    template, path = PLACES[place]
    text = template.replace("TEXT", typed)
    errors = errors_of(text)
    for _ in range(5):
        corrections = [one.correction for one in errors if one.correction]
        if not corrections:
            break
        text = corrected(text, corrections[0])
        errors = errors_of(text)
    if errors:
        assert text == template.replace("TEXT", typed)  # no correction leads half the way
    else:
        quoted = parse(f"k: {typed}\n")
        as_yaml = str((quoted.value or {}).get("k")) if not quoted.problems else typed
        ways = meant(typed) | {" ".join(as_yaml.split())}
        if place == "an owner":  # these marks make a key of a role
            ways |= {one.strip("?: ") for one in ways}
        assert value_at(text, path) in ways
