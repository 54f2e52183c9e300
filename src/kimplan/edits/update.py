"""What an owner wants changed in one record, and the text that says so."""

from __future__ import annotations

from copy import deepcopy
from typing import Any, NamedTuple

from kimplan.edits import keys
from kimplan.edits.actions import change_action
from kimplan.edits.dates import entries, new_revision, nothing_moves, promised, read_due
from kimplan.edits.exception import add_exception, remove_exception
from kimplan.edits.layout import CannotEditError
from kimplan.edits.owners import change_owners, owners_of
from kimplan.edits.proved import says_only
from kimplan.edits.record_file import BOM
from kimplan.edits.refusal import RefusedError
from kimplan.edits.request import Update
from kimplan.edits.scalar import says_the_same, wrap
from kimplan.errors import KimplanError
from kimplan.model.due import show_day
from kimplan.model.rating import Rating
from kimplan.source import parse, shown
from kimplan.source.file import MAX_BYTES

_VERIFIED = ("rag", "response", "completed", "evidence")


class Updated(NamedTuple):
    """The text after a change, and what was done beside what was asked for, in sentences."""

    text: str
    said: tuple[str, ...]


def update_text(text: str, update: Update) -> Updated:
    """Return the `text` of a record after `update`, and prove that nothing else changed.

    Raises RefusedError for what a rule forbids, and KimplanError for what makes no sense or
    cannot be done in this layout. `text` must be one that `parse` reads.
    """
    work = _Work(text, update)
    try:
        work.run()
    except CannotEditError:
        raise _odd_layout() from None
    if len(work.text.encode()) > MAX_BYTES - len(BOM):
        hint = "Keep documents elsewhere, and link to them."
        raise RefusedError("the file would be too large", hint, "KP006")
    if not says_only(text, work.text, work.value):
        raise _odd_layout()
    return Updated(work.text, tuple(work.said))


def _odd_layout() -> KimplanError:
    message = "the file is laid out in a way in which this change cannot be made by itself"
    return KimplanError(message, "Make it with --edit.")


