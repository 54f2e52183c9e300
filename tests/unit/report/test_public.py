"""What may be published of a plan: nothing internal is left in it, and nothing else is lost."""

from __future__ import annotations

from typing import Any

import pytest
from conftest import AS_OF, make_plan

from kimplan.errors import KimplanError
from kimplan.model.plan import Owner, Plan
from kimplan.model.recommendation import Recommendation
from kimplan.report.position import position_of
from kimplan.report.private_words import Kind
from kimplan.report.public import Published, publish, publish_earlier
from kimplan.report.request import Request

JANE = Owner(
    role="Head of Repairs", name="Dr Jane Ann Smith", email="jane.s@example.org", handle="@jsmith"
)
ADDRESS, NAME, REF = "[address removed]", "[name removed]", "[not published]"


def with_jane(*records: dict[str, Any], **settings: Any) -> Plan:
    return make_plan(*records, **settings)._replace(owners=(JANE, Owner(role="Board")))


def response(text: str, **settings: Any) -> str:
    return publish(with_jane({"response": text}, **settings)).plan.recommendations[0].response


def kinds(published: Published) -> list[tuple[str, Kind]]:
    return [(place, found.kind) for place, found in published.notes]


def test_a_plan_with_nothing_internal_stays_as_it_is() -> None:
    plan = make_plan(
        {"response": "Done by the **Board**, see [it](https://example.org/a).\n\n- at noon"},
        {"evidence": [{"title": "Register", "link": "https://example.org/@x"}]},
    )
    published = publish(plan)
    assert published.plan == plan
    assert published.notes == ()
    assert published.sentences == []


def test_records_that_are_not_for_publication() -> None:
    plan = make_plan(
        {"rag": "green", "due": None},
        {"publish": "false", "due": "2020-01", "section": "repairs"},
        {"rag": "not-applicable", "due": None, "superseded_by": "rec2", "response": "See REC2."},
    )
    published = publish(plan)
    assert [item.ref for item in published.plan.recommendations] == ["REC1", "REC3"]
    last = published.plan.recommendations[1]
    assert last.superseded_by is None
    assert last.response == f"See {REF}."
    assert [section.id for section in published.plan.settings.sections] == ["governance"]
    assert published.withheld == ("REC2",)
    position = position_of(published.plan, Request(AS_OF, ""))
    assert position.startswith("1 of 2 recommendations is complete (Green)")
    assert published.sentences == [
        "not for publication: REC2",
        "refs of unpublished recommendations were taken out: REC3 response",
    ]


def test_a_published_record_that_took_another_ones_place_is_named_as_it_names_itself() -> None:
    plan = make_plan({}, {"rag": "not-applicable", "due": None, "superseded_by": "rec1"})
    assert publish(plan).plan.recommendations[1].superseded_by == "REC1"


def test_a_section_that_is_empty_by_itself_stays() -> None:
    assert [one.id for one in publish(make_plan({})).plan.settings.sections] == [
        "governance",
        "repairs",
    ]


@pytest.mark.parametrize(
    "said", ["REC2", "rec2", "Rec 2", "REC-2", "REC_2", "Rec. 2", "**REC**2", "REC2-related"]
)
def test_a_ref_is_known_however_it_is_written(said: str) -> None:
    plan = make_plan({"response": f"See {said} now."}, {"publish": "false"})
    left = publish(plan).plan.recommendations[0].response
    assert left == f"See {REF}{'-related' if said.endswith('related') else ''} now."


@pytest.mark.parametrize("said", ["REC20", "AREC2", "REC2a", "REC2.1", "REC2-1", "RE C2", "REC"])
def test_what_is_another_ref(said: str) -> None:
    plan = make_plan({"response": f"See {said} now."}, {"publish": "false"})
    assert publish(plan).plan.recommendations[0].response == f"See {said} now."


def test_a_link_that_holds_an_unpublished_ref() -> None:
    evidence = [{"title": "Register", "link": "https://example.org/REC2.pdf"}]
    text = "[It](https://example.org/rec2) is up"
    plan = make_plan({"response": text, "evidence": evidence}, {"publish": "false"})
    item = publish(plan).plan.recommendations[0]
    assert (item.response, item.evidence[0].link) == ("It is up", None)


