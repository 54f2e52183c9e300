"""Calendars as bytes, read back by the letter of RFC 5545 and by another library."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from calendars import Component, read_calendar
from conftest import AS_OF, TESTS, Golden, make_plan
from hypothesis import given
from hypothesis import strategies as st
from needed import needed

from kimplan.answers.agenda import Entry, Promised, agenda
from kimplan.export.calendar import CalendarLook, calendar_file
from kimplan.schedule import promises

vobject = needed("vobject")
LOOK = CalendarLook("Example Homes: Spotlight", "Europe/London", AS_OF, "9.9")
ENTRY = Entry("an-id", 0, date(2024, 7, 31), "REC1: Do it.", "Due: July 2024", "AMBER")
HOSTILE = [
    "a\r\nBEGIN:VALARM\r\nACTION:PROCEDURE\r\nEND:VALARM",
    "a\nEND:VEVENT\nEND:VCALENDAR",
    "a\rATTACH:https://example.org",
    "commas, semicolons; colons: and \\ backslashes \\n \\, \\; \\\\",
    '"quoted";X-PARAM="a":b',
    "=CMD|' /C calc'!A0",
    "😀" * 60,
    "é" * 37 + "😀" * 3,
    " leading and trailing ",
    "\u0085 next line, \u2028 line, \u2029 paragraph",
    "שלום العربية",
    "<script>alert(1)</script> https://example.org",
    "x" * 600,
]


def events(entries: Sequence[Entry], look: CalendarLook = LOOK) -> list[Component]:
    root = read_calendar(calendar_file(entries, look))
    assert {part.name for part in root.parts} <= {"VEVENT"}
    return root.parts


def test_the_whole_file(golden: Golden) -> None:
    move = {"from": "2024-03", "to": "2024-07", "reason": "Re-planned.", "on": "2024-03-20"}
    plan = make_plan(
        {"revisions": [move], "actions": [{"title": "Publish, print; post", "due": "2024-04"}]},
        {"rag": "red", "due": "2024-07-15/2024-08", "title": "Ask each of the " + "tenants " * 9},
    )
    found = tuple(one for item in plan.recommendations for one in promises(item))
    later = make_plan({"rag": "not-applicable"})
    entries = [
        *agenda([Promised("", plan, found)], AS_OF),
        *agenda([Promised("", later, (), found[:1])], AS_OF),
    ]
    data = calendar_file(entries, LOOK)
    assert data == calendar_file(entries, LOOK)
    golden(TESTS / "golden" / "export" / "plan.ics.txt", data.decode().replace("\r\n", "\n"))


def test_an_event_lasts_for_all_of_its_day_and_leaves_people_free() -> None:
    (event,) = events([ENTRY._replace(sequence=3)])
    assert event.one("DTSTART")[1:] == (";VALUE=DATE", "20240731")
    assert event.one("DTEND")[1:] == (";VALUE=DATE", "20240801")
    assert event.value("TRANSP") == "TRANSPARENT"
    assert event.value("STATUS") == "CONFIRMED"
    assert event.value("SEQUENCE") == "3"
    assert event.value("DTSTAMP") == "20240531T000000Z"
    assert event.value("UID") == "an-id"


@pytest.mark.parametrize(
    ("day", "start", "end"),
    [
        (date(2024, 2, 29), "20240229", "20240301"),
        (date(2024, 12, 31), "20241231", "20250101"),
        (date(1, 1, 1), "00010101", "00010102"),
        (date(9999, 12, 31), "99991231", None),
    ],
)
def test_days_at_the_ends_of_months_and_of_time(day: date, start: str, end: str | None) -> None:
    (event,) = events([ENTRY._replace(day=day)])
    assert event.value("DTSTART") == start
    assert [one.value for one in event.properties if one.name == "DTEND"] == [end] * bool(end)


def test_alarms_come_before_what_holds_and_say_what_it_is() -> None:
    (event,) = events([ENTRY], LOOK._replace(alarms=(14, 0)))
    shown = [(a.value("ACTION"), a.value("TRIGGER"), a.text("DESCRIPTION")) for a in event.parts]
    assert shown == [("DISPLAY", "-P14D", "REC1: Do it."), ("DISPLAY", "P0D", "REC1: Do it.")]
    assert events([ENTRY], LOOK._replace(alarms=()))[0].parts == []
    (off,) = events([ENTRY._replace(is_off=True)])
    assert (off.parts, off.value("STATUS")) == ([], "CANCELLED")


def test_the_calendar_says_what_it_is() -> None:
    root = read_calendar(calendar_file([ENTRY], LOOK._replace(name="A, B; C\\D")))
    said = {one.name: one.text for one in root.properties}
    assert said == {
        "VERSION": "2.0", "PRODID": "-//kimplan//kimplan 9.9//EN", "CALSCALE": "GREGORIAN",
        "METHOD": "PUBLISH", "NAME": "A, B; C\\D", "X-WR-CALNAME": "A, B; C\\D",
        "X-WR-TIMEZONE": "Europe/London",
    }  # fmt: skip
    assert read_calendar(calendar_file([], LOOK)).parts == []


def said(text: str) -> str:
    """Return what RFC 5545 can hold of a text: its line ends are all alike."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_text(text: str) -> None:
    entry = ENTRY._replace(title=text, description=text, rating=text)
    data = calendar_file([entry, ENTRY], LOOK._replace(name=text))
    root = read_calendar(data)
    hostile, plain = root.parts
    assert root.text("X-WR-CALNAME") == root.text("NAME") == said(text)
    for name in ("SUMMARY", "DESCRIPTION", "CATEGORIES"):
        assert hostile.text(name) == said(text)
    assert [part.text("DESCRIPTION") for part in hostile.parts] == [said(text)] * 2
    assert plain == events([ENTRY])[0]


@pytest.mark.parametrize("text", HOSTILE)
def test_another_library_reads_the_same(text: str) -> None:
    entry = ENTRY._replace(title=text, description=text)
    calendar = vobject.readOne(calendar_file([entry, ENTRY], LOOK).decode())
    first, second = calendar.vevent_list
    if not set(text) & {"\x85", "\u2028", "\u2029"}:  # which it takes for ends of lines
        assert (first.summary.value, first.description.value) == (said(text), said(text))
    assert second.summary.value == "REC1: Do it."
    assert second.dtstart.value == date(2024, 7, 31)
    assert second.dtend.value == date(2024, 8, 1)
    assert [one.trigger.value for one in second.valarm_list] == [
        timedelta(days=-7), timedelta(days=-1)
    ]  # fmt: skip


_texts: Any = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\r\t"))


@given(title=_texts, description=_texts)
def test_whatever_a_plan_may_say(title: str, description: str) -> None:
    (event,) = events([ENTRY._replace(title=title, description=description)])
    assert (event.text("SUMMARY"), event.text("DESCRIPTION")) == (said(title), said(description))
