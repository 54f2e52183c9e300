"""Calendars (RFC 5545), which people import or subscribe to: the only importer of icalendar."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from icalendar import Alarm, Calendar, Event, vText

from kimplan.answers.agenda import Entry

_DAY = timedelta(days=1)


class CalendarLook(NamedTuple):
    """What a calendar says beside its entries.

    `name` is what it is called, `timezone` where it lives, `as_of` the day that its entries are
    true of, and `alarms` how many days before an entry its reader is reminded.
    """

    name: str
    timezone: str
    as_of: date
    version: str
    alarms: tuple[int, ...] = (7, 1)


def calendar_file(entries: Iterable[Entry], look: CalendarLook) -> bytes:
    """Return a calendar as a file holds it; the same entries and look give the same bytes."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", f"-//kimplan//kimplan {look.version}//EN")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    for name in ("name", "x-wr-calname"):  # RFC 7986, and what programs read in fact
        calendar.add(name, vText(look.name))
    calendar.add("x-wr-timezone", vText(look.timezone))
    for entry in entries:
        calendar.add_component(_event(entry, look))
    return bytes(calendar.to_ical())


def _event(entry: Entry, look: CalendarLook) -> Event:
    """Return an event that lasts all day, and leaves its reader free on that day."""
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", datetime.combine(look.as_of, time(), UTC))
    event.add("dtstart", entry.day)
    if entry.day < date.max:  # an event without an end lasts for one day as well
        event.add("dtend", entry.day + _DAY)
    event.add("summary", entry.title)
    event.add("description", entry.description)
    event.add("categories", [entry.rating])
    if entry.link:
        event.add("url", entry.link)
    event.add("status", "CANCELLED" if entry.is_off else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    for days in () if entry.is_off else look.alarms:
        event.add_component(_alarm(entry, days))
    return event


def _alarm(entry: Entry, days: int) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", entry.title)
    alarm.add("trigger", timedelta(days=-days))
    return alarm