@pytest.mark.parametrize("ref", ["4", "4.2", "A-B"])
def test_a_ref_that_is_a_number_or_a_word_stays_in_texts(ref: str) -> None:
    plan = make_plan({"response": f"In {ref} cases."}, {"ref": ref, "publish": "false"})
    assert publish(plan).plan.recommendations[0].response == f"In {ref} cases."


def test_a_plan_of_which_nothing_is_for_publication() -> None:
    with pytest.raises(KimplanError, match="nothing of the plan is for publication"):
        publish(make_plan({"publish": "false"}))


def test_own_fields_that_are_not_for_publication() -> None:
    fields = [
        {"id": "paper", "label": "Board paper", "publish": "false"},
        {"id": "where", "label": "Where", "type": "link"},
        {"id": "level", "label": "Level"},
    ]
    columns = [
        {"field": name, "label": name}
        for name in ("ref", "fields.paper", "fields.level", "verified", "progress")
    ]
    values = {"paper": "Secret", "where": "papers/x.pdf", "level": "High"}
    published = publish(make_plan({"fields": values}, fields=fields, columns=columns)).plan
    assert published.recommendations[0].fields == {"level": "High"}
    assert [one.field for one in published.settings.columns] == ["ref", "fields.level"]
    assert [one.id for one in published.settings.fields] == ["where", "level"]


def test_a_plan_whose_columns_are_all_internal_has_others() -> None:
    plan = make_plan({}, columns=[{"field": "progress", "label": "Notes"}])
    assert [one.field for one in publish(plan).plan.settings.columns] == [
        "ref",
        "recommendation",
        "rag",
    ]


def test_notes_signatures_and_reasons_are_gone() -> None:
    move = {
        "from": "2024-03",
        "to": "2024-07",
        "reason": "Hush",
        "agreed_by": "Mo",
        "on": "2024-03-01",
    }
    item = publish(
        make_plan(
            {
                "rag": "green",
                "verified": {"by": "Mo", "on": "2024-05-01"},
                "progress": [{"on": "2024-05-01", "by": "Mo", "note": "Hush"}],
                "revisions": [move],
                "actions": [
                    {"title": "Do it", "owner": "Board", "due": "2024-06", "revisions": [move]}
                ],
            },
        )
    ).plan.recommendations[0]
    assert (item.verified, item.progress) == (None, [])
    moves = [*item.revisions, *item.actions[0].revisions]
    assert [(one.reason, one.agreed_by) for one in moves] == [("–", None)] * 2
    assert str(item.first_agreed) == "March 2024"
    assert item.actions[0].owner == "Board"


def test_of_the_registry_the_roles_are_left() -> None:
    owners = publish(with_jane({})).plan.owners
    assert [one.model_dump(exclude_none=True) for one in owners] == [
        {"role": "Head of Repairs"},
        {"role": "Board"},
    ]


def test_a_role_that_owns_nothing_but_what_is_withheld_is_left_out() -> None:
    hidden = {
        "publish": "false",
        "owners": ["Board"],
        "actions": [{"title": "x", "owner": "Crisis Team"}],
    }
    plan = make_plan({"owners": ["board"]}, hidden)
    owners = tuple(Owner(role=role) for role in ("Board", "Crisis Team", "Nobody's role"))
    found = publish(plan._replace(owners=owners)).plan.owners
    assert [one.role for one in found] == ["Board", "Nobody's role"]


def test_an_id_that_names_somebody_is_said() -> None:
    plan = with_jane({}, fields=[{"id": "jane-smith", "label": "Level"}])
    assert publish(plan).sentences == [
        "left as it is, look whether it names somebody: plan.yaml fields 1 id (“jane-smith”)"
    ]


