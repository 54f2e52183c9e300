"""What an owner of a record is told of who is to own it, and what follows from doing so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from conftest import lint_plan, make_record, small_records, to_yaml, write_plan
from following import Desk

from kimplan.diagnostic import Correction, Diagnostic
from kimplan.writing.correction import corrected

REGISTRY = """\
owners:
  - role: Company Secretary
  - role: Head of Repairs
    name: Jo Smith
    email: jo.smith@example.org
    handle: "@josmith"
  - role: Data Manager
    name: Al Green
"""


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path, owners=REGISTRY)


def only(desk: Desk, text: str) -> Diagnostic:
    [found] = desk.findings(text)
    return found


def owned_by(*owners: str, **fields: Any) -> str:
    return make_record(owners=list(owners), **fields)


@pytest.mark.parametrize(
    "entry",
    [
        "TBC",
        "TBD",
        "N/A",
        "n/a",
        "None",
        "-",
        "?",
        "Unknown",
        "To be confirmed",
        "Vacant",
        "T.B.C.",
    ],
)
def test_an_entry_for_nobody_asks_who_will_own_it(entry: str, desk: Desk) -> None:
    found = only(desk, owned_by(entry))
    assert (found.code, found.location.line, found.location.column) == ("KP401", 8, 5)
    assert found.message == f"'{entry}' is no owner: nobody owns it yet"
    assert found.hint == (
        f"Say who will own it, or who decides that. The roles stand in {desk.plan}/owners.yaml."
    )
    assert found.correction is None


@pytest.mark.parametrize("entry", ["Everyone", "All", "all staff", "Various"])
def test_what_all_own_nobody_does(entry: str, desk: Desk) -> None:
    found = only(desk, owned_by(entry))
    assert found.message == f"'{entry}' is no owner: what all own, nobody does"
    assert found.hint.startswith("Name each role that owns it. ")


@pytest.mark.parametrize("entry", ["as above", "Ditto", "See above."])
def test_a_reference_is_no_role(entry: str, desk: Desk) -> None:
    found = only(desk, owned_by(entry))
    assert found.message == f"'{entry}' names no role"
    assert found.hint.startswith("Write the role itself. ")


def test_the_line_may_go_where_nobody_is_needed(desk: Desk) -> None:
    said = "Say who will own it, or who decides that, or delete the line. "
    for text in (
        owned_by("TBC", rag="not-applicable", due=None),
        owned_by("TBC", "Data Manager"),
        owned_by("Data Manager", actions=[{"title": "Write it.", "owner": "TBC"}]),
    ):
        assert only(desk, text).hint.startswith(said)
        without = "".join(line for line in text.splitlines(keepends=True) if "TBC" not in line)
        assert (
            desk.findings(without.replace("owners:\n", "" if "not-" in text else "owners:\n")) == ()
        )


@pytest.mark.parametrize(
    "entry",
    [
        "Jo Smith",
        "jo smith",
        "Smith, Jo",
        "J. Smith",
        "Ms Jo Smith",
        "@josmith",
        "josmith",
        "jo.smith@example.org",
        "mailto:jo.smith@example.org",
        "Jo Smith ",
    ],
)
def test_a_registered_person_stands_for_the_role(entry: str, desk: Desk) -> None:
    text = owned_by("Data Manager").replace("  - Data Manager", f'  - "{entry}"')
    found = only(desk, text)
    assert found.message == f"'{entry.strip()}' is a person, and an owner is a role"
    assert found.hint == "Write the role that this person holds: 'Head of Repairs'."
    assert found.correction == Correction(8, 8, ('  - "Head of Repairs"',))
    assert desk.findings(desk.follow(text)) == ()


@pytest.mark.parametrize(
    "entry",
    [
        "Head of repair",
        "HEAD OF REPAIRS",
        "Head of Repairs.",
        "HoR",
        "Hd of Repairs",
        "Head of Repiars",
        "the Head of Repairs",
        "Head of Repairs (Jo Smith)",
        "Head-of-Repairs",
        "Jo Smith (Head of Repairs)",
        "Head of Repairs - Jo Smith",
        "Head of Repairs/HoR",
    ],
)
def test_one_role_written_in_another_way_is_that_role(entry: str, desk: Desk) -> None:
    text = owned_by("Data Manager").replace("  - Data Manager", f"  - {entry}")
    found = only(desk, text)
    assert found.message == f"the owner '{entry}' is not in {desk.plan}/owners.yaml"
    assert found.hint == "Did you mean 'Head of Repairs'?"
    assert found.correction == Correction(8, 8, ("  - Head of Repairs",))
    assert desk.findings(desk.follow(text)) == ()


@pytest.mark.parametrize(
    ("entry", "hint"),
    [
        (
            "Head of Repairs (TBC)",
            "Write 'Head of Repairs' if that is who will own it, without what is not sure.",
        ),
        (
            "Deputy Head of Repairs",
            "Did you mean 'Head of Repairs'? If not, add '- role: Deputy Head of Repairs' to "
            '{}/owners.yaml, or run kimplan owners add "Deputy Head of Repairs".',
        ),
        (
            "Head of Repairs (North)",
            "Did you mean 'Head of Repairs'? If not, add '- role: Head of Repairs (North)' "
            'to {}/owners.yaml, or run kimplan owners add "Head of Repairs (North)".',
        ),
        ("Jo", "Did you mean 'Head of Repairs', which Jo Smith holds?"),
        ("CS", "Did you mean 'Company Secretary'?"),
        ("JS", "Did you mean 'Head of Repairs'?"),
        (
            "Ann Other",
            "A person? Write the role, and register it with 'name: Ann Other'. A role? Add "
            "'- role: Ann Other' to {}/owners.yaml, or run kimplan owners add \"Ann Other\".",
        ),
        (
            "ann@example.org",
            "Write the role, and in {}/owners.yaml 'email: ann@example.org' below '- role: …'.",
        ),
        ("@ann", "Write the role, and in {}/owners.yaml 'handle: \"@ann\"' below '- role: …'."),
        ("Board", "Add '- role: Board' to {}/owners.yaml, or run kimplan owners add \"Board\"."),
        (
            "Repairs: North",
            "Add '- role: \"Repairs: North\"' to {}/owners.yaml, "
            'or run kimplan owners add "Repairs: North".',
        ),
        (
            "Estates, Finance",
            "If these are several roles, write a line each; if it is one, add '- role: "
            'Estates, Finance\' to {}/owners.yaml, or run kimplan owners add "Estates, Finance".',
        ),
        (
            "Data",
            "Did you mean 'Data Manager'? If not, add '- role: Data' to {}/owners.yaml, "
            'or run kimplan owners add "Data".',
        ),
        ("12", "Write one of the roles in {}/owners.yaml."),
        ("Ann Other (left)", "Write the role that owns it now, whoever holds it."),
        ("Ms Smith", "Did you mean 'Head of Repairs', which Jo Smith holds?"),
        (
            "Ann <ann@example.org>",
            "Write the role, and in {}/owners.yaml 'email: ann@example.org' below '- role: …'.",
        ),
    ],
)
def test_what_may_mean_anything_is_left_to_its_owner(entry: str, hint: str, desk: Desk) -> None:
    found = only(desk, owned_by(entry))
    assert found.code == "KP401"
    assert found.hint == hint.replace("{}", desk.plan.as_posix())
    assert found.correction is None


@pytest.mark.parametrize(
    "entry",
    [
        "Head of Repairs, Data Manager",
        "Jo Smith and Al Green",
        "Head of repair / Al Green",
        "Head of Repairs & the Data Manager",
        "HoR; Data Managers",
    ],
)
def test_two_roles_get_a_line_each(entry: str, desk: Desk) -> None:
    text = owned_by(entry).replace(f'"{entry}"', entry)
    found = only(desk, text)
    assert (found.code, found.message) == ("KP404", f"'{entry}' runs 2 roles together")
    assert found.hint == "Write a line each: 'Head of Repairs' and 'Data Manager'."
    assert found.correction == Correction(8, 8, ("  - Head of Repairs", "  - Data Manager"))
    assert desk.findings(desk.follow(text)) == ()


def test_words_between_two_roles_are_not_dropped_unasked(desk: Desk) -> None:
    found = only(desk, owned_by("Head of Repairs with the help of the Data Manager"))
    assert (found.code, found.correction) == ("KP404", None)


def test_an_action_has_one_owner(desk: Desk) -> None:
    actions = [{"title": "Write it.", "owner": "Jo Smith and Al Green"}]
    found = only(desk, make_record(actions=actions))
    assert found.code == "KP404"
    assert found.hint == (
        "An action has one owner; make one of each: 'Head of Repairs' and 'Data Manager'."
    )
    assert found.correction is None


def test_a_role_that_is_there_already_is_not_written_again(desk: Desk) -> None:
    text = owned_by("Jo Smith", "Head of Repairs")
    found = only(desk, text)
    assert found.hint == "Delete the line: 'Head of Repairs' is among the owners already."
    assert found.correction == Correction(8, 8, ())
    assert desk.findings(desk.follow(text)) == ()


def in_registry(folder: Path, **fields: str) -> tuple[str, list[Diagnostic]]:
    """Return an owners.yaml whose last role has `fields`, and what is said of it."""
    last = {"role": "Data Manager"} | fields
    text = to_yaml({"owners": [{"role": "Company Secretary"}, {"role": "Head of Repairs"}, last]})
    records = {
        ref: record.replace("Data Manager", last["role"]) for ref, record in small_records().items()
    }
    plan = write_plan(folder, records=records, owners=text)
    return text, [one for one in lint_plan(plan) if one.location.path.endswith("owners.yaml")]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"role": "TBC"}, "the role 'TBC' names nobody"),
        ({"role": "Everyone"}, "the role 'Everyone' names nobody"),
        (
            {"role": "Jo Smith", "name": "Jo Smith"},
            "the role 'Jo Smith' is a person's name, not a role",
        ),
        ({"role": "jo@example.org"}, "the role 'jo@example.org' is a person's email, not a role"),
        ({"role": "@jo"}, "the role '@jo' is a person's handle, not a role"),
    ],
)
def test_a_registered_role_is_a_role(fields: dict[str, str], message: str, tmp_path: Path) -> None:
    _, [found] = in_registry(tmp_path, **fields)
    assert (found.code, found.message) == ("KP406", message)


@pytest.mark.parametrize(
    "email",
    [
        "jo at example.org",
        "<jo@example.org>",
        "Jo Smith <jo@example.org>",
        "jo@example.org.",
        "mailto:jo@example.org",
        "jo @example.org",
        "jo(at)example(dot)org",
    ],
)
def test_an_address_with_something_around_it_is_mended(email: str, tmp_path: Path) -> None:
    text, [found] = in_registry(tmp_path, email=email)
    assert (found.code, found.hint) == ("KP407", "Write the address alone.")
    assert found.correction is not None
    assert "jo@example.org" in found.correction.lines[0]
    plan = write_plan(tmp_path / "mended", owners=corrected(text, found.correction))
    assert lint_plan(plan) == ()


@pytest.mark.parametrize(
    ("email", "why", "hint"),
    [
        (
            "jo@",
            "nothing stands behind the @",
            "Write the whole address, such as name@example.org.",
        ),
        (
            "jo@example",
            "its domain has no ending, such as .org.uk",
            "Write the whole address, such as name@example.org.",
        ),
        ("jo", "it has no @", "Write the whole address, such as name@example.org."),
        ("TBC", "nobody has it yet", "Delete the line until there is one."),
        (
            "@jo",
            "a handle is not one",
            "Write 'handle: \"@jo\"', or an address such as name@example.org.",
        ),
        (
            "jo@example.org, al@example.org",
            "there are several",
            "Write one address that these people share, or register a role for each.",
        ),
    ],
)
def test_an_address_that_is_none_says_why(email: str, why: str, hint: str, tmp_path: Path) -> None:
    _, [found] = in_registry(tmp_path, email=email)
    assert found.message == f"'{email}' is no e-mail address: {why}"
    assert (found.hint, found.correction) == (hint, None)


def test_a_name_that_is_nobodys_is_told(tmp_path: Path) -> None:
    _, [found] = in_registry(tmp_path, name="Vacant")
    assert (found.message, found.hint) == (
        "the name 'Vacant' is nobody's",
        "Delete the line until somebody holds the role.",
    )


@pytest.mark.parametrize("email", ["o'brien@example.co.uk", "jo.smith+plan@a-b.example.org"])
def test_a_sound_address_is_left_alone(email: str, tmp_path: Path) -> None:
    assert in_registry(tmp_path, email=email)[1] == []


def test_what_is_beside_a_role_is_left_out(desk: Desk) -> None:
    text = make_record().replace("  - Company Secretary", "  - role: Head of Repairs\n    name: Jo")
    found = only(desk, text)
    assert (found.code, found.message) == (
        "KP103",
        "'owners[1]' must be a role, not keys and values",
    )
    assert found.hint.startswith("Write the role alone, '- Head of Repairs'; ")


@pytest.mark.parametrize("entry", ["see REC5", "As REC 5", "Nobody yet", "Recruitment in progress"])
def test_words_that_name_no_role_are_no_role_to_register(entry: str, desk: Desk) -> None:
    found = only(desk, owned_by(entry))
    assert found.code == "KP401"
    assert "names no role" in found.message or "nobody owns it yet" in found.message


@pytest.mark.parametrize("entry", ["Jo Smith (left)", "Jo Smith - left in June"])
def test_the_role_of_who_has_left_stays(entry: str, desk: Desk) -> None:
    text = owned_by(entry)
    found = only(desk, text)
    assert found.message == f"'{entry}' is a person, and an owner is a role"
    assert desk.findings(desk.follow(text)) == ()
