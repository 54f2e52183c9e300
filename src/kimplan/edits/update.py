"""The text of a record after what its owner asked for, proved to say that and nothing else."""

from __future__ import annotations

from typing import NamedTuple

from kimplan.edits.actions import change_action
from kimplan.edits.draft import Draft
from kimplan.edits.due_dates import move_due, nothing_moves
from kimplan.edits.exception import add_exception, remove_exception
from kimplan.edits.owners import owners_of
from kimplan.edits.proof import fits
from kimplan.edits.refusal import RefusedError
from kimplan.edits.request import Update
from kimplan.edits.verification import verify
from kimplan.errors import KimplanError
from kimplan.model.rating import Rating, Scheme
from kimplan.source import shown
from kimplan.writing.parsed_text import CannotEditError, ParsedText


class Updated(NamedTuple):
    """The text after a change, and what was done beside what was asked for, in sentences."""

    parsed: ParsedText
    said: tuple[str, ...]

    @property
    def text(self) -> str:
        """The text itself."""
        return self.parsed.text


def update_text(text: str, update: Update, scheme: Scheme = Scheme.RAG) -> Updated:
    """Return the same as `update_parsed` for a `text` that can be read."""
    return update_parsed(ParsedText.of(text), update, scheme)


def update_parsed(text: ParsedText, update: Update, scheme: Scheme = Scheme.RAG) -> Updated:
    """Return the `text` of a record after `update`, and prove that nothing else changed.

    The plan rates by the `scheme`. Raises RefusedError for what a rule forbids, and KimplanError
    for what makes no sense or cannot be done in this layout.
    """
    draft = Draft(text)
    try:
        _Work(draft, update, scheme).run()
    except CannotEditError:
        raise _odd_layout() from None
    if not fits(draft.text.text):
        hint = "Keep documents elsewhere, and link to them."
        raise RefusedError("the file would be too large", hint, "KP006")
    if not draft.is_proved():
        raise _odd_layout()
    return Updated(draft.text, tuple(draft.said))


def _odd_layout() -> KimplanError:
    message = "the file is laid out in a way in which this change cannot be made by itself"
    return KimplanError(message, "Make it with --edit.")