@pytest.mark.parametrize(
    "name",
    ["Jane Ann Smith", "Dr Jane Ann Smith", "jane smith", "JANE SMITH", "Jane\n  Smith",
     "Jane Smith",
     "Smith, Jane", "Smith, Jane Ann", "J. Smith", "J Smith", "Ms Smith", "Mrs. Smith", "Dr Smith",
     "jane.smith", "jane_smith", "Jane-Smith", "Jane    Smith", "Jane\n        Smith",
     "Jane\u00a0Smith", "Jane\u200bSmith", "Ja\u00adne Smith", "Jáne Smith", "JaneSmith",
     "janesmith", "JSmith", "j. smith", "J. SMITH", "J SMITH", "Jane B. Smith", "Jane Ann",
     "J. A. Smith", "J.A. Smith", "J.A.Smith", "J. Ann Smith", "Smith, J.", "Smith, J", "Smith J.",
     "Rev J. Smith", "Ms Ann Smith", "Jane \\_ Smith"],
)  # fmt: skip
def test_names_of_the_registry(name: str) -> None:
    assert response(f"Ask {name}'s team.").replace("Dr ", "") == f"Ask {NAME}'s team."


@pytest.mark.parametrize(
    "text",
    ["A smithy.", "Goldsmith Janeway", "At a price.",
     "Jane's Smithfield", "Jean Smithson", "j smith"],
)  # fmt: skip
def test_what_is_no_name_of_the_registry(text: str) -> None:
    assert response(text) == text


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Jane Smith (interim)", "Jane Smith"),
        ("Jane Smith OBE", "Ms Smith"),
        ("Jane Smith, Director", "J. Smith"),
        ("Smith, Jane", "Jane Smith"),
        ("Smith, Jane", "Ms Smith"),
        ("Jo Bloggs / Jane Smith", "Jane Smith"),
        ("Jo Bloggs & Jane Smith", "Jo Bloggs"),
        ("Jo Bloggs and Jane Smith", "J. Smith"),
        ("Jane Smith - vacant", "Jane Smith"),
        ("Sean O'Brien", "Sean O’Brien"),
        ("Sean O’Brien", "Mr O'Brien"),
        ("Jane Hill-Jones", "Jane Hill‑Jones"),
        ("Jane Hill-Jones", "Jane Hill Jones"),
        ("José García", "Jose Garcia"),
        ("Jose Garcia", "José García"),
        ("Jürgen Weiß", "JÜRGEN WEISS"),
        ("Jürgen Weiss", "Jürgen Weiß"),
        ("Łukasz Żak", "Lukasz Zak"),
        ("Bob Finch", "Bob ﬁnch"),
        ("Maria de la Cruz", "Ms de la Cruz"),
        ("Maria de la Cruz", "M. de la Cruz"),
    ],
)
def test_names_as_registries_and_texts_write_them(name: str, said: str) -> None:
    plan = make_plan({"response": f"Ask {said}."})
    plan = plan._replace(owners=(Owner(role="Board", name=name),))
    assert publish(plan).plan.recommendations[0].response == f"Ask {NAME}."


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("Will", "They will ask Will and WILL.", f"They will ask {NAME} and {NAME}."),
        ("Repairs and Voids", "Repairs and voids.", f"{NAME}."),
        ("Repairs and Voids", "Repairs are due.", "Repairs are due."),
    ],
)
def test_names_that_are_words_as_well(name: str, text: str, said: str) -> None:
    plan = make_plan({"response": text})
    plan = plan._replace(owners=(Owner(role="Board", name=name),))
    assert publish(plan).plan.recommendations[0].response == said


@pytest.mark.parametrize("name", ["Vacant", "TBC", "Vacant post", "n/a"])
def test_nobody_has_no_name(name: str) -> None:
    plan = make_plan({"response": "The post is vacant; TBC, n/a."})
    plan = plan._replace(owners=(Owner(role="Board", name=name),))
    assert publish(plan).plan == plan._replace(owners=(Owner(role="Board"),))


@pytest.mark.parametrize(
    "text", ["a" * 19_000 + " @", "@ " + "a.b-" * 4_700, "[" * 19_000, "](http://" * 2_000 + "@",
             "[Jane](http://x/" * 1_200, "J.A." * 4_700, "Jane" + " " * 19_000, "e\u0301" * 9_000,
             "REC" + " " * 19_000, "Jane " * 3_800,
             "**Jane" * 3_000, "https://a/" * 1_900, "@a/" * 6_000]
)  # fmt: skip
def test_no_text_keeps_the_search_for_ever(text: str) -> None:
    assert response(text)


