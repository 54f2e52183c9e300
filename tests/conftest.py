"""What the tests share: small plans written to disk or made in memory, and the command line.

Import the functions with ``from conftest import …``; `golden` is a fixture.
"""

from __future__ import annotations

import contextlib
import difflib
import gc
import json
import locale
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import forks
import hypothesis
import pytest

from kimplan.diagnostic import Diagnostic, Severity
from kimplan.formatters.text import format_diagnostics, format_totals
from kimplan.linter import Clock, LintResult, lint, load
from kimplan.model.plan import Owner, Plan, Settings
from kimplan.model.recommendation import Recommendation
from kimplan.source.events import HAS_C_PARSER

TESTS = Path(__file__).resolve().parent
REPOSITORY = TESTS.parent
SHIPPED_PLAN = REPOSITORY / "plan"
AS_OF = date(2024, 5, 31)
ROLES = ("Company Secretary", "Head of Repairs", "Data Manager")
EVIDENCE = ({"title": "Register", "link": "https://example.org/register"},)

# The same examples on every machine: a few with the quick tests, and more where the slow ones run
# too. Look for new ones with --hypothesis-profile=search.
_SLOW_IS_FINE = (hypothesis.HealthCheck.too_slow,)
for _profile, _examples in {"quick": 10, "steady": 100}.items():
    hypothesis.settings.register_profile(
        _profile,
        max_examples=_examples,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=_SLOW_IS_FINE,
    )
hypothesis.settings.register_profile(
    "search", max_examples=3000, deadline=None, suppress_health_check=_SLOW_IS_FINE
)

needs_c_parser = pytest.mark.skipif(
    not HAS_C_PARSER, reason="ruamel.yaml.clib, the parser written in C, is not installed"
)
Golden: TypeAlias = Callable[[Path, str], None]


class Ran(NamedTuple):
    """How a command ended and what it said."""

    code: int
    stdout: str
    stderr: str


# YAML text

_PLAIN = re.compile(r"[A-Za-z0-9](?:[^\x00-\x1f\x7f-\xa0:#\"'{}\[\],&*!|>%@`]*[^\s:#\"'{}\[\],])?")


def to_yaml(value: object, indent: int = 0) -> str:
    """Return `value` (dicts, lists and texts) as YAML; keys whose value is None are left out."""
    pad = " " * indent
    if isinstance(value, Mapping):
        entries = {key: inner for key, inner in value.items() if inner is not None}
        return "".join(f"{pad}{key}:{_below(inner, indent)}" for key, inner in entries.items())
    if isinstance(value, list | tuple):
        return "".join(f"{pad}-{_entry(inner, indent)}" for inner in value)
    return f"{pad}{_scalar(str(value), indent)}\n"


def _below(value: object, indent: int) -> str:
    if isinstance(value, Mapping | list | tuple) and value:
        return "\n" + to_yaml(value, indent + 2)
    if isinstance(value, Mapping | list | tuple):
        return " {}\n" if isinstance(value, Mapping) else " []\n"
    return f" {_scalar(str(value), indent + 2)}\n"


def _entry(value: object, indent: int) -> str:
    if isinstance(value, Mapping | list | tuple) and value:
        return " " + to_yaml(value, indent + 2).lstrip(" ")
    return _below(value, indent)


def _scalar(text: str, indent: int) -> str:
    if _PLAIN.fullmatch(text) and text.isprintable() and text.lower() != "null":
        return text
    lines = text.split("\n")
    printable = all(line.isprintable() for line in lines)
    if len(lines) > 1 and printable and not text.startswith((" ", "\n")):
        mark, kept = ("|", lines[:-1]) if text.endswith("\n") else ("|-", lines)
        if kept[-1]:
            pad = " " * indent
            return "\n".join([mark, *(f"{pad}{line}" if line else "" for line in kept)])
    quoted = json.dumps(text, ensure_ascii=False)
    return "".join(c if c.isprintable() else f"\\U{ord(c):08x}" for c in quoted)


# Plans


