"""``kimplan remind``: who would get what, the files, and what is refused."""

from __future__ import annotations

import json
import os
import re
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from board_meetings import Commit, make_meetings
from conftest import Ran, git, make_record, make_settings, run_cli, to_yaml, write_file, write_plan

DAY = ("--as-of", "2024-05-31")
OWNERS = {
    "Company Secretary": {"name": "A. Other", "email": "secretary@homes.example"},
    "Head of Repairs": {"email": "repairs@homes.example"},
    "Data Manager": {},
}


def owners(registry: dict[str, dict[str, str]]) -> str:
    return to_yaml({"owners": [{"role": role} | known for role, known in registry.items()]})


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    return write_plan(tmp_path, owners=owners(OWNERS))


def remind(plan: Path, *options: str | Path, **variables: str) -> Ran:
    return run_cli(["remind", *DAY, *options], plan.parent, **variables)


def mails_in(folder: Path) -> dict[str, EmailMessage]:
    found: dict[str, EmailMessage] = {}
    for path in sorted(folder.iterdir()):
        message = message_from_bytes(path.read_bytes(), policy=SMTP)
        assert isinstance(message, EmailMessage)
        assert not message.defects
        found[path.name] = message
    return found


def text_of(message: EmailMessage, kind: str = "plain") -> str:
    body = message.get_body((kind,))
    assert body is not None
    assert not body.defects
    return str(body.get_content()).replace("\r\n", "\n")


SHOWN = """\
2 reminders for 31 May 2024.

For                         Address                  About
--------------------------  -----------------------  --------------------------
Head of Repairs             repairs@homes.example    1 overdue
A. Other (Company           secretary@homes.example  1 overdue, 1 due soon, 1
Secretary, the whole plan)                           to verify

Cannot be sent: 1
For           Why                       About
------------  ------------------------  ----------
Data Manager  no address is registered  1 due soon

Addresses stand in owners.yaml, as 'email:' below a role.
"""


def test_who_would_get_what(plan: Path) -> None:
    assert remind(plan) == Ran(0, SHOWN, "")


def test_nobody_needs_a_reminder(plan: Path) -> None:
    ran = remind(plan, "--as-of", "2023-01-01", "--owner", "Data Manager")
    assert ran == Ran(0, "Nobody needs a reminder on 1 January 2023.\n", "")


TEXT = """\
Hello,

One thing is overdue, as of 31 May 2024.

This reaches you as Head of Repairs. It is about Spotlight action plan,
Example Homes.

Overdue: 1
----------
If it is done, say so in its file and name the evidence. If it is not, a
short note there says where it stands. If the date cannot be kept, ask for a
new one: a revision with the reason.

  REC2: Keep a register of every repair.
    Promised for March 2024, 61 days late.
    https://forge.example/edit/main/recommendations/REC2.yaml

Each link opens the file in your browser, where it can be changed. Whoever
keeps the plan is glad to help.
Sent by kimplan from the plan as it stood on 31 May 2024.
"""


def test_a_file_for_each_mail(plan: Path, tmp_path: Path) -> None:
    base = ("--link-base", "https://forge.example/edit/main")
    ran = remind(plan, "--output", "mails", *base)
    assert ran == Ran(0, SHOWN, "kimplan: Wrote 2 mails to mails, a file each.\n")
    mails = mails_in(tmp_path / "mails")
    assert list(mails) == ["2024-05-31 Company Secretary.eml", "2024-05-31 Head of Repairs.eml"]
    mail = mails["2024-05-31 Head of Repairs.eml"]
    name = str(mail["Message-ID"])
    assert re.fullmatch(r"<kimplan\.[0-9a-f]{32}@kimplan\.invalid>", name)
    assert [(key, str(value)) for key, value in mail.items()] == [
        ("X-Unsent", "1"),
        ("To", "Head of Repairs <repairs@homes.example>"),
        ("Subject", "1 overdue: Spotlight action plan"),
        ("Date", "Fri, 31 May 2024 09:00:00 +0100"),
        ("Message-ID", name),
        ("Auto-Submitted", "auto-generated"),
        ("X-Auto-Response-Suppress", "OOF, AutoReply"),
        ("MIME-Version", "1.0"),
        ("Content-Type", f'multipart/alternative; boundary="=_kimplan_{name[9:41]}"'),
        ("Content-Language", "en-GB"),
    ]
    assert text_of(mail) == TEXT
    assert str(mails["2024-05-31 Company Secretary.eml"]["To"]) == (
        '"A. Other" <secretary@homes.example>'
    )


