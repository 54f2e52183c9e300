"""The import of a file, from its tables to what would be written; nothing is written here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path, PurePath
from typing import NamedTuple

from kimplan.edits.record_file import refs
from kimplan.errors import KimplanError
from kimplan.intake.draft import Draft
from kimplan.intake.existing import Beside, beside
from kimplan.intake.gather import Gathered, gather, organisation_in
from kimplan.intake.own_book.book import OwnBook, own_book_in
from kimplan.intake.own_book.differing import differing
from kimplan.intake.own_book.gathering import GatheredBook, gather_book
from kimplan.intake.own_book.proof import prove_book
from kimplan.intake.proof import Proof, prove
from kimplan.intake.prose import clean
from kimplan.intake.questions import Kind, Notebook, Question
from kimplan.intake.written import (
    owners_text,
    plan_text,
    record_text,
    registry_text,
    roles_of,
    settings_text,
)
from kimplan.loader import PlanFolder
from kimplan.loader.folder import OWNERS, RECOMMENDATIONS
from kimplan.sheet import SheetFile
from kimplan.source.file import MAX_BYTES
from kimplan.whereabouts import SETTINGS


class Request(NamedTuple):
    """What was asked for: columns by label, one table, and what the source may not say.

    `more` are other settings of a new plan on one line each, such as its audience.
    """

    told: Mapping[str, str] = {}
    table: str = ""
    title: str = ""
    organisation: str = ""
    more: Mapping[str, str] = {}


class Prepared(NamedTuple):
    """What an import would write, what it asks and says, and the proof.

    `files` are a new plan's, by their names below its folder. `beside` is for a plan that is
    there.
    """

    gathered: Gathered
    notebook: Notebook
    proof: Proof
    files: Mapping[str, str] = {}
    beside: Beside | None = None


def refuse_report(file: SheetFile) -> None:
    """Raise KimplanError for a report of kimplan's own, which another command takes."""
    if file.is_report:
        message = f"{file.name} is a report that kimplan made of a plan"
        hint = f"kimplan merge {file.name} takes the edits made in it back into the plan."
        raise KimplanError(message, hint)


def says_its_name(file: SheetFile) -> bool:
    """Return whether the file says whose plan it is: a workbook that kimplan made of one does."""
    return own_book_in(file) is not None


def prepare_new(file: SheetFile, request: Request, answers: Mapping[str, str]) -> Prepared:
    """Return a new plan of `file`, with what is left open.

    Raises KimplanError for a file that holds no plan's table, or one with two meanings.
    """
    notebook = Notebook(answers)
    if (own := _own_book(file, request)) is not None:
        return _prepare_book(file, own, request, notebook)
    gathered = gather(file, notebook, request.told, request.table)
    settings = _settings(gathered, request, answers, notebook)
    records = {draft.ref: record_text(draft) for draft in gathered.drafts}
    files = {SETTINGS: settings, OWNERS: owners_text(roles_of(gathered.drafts))}
    files |= {f"{RECOMMENDATIONS}/{ref}.yaml": text for ref, text in records.items()}
    _refuse_too_long(files)
    proof = prove(gathered, records, settings, notebook.used)
    return Prepared(gathered, notebook, proof, files)


def prepare_beside(
    root: Path, file: SheetFile, request: Request, answers: Mapping[str, str]
) -> Prepared:
    """Return what the plan in `root` would get of `file`; raises as `prepare_new` does."""
    notebook = Notebook(answers)
    if (own := _own_book(file, request)) is not None:
        return _prepare_book_beside(root, file, own, notebook)
    scheme = PlanFolder(root).scheme()
    gathered = gather(file, notebook, request.told, request.table, refs(root), scheme)
    found = beside(root, gathered)
    _refuse_too_long({SETTINGS: found.settings.text, **found.files})
    placed = gathered._replace(drafts=found.drafts)
    proof = prove(placed, found.files, found.settings.text, notebook.used)
    return Prepared(gathered, notebook, proof, beside=found)


def _own_book(file: SheetFile, request: Request) -> OwnBook | None:
    """Return the workbook that kimplan made, unless something else is wanted of it."""
    return None if request.told or request.table else own_book_in(file)


def _prepare_book(file: SheetFile, own: OwnBook, request: Request, notebook: Notebook) -> Prepared:
    """Return a new plan of a workbook that kimplan made."""
    found = gather_book(file, own, notebook)
    files = _book_files(found, found.gathered.drafts)
    _refuse_too_long(files)
    proof = prove_book(own, files, notebook)
    asked = {"title": request.title, "organisation": request.organisation, **request.more}
    tree = found.tree | {name: text for name, text in asked.items() if text}
    return Prepared(found.gathered, notebook, proof, {**files, SETTINGS: settings_text(tree)})


def _book_files(found: GatheredBook, drafts: Sequence[Draft]) -> dict[str, str]:
    files = {SETTINGS: settings_text(found.tree), OWNERS: registry_text(found.owners)}
    return files | {f"{RECOMMENDATIONS}/{one.ref}.yaml": record_text(one) for one in drafts}


def _prepare_book_beside(root: Path, file: SheetFile, own: OwnBook, notebook: Notebook) -> Prepared:
    """Return what a plan that is there would get of a workbook that kimplan made."""
    found = gather_book(file, own, notebook)
    held = beside(root, found.gathered)
    _refuse_too_long({SETTINGS: held.settings.text, **held.files})
    otherwise = differing(root, own, found.owners, roles_of(held.new))
    held = held._replace(differs=(*held.differs, *otherwise))
    proof = prove_book(own, _book_files(found, found.gathered.drafts), notebook)
    return Prepared(found.gathered, notebook, proof, beside=held)


def _settings(
    gathered: Gathered, request: Request, answers: Mapping[str, str], notebook: Notebook
) -> str:
    title = request.title or answers.get("title", "") or gathered.file.title
    title = " ".join(clean(title or PurePath(gathered.file.name).stem).split())[:600]
    organisation = request.organisation or answers.get("organisation", "")
    if not organisation:
        organisation = organisation_in(gathered.columns)
        kind = Kind.ORGANISATION
        taken = organisation or "TODO"
        notebook.say(Question(kind, "organisation", "not said in the source", taken=taken))
    return plan_text(gathered, title or "Action plan", organisation, request.more)


def _refuse_too_long(files: Mapping[str, str]) -> None:
    for name, text in files.items():
        if len(text.encode()) > MAX_BYTES:
            message = f"{name} would be longer than a plan's file may be"
            raise KimplanError(message, "Shorten it in the source, and link to the rest.")