def record_fields(**fields: Any) -> dict[str, Any]:
    """Return the fields of a valid amber record, with `fields` in their place; None drops one."""
    valid: dict[str, Any] = {
        "ref": "REC1",
        "section": "governance",
        "title": "Keep a register of every repair.",
        "response": "The register is being built.",
        "rag": "amber",
        "due": "2024-07",
        "owners": ["Company Secretary"],
    }
    given = valid | fields
    return {name: value for name, value in given.items() if value is not None}


def settings_fields(**fields: Any) -> dict[str, Any]:
    """Return the fields of a valid ``plan.yaml`` with two sections, with `fields` in place."""
    valid: dict[str, Any] = {
        "title": "Spotlight action plan",
        "organisation": "Example Homes",
        "sections": [
            {"id": "governance", "title": "Governance"},
            {"id": "repairs", "title": "Repairs", "narrative": "What was found about repairs."},
        ],
    }
    given = valid | fields
    return {name: value for name, value in given.items() if value is not None}


def make_record(**fields: Any) -> str:
    """Return the YAML text of a valid amber record, with `fields` in place; None drops one."""
    return to_yaml(record_fields(**fields))


def make_settings(**fields: Any) -> str:
    """Return the YAML text of a valid ``plan.yaml``, with `fields` in place; None drops one."""
    return to_yaml(settings_fields(**fields))


def make_owners(*roles: str) -> str:
    """Return the YAML text of an ``owners.yaml`` with `roles`, or with those of `ROLES`."""
    return to_yaml({"owners": [{"role": role} for role in roles or ROLES]})


def small_records() -> dict[str, str]:
    """Return three valid records by ref: a green, an overdue amber and a red due soon.

    Each of `ROLES` owns one of them.
    """
    late = {"ref": "REC2", "due": "2024-03", "owners": ["Head of Repairs"]}
    soon = {"ref": "REC3", "section": "repairs", "rag": "red", "due": "2024-07-31"}
    return {
        "REC1": make_record(rag="green", due=None, evidence=EVIDENCE),
        "REC2": make_record(**late),
        "REC3": make_record(**soon, owners=["Data Manager"]),
    }


def companions() -> dict[str, str]:
    """Return valid records without numbers that use every section and every one of `ROLES`.

    Beside them, what is found in another record is about that record alone.
    """
    return {
        "B": make_record(ref="B", owners=list(ROLES)),
        "C": make_record(ref="C", section="repairs", owners=list(ROLES)),
    }


def write_plan(
    folder: Path,
    *,
    records: Mapping[str, str | bytes] | None = None,
    settings: str | bytes | None = None,
    owners: str | bytes | None = None,
) -> Path:
    """Write a small valid plan to ``folder/plan`` and return that folder.

    `records` are texts by ref, in place of all three of `small_records`; `settings` and `owners`
    are the texts of the other two files.
    """
    plan = folder / "plan"
    (plan / "recommendations").mkdir(parents=True)
    write_file(plan / "plan.yaml", make_settings() if settings is None else settings)
    write_file(plan / "owners.yaml", make_owners() if owners is None else owners)
    for ref, text in (small_records() if records is None else records).items():
        write_file(plan / "recommendations" / f"{ref}.yaml", text)
    return plan


def write_file(path: Path, content: str | bytes) -> Path:
    """Write `content` as it is: UTF-8, and no line ending is changed."""
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return path


def load_plan(plan: Path) -> Plan:
    """Return the plan in the folder `plan`, which must have no findings at all."""
    assert lint(plan).diagnostics == ()
    result = load(plan)
    assert result.errors == ()
    assert result.plan is not None
    return result.plan


def load_shipped_plan() -> Plan:
    """Return the shipped plan; golden/lint-shipped-plan.txt holds the warnings about it."""
    assert {found.severity for found in lint(SHIPPED_PLAN).diagnostics} == {Severity.WARNING}
    result = load(SHIPPED_PLAN)
    assert result.errors == ()
    assert result.plan is not None
    return result.plan


def make_item(**fields: Any) -> Recommendation:
    """Return a valid amber record in memory, with `fields` in place; None drops one."""
    return Recommendation.model_validate(record_fields(**fields))


