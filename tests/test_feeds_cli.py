"""``kimplan export csv``, ``ndjson`` and ``ics``: what is written where, and what is refused."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from calendars import Component, read_calendar
from conftest import (
    AS_OF,
    EVIDENCE,
    REPOSITORY,
    Ran,
    cli_environment,
    make_owners,
    make_record,
    make_settings,
    run_cli,
    run_new,
    to_yaml,
    write_file,
    write_plan,
)
from histories import History
from six_plans import NAMES, write_six

from kimplan.answers.tables.named import TABLES

DAY = ["--as-of", str(AS_OF)]
FORMS = ("csv", "ndjson", "ics")
HOSTILE = '=HYPERLINK("https://example.org","a"), \\; \'b\''
needs_posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no such pipes")


def bytes_of(folder: Path, *arguments: str) -> bytes:
    """Return what an export writes to standard output, byte by byte."""
    code, out, errors = run_new(["export", *arguments, *DAY], folder, cli_environment())
    assert (code, errors) == (0, b"")
    return out


def stopped(message: str, hint: str) -> Ran:
    return Ran(2, "", f"kimplan: {message}\n  hint: {hint}\n")


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode(), newline=""), strict=True))


def titles(calendar: bytes) -> list[str]:
    return [event.text("SUMMARY") for event in read_calendar(calendar).parts]


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """Three records in a folder, of which one is hostile, and that folder."""
    step = {"title": "Publish; print", "owner": "Data Manager", "due": "2024-04"}
    records = {
        "REC1": make_record(title=HOSTILE, response="- one\n- two", actions=[step]),
        "REC2": make_record(ref="REC2", due="2024-03", owners=["Head of Repairs", "Data Manager"]),
        "REC3": make_record(ref="REC3", rag="green", evidence=EVIDENCE, section="repairs"),
    }
    write_plan(tmp_path, records=records)
    return tmp_path


class TestEach:
    @pytest.mark.parametrize("form", FORMS)
    def test_a_file_holds_what_standard_output_had(self, form: str, plan: Path) -> None:
        shown = bytes_of(plan, form)
        ran = run_cli(["export", form, *DAY, "-o", f"out.{form}"], plan)
        what = {"csv": "3 rows of recommendations", "ndjson": "3 recommendations", "ics": "3 days"}
        assert ran == Ran(0, f"Wrote out.{form}: {what[form]}.\n", "")
        assert (plan / f"out.{form}").read_bytes() == shown == bytes_of(plan, form)

    @pytest.mark.parametrize("form", FORMS)
    def test_the_filters_of_list(self, form: str, plan: Path) -> None:
        def refs(*filters: str) -> set[str]:
            data = bytes_of(plan, form, *filters)
            if form == "csv":
                return {row["ref"] for row in rows(data)}
            if form == "ndjson":
                return {json.loads(line)["ref"] for line in data.splitlines()}
            return {title.split()[0].strip(":") for title in titles(data)}

        assert refs("--overdue") == {"REC1", "REC2"}
        assert refs("--owner", "repairs") == {"REC2"}
        assert refs("--rag", "amber", "--where", "due=2024-03") == {"REC2"}
        assert refs("--section", "repairs") == (set() if form == "ics" else {"REC3"})

    @pytest.mark.parametrize("form", FORMS)
    def test_all_plans_below_a_folder_and_a_broken_one_that_hides_no_other(
        self, form: str, tmp_path: Path
    ) -> None:
        write_six(tmp_path / "six")
        broken = tmp_path / "six" / "birch" / "plan" / "recommendations" / "REC1.yaml"
        write_file(broken, "ref: REC1\n")
        out = f"all.{form}"
        ran = run_cli(["export", form, *DAY, "--plans", "six", "-o", out], tmp_path)
        assert ran.code == 1
        assert "kimplan: birch: the plan is left out, because it has errors\n" in ran.stderr
        data = (tmp_path / out).read_bytes()
        if form == "ics":
            names = {title.split()[0] for title in titles(data)}
        elif form == "csv":
            names = {row["plan"] for row in rows(data)}
        else:
            names = {json.loads(line)["plan"] for line in data.splitlines()}
        assert names == {*NAMES} - {"birch"}

    @pytest.mark.parametrize("form", FORMS)
    def test_a_plan_with_errors_by_itself_is_not_exported(self, form: str, plan: Path) -> None:
        write_file(plan / "plan" / "recommendations" / "REC1.yaml", "ref: REC1\n")
        ran = run_cli(["export", form, "-o", f"out.{form}"], plan)
        assert (ran.code, ran.stdout) == (1, "")
        assert ran.stderr.endswith("nothing was written, because the plan has errors\n")
        assert not (plan / f"out.{form}").exists()

    @pytest.mark.parametrize("form", FORMS)
    def test_places_that_are_refused(self, form: str, plan: Path) -> None:
        def said(target: str) -> Ran:
            return run_cli(["export", form, "-o", target], plan)

        inside = f"plan/out.{form}"
        assert said(inside) == stopped(
            f"{Path(inside)} is inside the plan", "Choose a name outside of it."
        )
        assert said("out.txt") == stopped(
            f"out.txt does not end with .{form}",
            f"Choose a name that ends with .{form}: out.{form}.",
        )
        assert said(f"none/out.{form}").code == 2
        assert sorted(os.listdir(plan)) == ["plan"]

    @needs_posix
    @pytest.mark.parametrize("form", FORMS)
    def test_a_reader_that_has_gone_ends_us_quietly(self, form: str) -> None:
        reader, writer = os.pipe()
        os.close(reader)
        try:
            done = subprocess.run(
                [sys.executable, "-m", "kimplan", "export", form],
                cwd=REPOSITORY,
                env=cli_environment(),
                stdin=subprocess.DEVNULL,
                stdout=writer,
                stderr=subprocess.PIPE,
                timeout=60,
                check=False,
            )
        finally:
            os.close(writer)
        assert (done.returncode, done.stderr) == (141, b"")

    @pytest.mark.parametrize("form", FORMS)
    def test_the_console_has_no_say_in_the_bytes(self, form: str, plan: Path) -> None:
        record = make_record(ref="REC1", title="Größe – “quoted” 住宅 😀")
        write_file(plan / "plan" / "recommendations" / "REC1.yaml", record)
        utf8, other = (
            run_new(["export", form, *DAY], plan, cli_environment(PYTHONIOENCODING=encoding))
            for encoding in ("utf-8", "ascii")
        )
        assert utf8 == other
        assert "Größe – “quoted” 住宅 😀".encode() in utf8[1].replace(b"\r\n ", b"")


class TestForThePublic:
    SECRETS = ("Jane Doe", "jane@example.org", "@jane", "SECRET")

    @pytest.fixture
    def history(self, tmp_path: Path) -> History:
        """A plan with much that is internal, some of which was not withheld before."""
        made = History(tmp_path / "repository")
        owners = [{"role": "Company Secretary", "name": "Jane Doe", "email": "jane@example.org"}]
        write_file(made.plan / "owners.yaml", to_yaml({"owners": owners}))
        fields = [{"id": "risk", "label": "Risk", "publish": "false"}]
        title = "What Jane Doe promised of REC2"
        write_file(made.plan / "plan.yaml", make_settings(title=title, fields=fields))
        shared: dict[str, object] = {"due": "2024-07", "fields": {"risk": "SECRET"}}
        made.record("REC1", **shared)
        made.record("REC2", **shared, title="A SECRET title.")
        made.record("REC3", due="2024-07", title="Ask about REC2.")
        made.commit("2024-05-01")
        move = {"from": "2024-03", "to": "2024-07", "reason": "SECRET", "on": "2024-03-20"}
        note = {"on": "2024-05-02", "by": "Jane Doe", "note": "SECRET"}
        made.record("REC1", **shared, revisions=[move], progress=[note], response="Ask Jane Doe.")
        made.record("REC2", **shared, title="A SECRET title.", publish="false")
        made.record("REC3", due="2024-07", rag="green", completed="2024-05-20")
        made.commit("2024-05-25")
        return made

    @pytest.mark.parametrize(
        "form",
        [
            ["ndjson"],
            ["ics"],
            ["ics", "--since", "2024-05-02"],
            *(["csv", "--table", name] for name in TABLES),
        ],
        ids=" ".join,
    )
    def test_nothing_internal_is_in_it(self, form: list[str], history: History) -> None:
        def exported(*options: str) -> tuple[str, str]:
            ran = history.cli("export", *form, *DAY, *options)
            assert ran.code == 0
            return ran.stdout.replace("\n ", ""), ran.stderr

        text, said = exported("--for", "public")
        assert "not for publication: REC2" in said
        assert [secret for secret in self.SECRETS if secret in text] == []
        assert "REC2" not in text
        assert ("REC1" in text) is (form[-1] not in {"evidence", "actions", "progress", "overdue"})
        assert "SECRET" in exported()[0] or form[-1] in {"evidence", "actions", "overdue"}


class TestCsv:
    def test_rows_end_with_one_crlf_and_bom_comes_first(self, plan: Path) -> None:
        plain = bytes_of(plan, "csv", "--table", "actions")
        assert plain == (
            b"plan,ref,number,title,owner,due,due_shown,due_first_day,due_last_day,first_agreed,"
            b"days_late,done\r\n"
            b",REC1,1,Publish; print,Data Manager,2024-04,April 2024,2024-04-01,2024-04-30,2024-04,"
            b"31,\r\n"
        )
        assert bytes_of(plan, "csv", "--table", "actions", "--bom") == b"\xef\xbb\xbf" + plain

    def test_a_table_that_is_not_known(self, plan: Path) -> None:
        known = "recommendations, actions, revisions, evidence, progress, overdue"
        assert run_cli(["export", "csv", "--table", "action"], plan) == stopped(
            "--table 'action' is not known", f"Did you mean 'actions'? Known: {known}."
        )

    def test_an_import_gives_the_cells_back(self, plan: Path) -> None:
        run_cli(["export", "csv", *DAY, "-o", "out.csv"], plan)
        (plan / "new").mkdir()
        made = ["--organisation", "Example Homes", "--plan", "new/plan"]
        ran = run_cli(["import", "out.csv", *made], plan)
        assert ran.code == 0, ran.stderr
        shown = run_cli(["list", "--plan", "new/plan", *DAY, "--format", "json"], plan)
        first = json.loads(shown.stdout)["recommendations"][0]
        assert first["title"] == HOSTILE
        written = (plan / "new" / "plan" / "recommendations" / "REC1.yaml").read_text("utf-8")
        assert "  - one\n  - two\n" in written


class TestFeed:
    def test_the_day_and_the_state_are_those_that_are_asked_for(self, tmp_path: Path) -> None:
        made = History(tmp_path / "repository")
        made.record(due="2024-03")
        made.commit("2024-05-01")
        made.record(due="2024-03", rag="red")
        made.commit("2024-06-01")

        def line(*options: str) -> tuple[str, str, int]:
            ran = made.cli("export", "ndjson", *options)
            assert ran.code == 0
            found = json.loads(ran.stdout)
            return found["as_of"], found["rag"], found["days_late"]

        assert line("--as-of", "2024-04-01") == ("2024-04-01", "red", 1)
        assert line("--at", "HEAD~1") == ("2024-05-01", "amber", 31)


class TestCalendars:
    def test_a_calendar_for_each_owner(self, plan: Path) -> None:
        ran = run_cli(["export", "ics", *DAY, "--by", "owner", "-o", "calendars"], plan)
        assert ran == Ran(
            0,
            "".join(
                f"Wrote {Path('calendars', f'{role}.ics')}: {number}.\n"
                for role, number in (
                    ("Company Secretary", "1 day"),
                    ("Data Manager", "2 days"),
                    ("Head of Repairs", "1 day"),
                )
            ),
            "",
        )
        data = (plan / "calendars" / "Data Manager.ics").read_bytes()
        assert titles(data) == [
            "REC2: Keep a register of every repair.",
            "REC1 action: Publish; print",
        ]
        name = read_calendar(data).text("X-WR-CALNAME")
        assert name == "Data Manager – Example Homes: Spotlight action plan"

    def test_names_that_files_cannot_have_and_a_calendar_of_an_earlier_day(
        self, tmp_path: Path
    ) -> None:
        roles = ["A/B: Lead", "A B  Lead?", "a b lead", "CON", "../up", "-o"]
        records = {
            f"REC{at}": make_record(ref=f"REC{at}", owners=[role]) for at, role in enumerate(roles)
        }
        write_plan(tmp_path, records=records, owners=make_owners(*roles))
        (tmp_path / "calendars").mkdir()
        write_file(tmp_path / "calendars" / "Former.ics", "")
        ran = run_cli(["export", "ics", *DAY, "--by", "owner", "-o", "calendars"], tmp_path)
        assert ran.code == 0
        assert ran.stderr == "kimplan: not written now, and perhaps out of date: Former.ics\n"
        written = sorted({*os.listdir(tmp_path / "calendars")} - {"Former.ics"})
        lead = ["A B Lead 3.ics", "A B Lead.ics", "a b lead 2.ics"]
        assert written == [*lead[:2], "_-o.ics", "_CON.ics", lead[2], "up.ics"]
        assert len({name.casefold() for name in written}) == len(roles)
        found = [titles((tmp_path / "calendars" / name).read_bytes()) for name in written]
        assert all(len(own) == 1 for own in found)

    def test_what_was_imported_is_cancelled_once_it_no_longer_holds(self, tmp_path: Path) -> None:
        made = History(tmp_path / "repository")
        made.record("REC1", due="2024-07")
        made.record("REC2", due="2024-07", owners=["Head of Repairs"])
        made.record("REC3", due="2024-07")
        made.commit("2024-05-01")
        moved = {"from": "2024-07", "to": "2024-09", "reason": "Ill.", "on": "2024-05-20"}
        made.record("REC1", due="2024-09", revisions=[moved])
        made.record("REC2", due="2024-07", owners=["Data Manager"])
        made.record("REC3", due="2024-07", rag="green", evidence=EVIDENCE)
        made.commit("2024-05-25")

        def events(*options: str) -> list[Component]:
            code, out, _ = run_new(["export", "ics", *DAY, *options], made.top, cli_environment())
            assert code == 0
            return read_calendar(out).parts

        def shown(found: list[Component]) -> dict[str, tuple[str, str, str]]:
            return {
                one.value("UID"): (one.value("DTSTART"), one.value("SEQUENCE"), one.value("STATUS"))
                for one in found
            }

        before = shown(events("--at", "HEAD~1", "--as-of", "2024-05-01"))
        first, second, third = before
        assert shown(events()) == {
            second: ("20240731", "0", "CONFIRMED"),
            first: ("20240930", "1", "CONFIRMED"),
        }
        now = events("--since", "HEAD~1")
        assert shown(now) == {
            second: ("20240731", "0", "CONFIRMED"),
            third: ("20240731", "0", "CANCELLED"),
            first: ("20240930", "1", "CONFIRMED"),
        }
        assert now[1].text("SUMMARY").startswith("Done: REC3: ")
        by_owner = ["export", "ics", *DAY, "--by", "owner", "--since", "2024-05-01", "-o", "out"]
        assert made.cli(*by_owner).stdout == (
            f"Wrote {Path('out', 'Company Secretary.ics')}: 1 day, 1 cancelled.\n"
            f"Wrote {Path('out', 'Data Manager.ics')}: 1 day.\n"
            f"Wrote {Path('out', 'Head of Repairs.ics')}: 0 days, 1 cancelled.\n"
        )
        (gone,) = titles((made.top / "out" / "Head of Repairs.ics").read_bytes())
        assert gone.startswith("Now with Data Manager: REC2: ")

    def test_alarms(self, plan: Path) -> None:
        def triggers(*options: str) -> set[str]:
            events = read_calendar(bytes_of(plan, "ics", *options)).parts
            return {part.value("TRIGGER") for event in events for part in event.parts}

        assert triggers() == {"-P7D", "-P1D"}
        assert triggers("--alarm", "2w", "--alarm", "3") == {"-P14D", "-P3D"}
        assert triggers("--no-alarms") == set()

    def test_events_link_to_files_where_that_is_asked_for(self, plan: Path) -> None:
        def links(*options: str) -> list[str]:
            events = read_calendar(bytes_of(plan, "ics", *options)).parts
            return [one.value for event in events for one in event.properties if one.name == "URL"]

        assert links() == []
        below = "https://forge.example.org/o/p/edit/main/"
        assert links("--link-base", below, "--rag", "amber", "--where", "ref=REC2") == [
            f"{below}recommendations/REC2.yaml"
        ]

    @pytest.mark.parametrize(
        ("options", "message", "hint"),
        [
            (
                ["--link-base", "javascript:alert(1)"],
                "--link-base is not a web address",
                "Write it as https://forge.example.org/owner/plan/_edit/main: files stand below "
                "it.",
            ),
            (
                ["--by", "owner"],
                "--by owner writes several files",
                "Name a folder: --output calendars.",
            ),
            (["--by", "section"], "--by 'section' is not known", "Known: owner."),
            (
                ["--by", "owner", "-o", "a.ics"],
                "a.ics is not a folder",
                "Name a folder: --output calendars.",
            ),
            (
                ["--by", "owner", "-o", "plan"],
                "plan is inside the plan",
                "Choose a name outside of it.",
            ),
            (
                ["--by", "owner", "-o", "none/calendars"],
                f"cannot write {Path('none/calendars')}: there is no folder none",
                "Make the folder first, or choose another.",
            ),
            (
                ["--alarm", "soon"],
                "--alarm 'soon' is no period",
                "Write a number of days, weeks, months or years: 90d, 6w, 3m, 1y.",
            ),
            (
                ["--alarm", "1d", "--no-alarms"],
                "--alarm and --no-alarms exclude each other",
                "Leave out one of them.",
            ),
        ],
    )
    def test_what_is_refused(self, options: list[str], message: str, hint: str, plan: Path) -> None:
        write_file(plan / "a.ics", "")
        assert run_cli(["export", "ics", *options], plan) == stopped(message, hint)
        assert sorted(os.listdir(plan)) == ["a.ics", "plan"]

    def test_since_without_version_control_or_such_a_revision(self, plan: Path) -> None:
        ran = run_cli(["export", "ics", "--since", "v1"], plan)
        assert (ran.code, ran.stdout) == (2, "")
        assert ran.stderr.startswith("kimplan: ")

    def test_several_plans_have_one_calendar_with_the_names_before_the_refs(
        self, tmp_path: Path
    ) -> None:
        told = write_six(tmp_path / "six")
        data = bytes_of(tmp_path, "ics", "--plans", "six")
        assert read_calendar(data).text("X-WR-CALNAME") == "6 action plans"
        wanted = [
            f"{one.plan} {one.ref}" for one in told if one.is_open
            for _ in (0, *(step for step in one.actions if not step[2]))
        ]  # fmt: skip
        found = [" ".join(title.split(":")[0].split()[:2]) for title in titles(data)]
        assert sorted(found) == sorted(wanted)
        uids = [event.value("UID") for event in read_calendar(data).parts]
        assert len(set(uids)) == len(uids)


def test_a_calendar_without_anything_promised_is_one(tmp_path: Path) -> None:
    records = {"REC1": make_record(rag="green", due=None, evidence=EVIDENCE)}
    write_plan(tmp_path, records=records, settings=make_settings(title="A, b; c"))
    root = read_calendar(bytes_of(tmp_path, "ics"))
    assert (root.parts, root.text("NAME")) == ([], "Example Homes: A, b; c")
    ran = run_cli(["export", "ics", "--by", "owner", "-o", "out"], tmp_path)
    assert ran == Ran(0, "Nothing is promised, so no calendar was written.\n", "")