def test_a_mail_that_an_earlier_run_left_is_named(plan: Path) -> None:
    assert remind(plan, "--output", "mails").code == 0
    ran = remind(plan, "--output", "mails", "--owner", "Head of Repairs")
    assert ran.stderr == (
        "kimplan: Wrote 1 mail to mails, a file each.\n"
        "kimplan: Still there, from an earlier run: 2024-05-31 Company Secretary.eml\n"
    )
    ran = remind(plan, "--output", "mails", "--as-of=2024-06-01")
    assert ran.stderr == "kimplan: Wrote 2 mails to mails, a file each.\n"


def test_the_same_plan_and_day_give_the_same_bytes(plan: Path, tmp_path: Path) -> None:
    for folder in ("one", "two"):
        assert remind(plan, "--output", folder, "--from", "plan@homes.example").code == 0
    one, two = ({p.name: p.read_bytes() for p in (tmp_path / f).iterdir()} for f in ("one", "two"))
    assert one == two
    for data in one.values():
        assert max(map(len, data.split(b"\r\n"))) <= 78
        assert b"\n" not in data.replace(b"\r\n", b"")
        assert data.isascii()


def test_another_day_and_other_words_are_another_mail(plan: Path, tmp_path: Path) -> None:
    def name(folder: str, *options: str) -> str:
        assert remind(plan, "--output", folder, "--owner", "Head of Repairs", *options).code == 0
        (mail,) = mails_in(tmp_path / folder).values()
        return str(mail["Message-ID"])

    first = name("a")
    assert name("b") == first
    assert name("c", "--as-of", "2024-06-01") != first
    record = make_record(ref="REC2", due="2024-03", owners=["Head of Repairs"], title="Keep it.")
    write_file(plan / "recommendations/REC2.yaml", record)
    assert name("d") != first