class _Work:
    """A record's text while it is changed, and beside it what it must say in the end."""

    def __init__(self, text: str, update: Update) -> None:
        self.text = text
        self.update = update
        self.value: dict[str, Any] = deepcopy(parse(text).value or {})
        self._first = deepcopy(self.value)
        self.said: list[str] = []
        self._old = _rating(self.value)
        self._rag = update.rag or self._old

    def run(self) -> None:
        """Make the changes, each in its place."""
        self._ask_for_evidence()
        self._ask_for_promise()
        self._set_rag()
        if self.update.action:
            self.text, self.value["actions"] = change_action(self.text, self.value, self.update)
        else:
            self._move_due()
            self._set_owners()
        self._complete()
        self._add_evidence()
        update = self.update
        if update.note:
            note = {"on": update.on.isoformat(), "by": update.by, "note": update.note}
            self._append("progress", {key: text for key, text in note.items() if text})
        if update.response:
            self._put_response(update.response)
        self._verify()

    # The rating

    def _ask_for_evidence(self) -> None:
        """Refuse a new green that nothing proves and nobody speaks for."""
        update = self.update
        turns_green = self._rag is Rating.GREEN and self._old is not Rating.GREEN
        has_evidence = bool(update.evidence) or bool(entries(self.value, "evidence"))
        if update.no_evidence and (self._rag is not Rating.GREEN or has_evidence):
            why = "there is evidence" if has_evidence else f"it is {self._rag or 'not green'}"
            message = f"there is no exception to make: {why}"
            raise KimplanError(message, "Leave --no-evidence out.")
        if turns_green and not has_evidence and not update.no_evidence:
            message = "green asks for evidence, and there is none"
            hint = "Give --evidence 'TITLE=LINK', or say why there can be none: --no-evidence."
            raise RefusedError(message, hint, "KP803")

    def _ask_for_promise(self) -> None:
        """Refuse a rating that becomes open without a date or an owner."""
        rag, update = self._rag, self.update
        if rag is None or not rag.is_open or rag is self._old:
            return
        if not update.due and not self.value.get("due"):
            raise RefusedError(f"{rag} needs a due date", "Give --due DATE as well.", "KP301")
        if not update.owners and not update.add_owners and not self.value.get("owners"):
            raise RefusedError(f"{rag} needs an owner", "Give --owner ROLE as well.", "KP402")

    def _set_rag(self) -> None:
        rag = self._rag
        if rag is not None and rag is not self._old:
            self._put("rag", str(rag))
        self._excuse()
        if rag is not None and rag is not self._old:
            self._clear(rag)

    def _excuse(self) -> None:
        """Write why there is no evidence, and take away a comment that says so no longer."""
        update = self.update
        if self._rag is not Rating.GREEN or update.evidence or update.no_evidence:
            bare = remove_exception(self.text)
            if bare != self.text and not update.no_evidence:
                self.said.append("The comment that excused the missing evidence is taken away.")
            self.text = bare
        if update.no_evidence:
            self.text = add_exception(self.text, update.no_evidence)

    def _clear(self, rag: Rating) -> None:
        """Take away what a new rating contradicts (KP306); what was promised stays."""
        for key in ("completed", "verified") if rag.is_open else ():
            if key in self.value:
                self._remove(key)
                self.said.append(f"'{key}' is taken away: {rag} is not complete (KP306).")

    def _complete(self) -> None:
        update, rag = self.update, self._rag
        day = update.completed
        if day and rag is not Rating.GREEN:
            message = f"it cannot be completed while it is {rag or 'without a rating'}"
            code = "KP306" if rag and rag.is_open else ""
            raise RefusedError(message, "Give --rag green as well.", code)
        turns_green = rag is Rating.GREEN and self._old is not Rating.GREEN
        if day is None and turns_green and not self.value.get("completed"):
            day = update.on
        if day:
            self._put("completed", day.isoformat())

    # The due date

    def _move_due(self) -> None:
        update = self.update
        if not update.due:
            if update.reason or update.agreed_by:
                raise nothing_moves()
            return
        new, old = read_due(update.due, "--due"), promised(self.value)
        if old and not old.covers_the_same(new):
            is_chained = bool(entries(self.value, "revisions"))
            self._append("revisions", new_revision(update, old, new, is_chained=is_chained))
        elif update.reason or update.agreed_by:
            raise nothing_moves()
        if self.value.get("due") != new.text:
            self._put("due", new.text)

    # Who, and what proves it

    def _set_owners(self) -> None:
        update = self.update
        if update.owners or update.add_owners or update.remove_owners:
            wanted = owners_of(self.value, update.owners, update.add_owners, update.remove_owners)
            self.text = change_owners(self.text, wanted)
            if wanted:
                self.value["owners"] = wanted
            else:
                self.value.pop("owners", None)

    def _add_evidence(self) -> None:
        for proof in self.update.evidence:
            entry = {key: text for key, text in proof._asdict().items() if text}
            same = {key: text for key, text in entry.items() if key != "expires"}
            for old in entries(self.value, "evidence"):
                if isinstance(old, dict) and same.items() <= old.items():
                    message = f"the evidence {shown(proof.title)} is there already"
                    raise KimplanError(message, "Leave it out, or give it another title.")
            self._append("evidence", entry)

    def _verify(self) -> None:
        """Verify, anew where what was verified changes; nothing changes under a verification."""
        update, old = self.update, self.value.get("verified")
        changed = [key for key in _VERIFIED if self.value.get(key) != self._first.get(key)]
        if update.withdraw_verification:
            self._withdraw(changed)
            return
        if not update.verified_by:
            if old and changed:
                message = f"it is verified, and the {' and the '.join(changed)} would change"
                hint = "Have it verified again, --verified-by NAME, or --withdraw-verification."
                raise RefusedError(message, hint, "KP806")
            return
        if self._rag is not Rating.GREEN:
            message = f"it cannot be verified while it is {self._rag or 'without a rating'}"
            code = "KP306" if self._rag and self._rag.is_open else ""
            raise RefusedError(message, "Give --rag green as well.", code)
        entry = {"by": update.verified_by, "on": update.on.isoformat()}
        if old == entry:
            if changed:
                message = "it was verified by the same person on the same day, before this change"
                raise RefusedError(
                    message, "Use --withdraw-verification, and verify later.", "KP806"
                )
            return
        if old and changed:
            self._remove("verified")
        elif old:
            message = "it was verified before, and a verification is never rewritten"
            day = f"it was on {show_day(update.on)}"
            raise RefusedError(message, f"Say in a note that {day}: --note TEXT.", "KP802")
        self.text = keys.put_map(self.text, "verified", entry)
        self.value["verified"] = entry

    def _withdraw(self, changed: list[str]) -> None:
        if "verified" not in self.value:
            raise KimplanError("it is not verified", "Leave --withdraw-verification out.")
        if not changed:
            message = "a verification is withdrawn only together with what it verified"
            raise RefusedError(
                message, "Give what changes as well: --response, --evidence.", "KP802"
            )
        self._remove("verified")
        self.said.append("The verification is withdrawn.")

    def _put_response(self, response: str) -> None:
        old = self.value.get("response")
        if isinstance(old, str) and says_the_same(old.strip("\n "), response):
            return
        new = wrap(response)
        if "response" not in self.value:
            self.text = keys.put_text(self.text, "response", "x")
        self.text = keys.set_text(self.text, ("response",), new, prose=True)
        written = (parse(self.text).value or {}).get("response")
        is_same = isinstance(written, str) and says_the_same(written, response)
        self.value["response"] = written if is_same else response

    # One change, of the text and of what it must say

    def _put(self, key: str, new: str) -> None:
        self.text = keys.put_text(self.text, key, new)
        self.value[key] = new

    def _remove(self, key: str) -> None:
        self.text = keys.remove_key(self.text, key)
        del self.value[key]

    def _append(self, key: str, entry: dict[str, str]) -> None:
        before = entries(self.value, key)
        self.text = keys.append(self.text, key, entry)
        added = (parse(self.text).value or {}).get(key)
        written = added[-1] if isinstance(added, list) and added else None
        self.value[key] = [*before, written if _is_same(written, entry) else entry]


def _is_same(written: Any, entry: dict[str, str]) -> bool:
    """Return whether an entry says what it should; how its texts are wrapped does not count."""
    if not isinstance(written, dict) or list(written) != list(entry):
        return False
    return all(
        isinstance(written[key], str) and says_the_same(written[key].rstrip("\n"), text)
        for key, text in entry.items()
    )


def _rating(value: dict[str, Any]) -> Rating | None:
    found = value.get("rag")
    return Rating(found) if isinstance(found, str) and found in list(Rating) else None