def make_plan(*records: Mapping[str, Any], **settings: Any) -> Plan:
    """Return a plan in memory: a record for each of the given fields, in that order."""
    known = Settings.model_validate(settings_fields(**settings))
    items = [
        Recommendation.model_validate(
            record_fields(**({"ref": f"REC{number}"} | dict(fields))),
            context=known.ratings.scheme,
        )
        for number, fields in enumerate(records, 1)
    ]
    return Plan(known, tuple(Owner(role=role) for role in ROLES), tuple(items))


# What the linter says


def lint_plan(plan: Path) -> tuple[Diagnostic, ...]:
    """Return all findings about the plan in the folder `plan`, in this process."""
    return lint(plan).diagnostics


def lint_output(plan: Path, clock: Clock | None = None) -> str:
    """Return what ``kimplan lint`` prints beside the folder `plan`, in this process.

    With a `clock` it is what ``kimplan check`` finds.
    """
    return _printed(plan, lint(plan, clock=clock))


def lint_lines(plan: Path, clock: Clock | None = None) -> str:
    """Return the same as `lint_output`, without the lines of the files and the carets."""
    result = lint(plan, clock=clock)
    return _printed(plan, result._replace(diagnostics=without_excerpts(result.diagnostics)))


def without_excerpts(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return the findings without the lines of the files that they are about."""
    return tuple(found._replace(excerpt="") for found in diagnostics)


def _printed(plan: Path, result: LintResult) -> str:
    read = f"{result.files} recommendation{'' if result.files == 1 else 's'}"
    text = format_diagnostics(result.diagnostics) + format_totals(result.diagnostics, read)
    return text.replace(f"{plan.parent.as_posix()}/", "")


def lint_record(
    folder: Path,
    text: str | bytes,
    ref: str = "REC1",
    *,
    clock: Clock | None = None,
    settings: str | bytes | None = None,
    owners: str | bytes | None = None,
) -> str:
    """Return what ``kimplan lint`` says about one record beside two sound ones.

    The lines of the file, the totals and the record's path are left out, so that a finding begins
    with its line: ``6:6: error KP201 …``.
    """
    records = companions() | {ref: text}
    plan = write_plan(folder, records=records, settings=settings, owners=owners)
    said = format_diagnostics(without_excerpts(lint(plan, clock=clock).diagnostics))
    own_path = f"{plan.as_posix()}/recommendations/{ref}.yaml:"
    return said.replace(own_path, "").replace(f"{plan.parent.as_posix()}/", "")


# The command line


def cli_environment(**variables: str) -> dict[str, str]:
    """Return an environment for kimplan that holds nothing of the user's but PATH."""
    needed = ("PATH", "SYSTEMROOT", "TEMP", "TMP")
    kept = {name: os.environ[name] for name in needed if name in os.environ}
    return kept | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"} | variables


def run_cli(
    arguments: Sequence[str | Path], cwd: Path, *, encoding: str = "", **variables: str
) -> Ran:
    """Run ``python -m kimplan`` with `arguments` in the folder `cwd`, in a process of its own."""
    given, environment = [*map(str, arguments)], cli_environment(**variables)
    is_quick = forks.can_run(variables)
    code, *outputs = (forks.run if is_quick else run_new)(given, cwd, environment)
    encoding = encoding or ("utf-8" if os.name != "nt" else locale.getencoding())
    stdout, stderr = (output.decode(encoding).replace(os.linesep, "\n") for output in outputs)
    return Ran(code, stdout, stderr)


def run_new(
    arguments: Sequence[str], cwd: Path, environment: Mapping[str, str]
) -> tuple[int, bytes, bytes]:
    """Run kimplan in a process that Python is started in; return its exit code and outputs."""
    done = subprocess.run(
        [sys.executable, "-m", "kimplan", *arguments],
        cwd=cwd,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=forks.TIMEOUT,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def start_cli(
    arguments: Sequence[str], cwd: Path, stdin: int, stdout: int, stderr: int, **variables: str
) -> Callable[[], int]:
    """Begin a run with these streams, file descriptors; return what waits for its exit code."""
    environment = cli_environment(**variables)
    if forks.can_run(variables):
        server = forks.server(environment)
        server.start(arguments, cwd, environment, stdin, stdout, stderr)
        return server.wait
    process = subprocess.Popen(
        [sys.executable, "-m", "kimplan", *arguments],
        cwd=cwd,
        env=environment,
        stdin=stdin,
        stdout=stdout,
        stderr=stderr,
    )
    return partial(process.wait, timeout=forks.TIMEOUT)


# What is costly is made once


_made: dict[Hashable, Path] = {}
_store = tempfile.TemporaryDirectory(prefix="kimplan-tests-")


def made_once(name: Hashable, folder: Path, make: Callable[[Path], None]) -> None:
    """Copy to `folder` what `make` makes, which it does once in each process of the tests."""
    if name not in _made:
        made = Path(tempfile.mkdtemp(dir=_store.name))
        make(made)
        _made[name] = made
    shutil.copytree(_made[name], folder, symlinks=True, dirs_exist_ok=True)


# git

# A commit takes half the time where git does not look whether there is something to tidy up.
NO_UPKEEP = {
    "GIT_CONFIG_COUNT": "2",
    "GIT_CONFIG_KEY_0": "maintenance.auto",
    "GIT_CONFIG_VALUE_0": "false",
    "GIT_CONFIG_KEY_1": "gc.auto",
    "GIT_CONFIG_VALUE_1": "0",
}


def git(folder: Path, *arguments: str) -> str:
    """Run git in `folder` with a fixed identity and clock, and return what it prints."""
    identity = {
        f"GIT_{who}_{what}": value
        for who in ("AUTHOR", "COMMITTER")
        for what, value in (
            ("NAME", "A. Tester"),
            ("EMAIL", "tester@example.org"),
            ("DATE", "2024-05-01T09:00:00+00:00"),
        )
    }
    done = subprocess.run(
        ["git", *arguments],
        cwd=folder,
        env=cli_environment(**identity, **NO_UPKEEP),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=60,
        check=True,
    )
    return done.stdout.decode("utf-8").strip()


def head_of(folder: Path) -> str:
    """Return the name of the commit that is HEAD; git need not be asked, as a rule."""
    top = folder / ".git"
    with contextlib.suppress(OSError):
        reference = (top / "HEAD").read_text().removeprefix("ref: ").strip()
        return (top / reference).read_text().strip()
    return git(folder, "rev-parse", "HEAD")


def init_repository(folder: Path) -> None:
    """Make `folder` an empty git repository whose files are kept byte by byte."""

    def make(made: Path) -> None:
        git(made, "init", "--quiet", "--initial-branch=main", "--template=")
        git(made, "config", "core.autocrlf", "false")
        for name in ("hooks", "info"):  # as in the usual template, but without its samples
            (made / ".git" / name).mkdir()

    made_once("empty repository", folder, make)


def make_repository(folder: Path) -> str:
    """Commit everything in `folder` to a new git repository there; return the commit's name."""
    init_repository(folder)
    return commit_all(folder)


def commit_all(folder: Path, message: str = "Change the plan") -> str:
    """Commit everything in the repository `folder`; return the commit's name."""
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", message)
    return head_of(folder)


# Quick and slow

gc.disable()  # until everything is collected: ten thousand tests are many objects, and no garbage

_QUICK = "not slow"  # as in pyproject.toml


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--hypothesis-profile") is None:
        is_quick = config.getoption("-m") == _QUICK
        hypothesis.settings.load_profile("quick" if is_quick else "steady")


def pytest_collection_finish() -> None:
    """Leave what was imported and collected out of the search for garbage from now on."""
    gc.collect()
    gc.freeze()
    gc.enable()


# Modules that start programs anew, make repositories or whole Word files: a newcomer's line leaves
# them to CI, which runs everything.
_SLOW = (
    "ci/test_action.py",
    "ci/test_form_workflow.py",
    "ci/test_init_pipelines.py",
    "ci/test_mail_workflow.py",
    "ci/test_pre_commit.py",
    "ci/test_publishing.py",
    "ci/test_release.py",
    "ci/test_report_action.py",
    "ci/test_workflows.py",
    "mail/test_mail_page.py",
    "mail/test_mail_sending.py",
    "merge/test_merge_examples.py",
    "properties/test_forms.py",
    "properties/test_hints.py",
    "properties/test_histories.py",
    "properties/test_mended_files.py",
    "properties/test_order.py",
    "properties/test_reading.py",
    "properties/test_workbook_round_trip.py",
    "test_answers_cli.py",
    "test_at_cli.py",
    "test_board_cli.py",
    "test_brag.py",
    "test_changes_cli.py",
    "test_check_cli.py",
    "test_cli.py",
    "test_codeowners_cli.py",
    "test_command_line_cli.py",
    "test_completion_cli.py",
    "test_docs_commands.py",
    "test_endings_cli.py",
    "test_export_html_cli.py",
    "test_export_xlsx_cli.py",
    "test_feeds_cli.py",
    "test_fix_cli.py",
    "test_form_cli.py",
    "test_group_cli.py",
    "test_history_cli.py",
    "test_init_cli.py",
    "test_lint_typed_cli.py",
    "test_many_plans.py",
    "test_merge_cli.py",
    "test_new_cli.py",
    "test_no_date.py",
    "test_owners_cli.py",
    "test_pager_cli.py",
    "test_promise.py",
    "test_remind_cli.py",
    "test_remind_issues_cli.py",
    "test_report_cli.py",
    "test_schema_cli.py",
    "test_stops_cli.py",
    "test_streams_cli.py",
    "test_update_cli.py",
    "test_verify_cli.py",
    "unit/changes/test_between.py",
    "unit/cli/test_plain_values.py",
    "unit/cli/test_spared.py",
    "unit/edits/test_record_file.py",
    "unit/edits/test_update.py",
    "unit/exchange/test_read_sheets.py",
    "unit/export/test_calendar_file.py",
    "unit/export/test_workbook_file.py",
    "unit/forge/test_call.py",
    "unit/forge/test_certificates.py",
    "unit/forge/test_issues.py",
    "unit/forge/test_keep.py",
    "unit/formatters/test_letter_markdown.py",
    "unit/git/test_revisions.py",
    "unit/history/test_pieces.py",
    "unit/history/test_timeline.py",
    "unit/intake/test_own_workbook.py",
    "unit/mail/test_mail_message.py",
    "unit/model/test_language.py",
    "unit/report/test_position.py",
    "unit/report/test_since.py",
    "unit/rules/test_fields_of_rules.py",
    "unit/snapshot/test_base.py",
    "word/test_changes.py",
    "word/test_language.py",
    "word/test_markers.py",
    "word/test_reproducible.py",
    "word/test_sections.py",
    "word/test_template_pages.py",
    "word/test_templates.py",
    "word/test_usual_rows.py",
)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Spare the quick run the import of modules that it leaves out, unless one is named."""
    is_quick = config.getoption("-m") == _QUICK and collection_path.is_relative_to(TESTS)
    left_out = is_quick and collection_path.relative_to(TESTS).as_posix() in _SLOW
    return True if left_out else None


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: Iterable[pytest.Item]) -> None:
    """Mark as slow those modules, and what needs a program that not everybody has."""
    for item in items:
        needs = {mark.name for mark in item.iter_markers()} & {"libreoffice", "schemas", "browser"}
        if needs or item.path.relative_to(TESTS).as_posix() in _SLOW:
            item.add_marker("slow")


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    if config.getoption("-m") == _QUICK:
        terminalreporter.write_line('The slow tests were left out: pytest -m "" runs them too.')


def pytest_unconfigure() -> None:
    forks.stop_servers()
    _store.cleanup()


# Whole outputs


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the expected outputs anew")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Compare a text with the file that holds the expected one, or write it there."""

    def check(path: Path, actual: str) -> None:
        if request.config.getoption("--update-golden"):
            write_file(path, actual)
        expected = path.read_bytes().decode("utf-8").replace("\r\n", "\n")
        lines = difflib.unified_diff(
            expected.splitlines(), actual.splitlines(), path.name, "actual", lineterm=""
        )
        assert actual == expected, "\n".join(lines)

    return check