def test_the_links_lead_to_the_editor_of_the_forge(plan: Path, tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", "--initial-branch", "main")
    git(tmp_path, "remote", "add", "origin", "https://bot:s3cret@github.com/homes/plan.git")
    ran = remind(plan, "--output", "mails", "--format", "json")
    link = "https://github.com/homes/plan/edit/main/plan/recommendations/REC2.yaml"
    mail = mails_in(tmp_path / "mails")["2024-05-31 Head of Repairs.eml"]
    assert f"    {link}\n" in text_of(mail)
    assert f'href="{link}"' in text_of(mail, "html")
    assert link in ran.stdout
    assert "s3cret" not in ran.stdout + ran.stderr + str(mail)


def test_as_values_for_programs(plan: Path) -> None:
    found = json.loads(remind(plan, "--format", "json", "--owner", "Head of Repairs").stdout)
    row = {
        "topic": "overdue", "ref": "REC2", "title": "Keep a register of every repair.",
        "action": False, "owners": ["Head of Repairs"], "days_left": -61, "promise": "March 2024",
        "first_promised": None, "why": None, "evidence": None, "link": None,
    }  # fmt: skip
    (mail,) = found["mails"]
    assert found["as_of"] == "2024-05-31"
    assert mail | {"message_id": ""} == {
        "name": "Head of Repairs", "address": "repairs@homes.example", "roles": ["Head of Repairs"],
        "subject": "1 overdue: Spotlight action plan", "message_id": "", "sent_before": False,
    }  # fmt: skip
    assert found["unreached"] == []
    assert found["digests"] == [
        {"plan": "", "role": "Head of Repairs", "secretary": False, "reminders": [row], "news": []}
    ]


def test_what_has_changed_since_a_board_meeting(tmp_path: Path) -> None:
    meetings = make_meetings(tmp_path)
    registry = {"Company Secretary": OWNERS["Company Secretary"]}
    registry |= {"Head of Repairs": {"email": "repairs@homes.example"}, "Data Manager": {}}
    write_file(meetings.plan / "owners.yaml", owners(registry))
    meetings.write("REC4", section="repairs", due="2024-09", owners=["Head of Repairs"])
    meetings.commit(Commit("2024-05-30"))
    ran = remind(meetings.plan, "--output", "mails", "--since", "board-2024-02")
    assert ran.code == 0, ran.stderr
    mails = mails_in(tmp_path / "mails")
    said = text_of(mails["2024-05-31 Head of Repairs.eml"])
    assert (
        said[said.index("Changed since") : said.index("Each recommendation")]
        == """\
Changed since 10 February 2024: 2
---------------------------------

  REC3: Keep the register of REC3.
    It is with you now, promised for April 2024; before, it was with Company
    Secretary.

  REC4: Keep the register of REC4.
    It is with you now, promised for September 2024; before, it was with
    Company Secretary.

"""
    )
    said = text_of(mails["2024-05-31 Company Secretary.eml"])
    mine = said[said.index("Changed since") : said.index("The whole plan")]
    assert (
        mine
        == """\
Changed since 10 February 2024: 6
---------------------------------

  REC1: Keep the register of REC1.
    It is done: thank you. No more is asked.

  REC2: Keep the register of REC2.
    It is promised for July 2024 now, not April 2024. Earlier reminders of
    April 2024 no longer count. Why: The archive could not be searched.

  REC3: Keep the register of REC3.
    It is with Head of Repairs now: nothing more is asked of you, and
    earlier reminders of it no longer count.

  REC4: Keep the register of REC4.
    It is with Head of Repairs now: nothing more is asked of you, and
    earlier reminders of it no longer count.

  REC5: Train every caller.
    It is new in the plan, promised for December 2024.

  REC6: Keep the register of REC6.
    It is no longer in the plan.

"""
    )


# Several plans


def test_one_mail_for_a_role_in_several_plans(tmp_path: Path) -> None:
    for name in ("north", "south"):
        write_plan(tmp_path / name, owners=owners(OWNERS))
    ran = run_cli(["remind", *DAY, "--plans", tmp_path, "--output", "mails"], tmp_path)
    assert ran.code == 0, ran.stderr
    mails = mails_in(tmp_path / "mails")
    mail = mails["2024-05-31 Head of Repairs.eml"]
    assert mail["Subject"] == "2 overdue: Spotlight action plan"
    assert "  north REC2: Keep" in text_of(mail)
    assert "  south REC2: Keep" in text_of(mail)
    assert "\nnorth: Head of Repairs\n======" in text_of(mail)
    assert "\nsouth: Head of Repairs\n======" in text_of(mail)


def test_a_broken_plan_hides_no_other(tmp_path: Path) -> None:
    for name in ("north", "south"):
        write_plan(tmp_path / name, owners=owners(OWNERS))
    write_file(tmp_path / "north/plan/recommendations/REC2.yaml", "ref: [\n")
    ran = run_cli(["remind", *DAY, "--plans", tmp_path], tmp_path)
    assert ran.code == 1
    assert "north: the plan is left out, because it has errors" in ran.stderr
    assert "south: Head of Repairs" in ran.stdout


# What is refused


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--within", "soon"], "--within 'soon' is no period"),
        (["--owner", "Head of Repair"], "--owner 'Head of Repair' is no role of the plan"),
        (["--secretary", "Nobody"], "--secretary 'Nobody' is neither role nor address"),
        (["--secretary", "no body@homes.example"], "--secretary: 'no body@homes.example' is not"),
        (["--secretary", f"{'a' * 400}@homes.example"], "is not written as an address is"),
        (["--since", "yesterday"], "plan is not under version control"),
        (["--link-base", "forge.example"], "--link-base is not a web address"),
        (["--from", "Plan"], "the sender cannot be used"),
        (["--output", "plan/mails"], "plan/mails is inside the plan"),
        (["--output", "file"], "file is not a folder"),
        (["--output", "missing/mails"], "cannot make the folder missing/mails"),
        (["--yes"], "--yes says nothing without --send"),
        (["--ledger", "sent.jsonl"], "--ledger says nothing without --send"),
        (["--send"], "nobody is named whom the mail is from"),
        (["--send", "--from", "plan@homes.example"], "no mail server is named"),
        (["--format", "pdf"], "--format 'pdf' is not known"),
    ],
)
def test_a_slip_is_a_sentence(plan: Path, options: list[str], said: str) -> None:
    (plan.parent / "file").write_text("x")
    ran = remind(plan, *options)
    assert ran.code == 2
    assert said in ran.stderr.replace(f"{plan.parent}/", "")
    assert ran.stderr.count("\n") <= 2


def test_a_wrong_server_address_is_told_before_the_plan_is_read(plan: Path) -> None:
    write_file(plan / "recommendations/REC2.yaml", "ref: [\n")
    options = ("--send", "--from", "plan@homes.example")
    ran = remind(plan, *options, KIMPLAN_SMTP_URL="https://u:s3cret@mail.example")
    assert ran.code == 2
    assert ran.stderr.startswith(
        "kimplan: the mail server's address in KIMPLAN_SMTP_URL is no use: it begins with neither"
    )
    assert "s3cret" not in ran.stderr


def test_a_plan_with_errors_reminds_nobody(plan: Path, tmp_path: Path) -> None:
    write_file(plan / "recommendations/REC2.yaml", "ref: [\n")
    ran = remind(plan, "--output", "mails")
    assert (ran.code, ran.stdout) == (1, "")
    assert not (tmp_path / "mails").exists()


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the superuser may write anywhere")
def test_a_folder_that_cannot_be_written(plan: Path, tmp_path: Path) -> None:
    (tmp_path / "mails").mkdir(mode=0o500)
    ran = remind(plan, "--output", "mails")
    assert ran.code == 2
    assert "cannot write" in ran.stderr