def test_a_name_in_other_letters_than_it_was_registered_in() -> None:
    plan = make_plan({"response": "Ask Jose\u0301 Núñez."})
    plan = plan._replace(owners=(Owner(role="Board", name="José Nu\u0301n\u0303ez"),))
    assert publish(plan).plan.recommendations[0].response == f"Ask {NAME}."


def test_a_name_is_not_hidden_by_mark_up() -> None:
    assert response("Ask **Jane** Smith now.") == f"Ask **{NAME}** now."
    assert response("Ask Jane **Smith** now.") == f"Ask **{NAME}** now."
    assert response("Ask [Jane](https://example.org) Smith.") == f"Ask {NAME}."


@pytest.mark.parametrize(
    "text",
    ["mail a@example.org now", "mail jo.bloggs+x@mail.example.org now",
     "mail o’neil@example.org now",
     "mail mailto:a@example.org now", "mail A@localhost now", "mail a (at) example.org now",
     "mail a [at] example.org now", "mail a＠example.org now", "mail jane.s@example.org now"],
)  # fmt: skip
def test_addresses(text: str) -> None:
    said = response(text)
    assert said == f"mail {ADDRESS} now"


@pytest.mark.parametrize("text", ["call @jsmith now", "call @JSmith now", "call @other/team now"])
def test_handles(text: str) -> None:
    assert response(text) == f"call {NAME} now"


@pytest.mark.parametrize("text", ["5 @ 3 pounds", "at noon (at home)", "@ 5pm", "a@ b"])
def test_what_is_neither_address_nor_handle(text: str) -> None:
    assert response(text) == text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[Write](mailto:x@example.org) to us", "Write to us"),
        ("[Write](<mailto:x@example.org>) to us", "Write to us"),
        ("[Write](mailto:x%40example.org?subject=Hello) to us", "Write to us"),
        ("[Write](MAILTO:x@example.org \"title\") to us", "Write to us"),
        ("[Site](https://example.org/~jsmith/a) is up", "Site is up"),
        ("[Site](https://example.org/?to=x%40example.org) is up", "Site is up"),
        ("[Site](https://example.org/people/jane_smith) is up", "Site is up"),
        ("[Site](https://example.org/smith.j) is up", "Site is up"),
        ("[Site](https://example.org/?u=jane%2520smith) is up", "Site is up"),
        ("See https://jane.s:pw@example.org/a now", f"See {ADDRESS} now"),
        ("See https://example.org/people/Jane-Smith now", f"See {ADDRESS} now"),
        ("See https://example.org/@51.5,0.1 now", "See https://example.org/@51.5,0.1 now"),
        ("[Site](https://example.org/a) is up", "[Site](https://example.org/a) is up"),
    ],
)  # fmt: skip
def test_links(text: str, said: str) -> None:
    assert response(text) == said


def test_evidence() -> None:
    evidence = [
        {"title": "Note by Jane Smith", "link": "docs/note.pdf"},
        {"title": "Page", "link": "https://example.org/jsmith"},
        {"title": "Site", "link": "https://example.org/x"},
        {"title": "Mail", "link": "mailto:x@example.org"},
        {"title": "Script", "link": "javascript:alert(1)"},
    ]
    published = publish(with_jane({"evidence": evidence}))
    found = published.plan.recommendations[0].evidence
    assert [(one.title, one.link) for one in found] == [
        (f"Note by {NAME}", None),
        ("Page", None),
        ("Site", "https://example.org/x"),
        ("Mail", None),
        ("Script", None),
    ]
    assert kinds(published)[:2] == [
        ("REC1 evidence 1 title", Kind.NAME),
        ("REC1 evidence 1 link", Kind.PATH),
    ]


def test_owners_that_are_people() -> None:
    plan = with_jane({"owners": ["Jane Smith", "Head of Repairs (J. Smith)", "Head of Repairs"]})
    assert publish(plan).plan.recommendations[0].owners == [
        NAME,
        f"Head of Repairs ({NAME})",
        "Head of Repairs",
    ]