class _Work:
    """The changes of one update, each in its place."""

    def __init__(self, draft: Draft, update: Update, scheme: Scheme) -> None:
        self.draft = draft
        self.update = update
        self._before = dict(draft.value)
        self._old = scheme.read(draft.value.get("rag"))
        self._rag = update.rag or self._old
        self._complete_word = scheme.complete.word
        self._completes = _is_complete(self._rag) and not _is_complete(self._old)

    def run(self) -> None:
        """Make them."""
        update, draft = self.update, self.draft
        self._ask_for_evidence()
        self._ask_for_promise()
        self._set_rag()
        self._supersede()
        self._set_due()
        self._set_owners()
        self._complete()
        self._add_evidence()
        if update.response:
            draft.put_prose(("response",), update.response, wraps=not update.is_laid_out)
        verify(draft, self._before, update, self._rag, self._complete_word)
        for value in update.own:
            draft.put_own(value.id, value.text, is_prose=value.is_prose)
        if update.action:
            change_action(draft, update, update.action)
        if update.note:
            note = {"on": update.on.isoformat(), "by": update.by, "note": update.note}
            draft.add_dated(("progress",), {key: text for key, text in note.items() if text})

    def _ask_for_evidence(self) -> None:
        """Refuse a new completion that nothing proves and nobody speaks for."""
        update = self.update
        complete = self._complete_word
        has_evidence = bool(update.evidence) or bool(self.draft.entries(("evidence",)))
        if update.no_evidence and (not _is_complete(self._rag) or has_evidence):
            why = "there is evidence" if has_evidence else f"it is {self._rag or f'not {complete}'}"
            message = f"there is no exception to make: {why}"
            raise KimplanError(message, "Leave --no-evidence out.")
        if self._completes and not has_evidence and not update.no_evidence:
            message = f"{complete} asks for evidence, and there is none"
            hint = "Give --evidence 'TITLE=LINK', or say why there can be none: --no-evidence."
            raise RefusedError(message, hint, "KP803")

    def _ask_for_promise(self) -> None:
        """Refuse a rating that becomes open without a date or an owner."""
        rag, update, value = self._rag, self.update, self.draft.value
        if rag is None or not rag.is_open or rag is self._old:
            return
        if not update.due and not value.get("due"):
            hint = "Give --due DATE as well; or --due 'none agreed' with --reason."
            raise RefusedError(f"{rag} needs a due date", hint, "KP301")
        if not update.owners and not update.add_owners and not value.get("owners"):
            raise RefusedError(f"{rag} needs an owner", "Give --owner ROLE as well.", "KP402")

    def _set_rag(self) -> None:
        rag = self._rag
        if rag is not None and rag is not self._old:
            self.draft.put(("rag",), str(rag))
        self._excuse()
        if rag is not None and rag is not self._old and rag.is_open:
            self._reopen(rag)

    def _excuse(self) -> None:
        """Write why there is no evidence, and take away a comment that says so no longer."""
        update = self.update
        if not _is_complete(self._rag) or update.evidence or update.no_evidence:
            is_gone = self.draft.set_exception(remove_exception)
            if is_gone and not update.no_evidence:
                said = "The comment that excused the missing evidence is taken away."
                self.draft.said.append(said)
        if update.no_evidence:
            self.draft.set_exception(lambda text: add_exception(text, update.no_evidence))

    def _reopen(self, rag: Rating) -> None:
        """Take away what an open rating contradicts (KP306)."""
        for key in ("completed", "verified"):
            if key in self.draft.value:
                self.draft.remove((key,))
                self.draft.said.append(f"'{key}' is taken away: {rag} is not complete (KP306).")

    def _complete(self) -> None:
        update, rag = self.update, self._rag
        day = update.completed
        if day and not _is_complete(rag):
            message = f"it cannot be completed while it is {rag or 'without a rating'}"
            code = "KP306" if rag and rag.is_open else ""
            hint = f"Give --rag {self._complete_word} as well."
            raise RefusedError(message, hint, code)
        if day is None and self._completes and not self.draft.value.get("completed"):
            day = update.on
        if day:
            self.draft.put(("completed",), day.isoformat())

    def _supersede(self) -> None:
        """Say what took its place, or no longer, as where it applies again."""
        asked, key = self.update.superseded_by, ("superseded_by",)
        if asked:
            self.draft.put(key, asked)
        elif asked is not None and key[0] not in self.draft.value:
            raise KimplanError("it is not superseded", "Leave --superseded-by out.")
        elif key[0] in self.draft.value and (
            asked is not None or self._rag is not Rating.NOT_APPLICABLE
        ):
            self.draft.remove(key)
            if asked is None:
                self.draft.said.append(f"'superseded_by' is taken away: it is {self._rag}.")

    def _set_due(self) -> None:
        update = self.update
        if update.due:
            move_due(self.draft, (), update.due, update)
        elif (update.reason or update.agreed_by) and not update.action:
            raise nothing_moves()

    def _set_owners(self) -> None:
        update = self.update
        if update.owners or update.add_owners or update.remove_owners:
            value = self.draft.value
            self.draft.set_owners(
                owners_of(value, update.owners, update.add_owners, update.remove_owners)
            )

    def _add_evidence(self) -> None:
        for proof in self.update.evidence:
            entry = {key: text for key, text in proof._asdict().items() if text}
            same = {key: text for key, text in entry.items() if key != "expires"}
            for old in self.draft.entries(("evidence",)):
                if isinstance(old, dict) and same.items() <= old.items():
                    message = f"the evidence {shown(proof.title)} is there already"
                    raise KimplanError(message, "Leave it out, or give it another title.")
            self.draft.append(("evidence",), entry)


def _is_complete(rating: Rating | None) -> bool:
    return rating is not None and rating.is_complete
