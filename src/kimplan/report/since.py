"""What happened to a plan since its last report, asked of version control once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from kimplan.changes.between import Between, read_between
from kimplan.changes.fields import Change, Kind
from kimplan.changes.records import RecordChange
from kimplan.characters import make_visible
from kimplan.history.months import Month, read_months
from kimplan.history.timeline import Entry, tell
from kimplan.model.language import ENGLISH, Language
from kimplan.model.plan import Plan
from kimplan.plural import count
from kimplan.report.only import Only
from kimplan.report.origin import Origin
from kimplan.snapshot.checkout import Checkout, find_checkout

MOST_MONTHS = 12
_LONGEST_NAME = 100
NOT_COMMITTED = "not committed"


class Since(NamedTuple):
    """The changes, what each commit changed, and the months.

    `notes` is what could not be seen; `is_cut_off` tells that the clone lacked older history.
    """

    between: Between
    entries: tuple[Entry, ...]
    months: tuple[Month, ...]
    notes: tuple[str, ...] = ()
    is_cut_off: bool = False

    def of(self, only: Only) -> Since:
        """Return what happened to a part of the plan.

        That is what happened to the recommendations that belong to it now, and to those that
        belonged to it before they were removed. In an earlier month others may have belonged to it.
        """
        between = self.between
        records = [one for one in between.records if only.has(one.item)]
        items = list(filter(only.has, between.items))
        months = (one._replace(items=tuple(filter(only.has, one.items))) for one in self.months)
        return self._replace(
            between=between._replace(records=records, items=items), months=tuple(months)
        )

    def changed_by(self, record: RecordChange, change: Change, language: Language = ENGLISH) -> str:
        """Return who last made `change`, and on which day: ``Company Secretary, 14 March 2024``."""
        made = [entry for entry in self._story(record) if _makes(entry, change)]
        same = (entry for entry in made if any(c.after == change.after for c in entry.changes))
        entry = next(same, made[0] if made else None)
        if entry is None:
            return language.say("not known")
        if not entry.commit:
            return language.say(NOT_COMMITTED)
        # Any character may stand in a name that git keeps, also those that Word cannot hold.
        author = make_visible(" ".join(entry.author.split())[:_LONGEST_NAME]) or language.say(
            "nobody named"
        )
        return f"{author}, {language.day(entry.day)}" if entry.day else author

    def _story(self, record: RecordChange) -> Iterator[Entry]:
        """Yield what was done to a record, the latest first, also under its earlier refs."""
        ref = record.item.ref.casefold()
        for entry in reversed(self.entries):
            earlier = next((c.before for c in entry.changes if c.kind is Kind.RENUMBERED), "")
            if entry.ref.casefold() == ref:
                yield entry
                ref = earlier.casefold() or ref
            elif earlier.casefold() == ref:
                yield entry


def _makes(entry: Entry, change: Change) -> bool:
    # git may take a file that went and another that came for one that was renamed.
    kinds = [change.kind]
    if change.kind in {Kind.ADDED, Kind.REMOVED}:
        kinds.append(Kind.RENUMBERED)
    return any(made.kind in kinds and made.action == change.action for made in entry.changes)


def read_since(folder: Path, plan: Plan, revision: str, as_of: date) -> Since:
    """Return what happened to the plan in `folder` since a revision or a day.

    Raises KimplanError where there is no such revision or git cannot be asked.
    """
    checkout, timezone = find_checkout(folder), plan.settings.timezone
    between = read_between(folder, plan, revision, None, as_of, checkout)
    entries = tell(folder, checkout, None, timezone).entries
    months = read_months(checkout, as_of, timezone, MOST_MONTHS - 1)
    return _since(checkout, between, entries, months)


def read_since_at(checkout: Checkout, plan: Plan, revision: str, commit: str, as_of: date) -> Since:
    """Return the same of the `plan` as it was at a `commit`, in the folder of `checkout`."""
    timezone = plan.settings.timezone
    between = read_between(checkout.folder, plan, revision, commit, as_of, checkout)
    entries = tell(None, checkout, None, timezone, commit).entries
    months = read_months(checkout, as_of, timezone, MOST_MONTHS - 1, commit)
    return _since(checkout, between._replace(until_day=as_of), entries, months)


def read_since_again(checkout: Checkout, plan: Plan, origin: Origin, as_of: date) -> Since:
    """Return what was returned when a report was made at the commit of `origin`."""
    since = read_since_at(checkout, plan, origin.since, origin.commit, as_of)
    since_day = origin.since_day or since.between.since_day
    return since._replace(between=since.between._replace(since_day=since_day))


def _since(
    checkout: Checkout, between: Between, entries: tuple[Entry, ...], months: tuple[Month, ...]
) -> Since:
    notes = tuple(_notes([*between.remarks, *between.notes], entries, checkout))
    return Since(between, entries, months, notes, checkout.is_shallow)


def _notes(unseen: Sequence[str], entries: Sequence[Entry], checkout: Checkout) -> Iterator[str]:
    yield from unseen
    if broken := sum(bool(entry.problem) for entry in entries):
        states = count(broken, "earlier state")
        yield f"{states} of the files could not be understood and passed over"
    if checkout.is_shallow:
        yield "this is a shallow clone, which lacks the older part of the history"