# Hostile text

HOSTILE = (
    "</td></table><script>alert(1)</script><img src=https://evil.example/x.gif>",
    "{{ 7 * 7 }} {% raw %} ${7*7}",
    "Subject: x =?utf-8?q?=0d=0aBcc:_eve=40evil.example?=",
    "=?utf-8?b?DQpCY2M6IGV2ZUBldmlsLmV4YW1wbGU=?=",
    "::error::x ##[command]y",
    ".\u00a0. \"quoted\" 'single' <eve@evil.example>, other@evil.example;",
    "ŵ 漢字 🏠 á ﷽ " + "n" * 200,
    "&amp; &#60;b&#62; &lt;script&gt;",
    "--=_kimplan_boundary--",
    "@everyone [link](javascript:alert(1)) **bold**",
)


class _Page(HTMLParser):
    """Which elements and addresses a page has, and its text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.addresses: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        assert not [name for name, _ in attrs if name.startswith("on") or name == "src"]
        self.addresses += [value or "" for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        self.text += data


def joined(text: str) -> str:
    """Return the words of a text whatever stands between its lines."""
    return " ".join(text.split())


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(tmp_path: Path, text: str) -> None:
    role = f"{text[:280].strip()} of Homes".replace("\u00a0", " ")
    record = make_record(
        ref="REC2", title=text, due="2024-03", owners=[role], response=text,
        progress=[{"on": "2024-05-02", "by": text[:200], "note": text}],
        evidence=[{"title": text, "expires": "2024-01"}],
        actions=[{"title": text, "due": "2024-02", "owner": role}],
    )  # fmt: skip
    settings = make_settings(title=text, organisation=text, lint={"ignore": ["KP305"]})
    registry = {role: {"name": text[:290], "email": "ann@homes.example"}}
    plan = write_plan(
        tmp_path, records={"REC2": record}, settings=settings, owners=owners(registry)
    )
    base = ("--link-base", "https://forge.example/main", "--from", "plan@homes.example")
    ran = remind(plan, "--output", "mails", *base)
    assert ran.code == 0, ran.stderr
    (data,) = ((tmp_path / "mails" / name).read_bytes() for name in os.listdir(tmp_path / "mails"))
    (mail,) = mails_in(tmp_path / "mails").values()
    head = data.partition(b"\r\n\r\n")[0].decode("ascii")
    names = [line.partition(":")[0] for line in head.split("\r\n") if line[:1] not in " \t"]
    assert names == [
        "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted",
        "X-Auto-Response-Suppress", "MIME-Version", "Content-Type", "Content-Language",
    ]  # fmt: skip
    assert [one.addr_spec for one in mail["To"].addresses] == ["ann@homes.example"]
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    shown = joined(text.replace("##[", "\\x23#[").replace("\u00a0", "\\xa0"))
    shown = shown.replace("\\xa0", "\u00a0")
    page = _Page()
    page.feed(text_of(mail, "html"))
    assert page.tags <= {
        "html", "head", "meta", "title", "body", "table", "tr", "td", "p", "strong", "h1", "h2",
        "h3", "div", "a",
    }  # fmt: skip
    assert set(page.addresses) == {"https://forge.example/main/recommendations/REC2.yaml"}
    assert joined(shown) in joined(page.text)
    assert joined(shown) in joined(text_of(mail))


def test_an_address_with_a_line_break_is_none(tmp_path: Path) -> None:
    registry: dict[str, dict[str, Any]] = OWNERS | {
        "Head of Repairs": {"email": "eve@evil.example, bob@homes.example"}
    }
    plan = write_plan(tmp_path, owners=owners(registry))
    ran = remind(plan, "--output", "mails")
    assert ran.code == 0
    assert "'eve@evil.example, bob@homes.example'" in ran.stdout.replace("\n", " ")
    assert list(mails_in(tmp_path / "mails")) == ["2024-05-31 Company Secretary.eml"]


def test_roles_that_make_one_name_have_files_of_their_own(tmp_path: Path) -> None:
    roles = ["Head: Repairs", "Head* Repairs", "HEAD REPAIRS"]
    records = {
        f"REC{n}": make_record(ref=f"REC{n}", title=f"Do {n}.", due="2024-03", owners=[role])
        for n, role in enumerate(roles, 1)
    }
    registry = {role: {"email": f"a{n}@homes.example"} for n, role in enumerate(roles)}
    plan = write_plan(tmp_path, records=records, owners=owners(registry))
    assert remind(plan, "--output", "mails").code == 0
    assert list(mails_in(tmp_path / "mails")) == [
        "2024-05-31 HEAD REPAIRS 3.eml",
        "2024-05-31 Head Repairs 2.eml",
        "2024-05-31 Head Repairs.eml",
    ]