def test_what_may_name_somebody_is_left_and_said() -> None:
    plan = with_jane(
        {
            "response": "Jane will tell Ravi Patel of the Board. May 2024.",
            "progress": [{"on": "2024-05-01", "by": "Ravi Patel", "note": "x"}],
        },
    )
    published = publish(plan)
    assert (
        published.plan.recommendations[0].response
        == "Jane will tell Ravi Patel of the Board. May 2024."
    )
    assert published.sentences == [
        "left as it is, look whether it names somebody: REC1 response (“Jane”), "
        "REC1 response (“Ravi Patel”)"
    ]


def test_who_changed_the_files_is_said_where_a_text_names_them() -> None:
    plan = make_plan({"response": "Ravi Patel and Westward Housing Group and bot did it."})
    plan = plan._replace(
        settings=plan.settings.model_copy(update={"organisation": "Westward Housing Group"})
    )
    assert publish(plan, ["Ravi Patel", "Westward Housing Group", "bot"]).sentences == [
        "left as it is, look whether it names somebody: REC1 response (“Ravi Patel”)"
    ]


def test_a_plan_as_it_was_holds_nothing_that_is_private_now() -> None:
    now = with_jane({}, {"publish": "false"}, {"publish": "false"})
    text = "Jane Smith saw REC2 and Al Lee."
    was = make_plan({"response": text}, {}, {"publish": "false"})
    was = was._replace(owners=(Owner(role="Board", name="Al Lee"),))
    found = publish_earlier(was, now)
    assert [(one.ref, one.response) for one in found.recommendations] == [
        ("REC1", f"{NAME} saw {REF} and {NAME}.")
    ]


def test_a_plan_as_it_was_of_which_nothing_is_public() -> None:
    assert publish_earlier(make_plan({}), make_plan({"publish": "false"})).recommendations == ()


def test_what_may_be_the_name_of_an_account_is_said() -> None:
    said = publish(with_jane({"response": "Done by jsmith and smithj."})).sentences
    assert said == [
        "left as it is, look whether it names somebody: REC1 response (“jsmith”)",
    ]


def test_the_marks_are_in_the_language_of_the_plan() -> None:
    assert response("Ask Jane Smith.", language="cy") == "Ask [tynnwyd yr enw]."


SECRET = "Jane Smith, jane.s@example.org, @jsmith, x@example.org"


def _everywhere() -> dict[str, Any]:
    """Return a record with secrets in each text that it has."""
    return {
        "title": SECRET,
        "detail": f"- {SECRET}\n\n**{SECRET}**",
        "response": SECRET,
        "due": "none agreed",
        "due_reason": SECRET,
        "owners": [SECRET],
        "evidence": [{"title": SECRET, "link": "https://example.org/jsmith"}],
        "verified": {"by": SECRET, "on": "2024-05-01"},
        "progress": [{"on": "2024-05-01", "by": SECRET, "note": SECRET}],
        "revisions": [
            {"from": "2024-03", "to": "2024-07", "reason": SECRET, "agreed_by": SECRET,
             "on": "2024-03-01"}
        ],
        "actions": [{"title": SECRET, "owner": SECRET}],
        "fields": {"a": SECRET, "b": SECRET},
    }  # fmt: skip


def test_no_text_of_any_field_keeps_a_secret() -> None:
    record = _everywhere()
    missing = Recommendation.model_fields.keys() - record.keys()
    assert missing == {"ref", "section", "rag", "superseded_by", "completed", "publish"}
    published = publish(
        with_jane(
            record,
            title=SECRET,
            organisation=SECRET,
            audience=SECRET,
            source={"title": SECRET, "publisher": SECRET, "link": "mailto:x@example.org"},
            sections=[{"id": "governance", "title": SECRET, "narrative": SECRET}],
            fields=[
                {"id": "a", "label": f"A {SECRET}", "type": "text"},
                {"id": "b", "label": SECRET, "type": "choice", "choices": [SECRET]},
            ],
            columns=[{"field": "ref", "label": SECRET}],
            ratings={"green": {"label": SECRET, "meaning": SECRET, "date": SECRET}},
        )
    )
    whole = repr(published.plan).casefold()
    for secret in ("jane", "smith", "@", "example.org", "mailto"):
        assert secret not in whole
