"""The rows of a workbook's sheets to records, as trees of what their files hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple, TypeAlias

from kimplan.answers.tables import book
from kimplan.answers.tables.book_columns import BookColumn
from kimplan.answers.tables.book_settings import Tree
from kimplan.answers.tables.table import Kind
from kimplan.intake.own_book.book import BookTable, OwnBook
from kimplan.intake.own_book.values import Values, is_promise
from kimplan.intake.questions import Kind as Asked
from kimplan.intake.questions import Notebook, Question
from kimplan.model.due import NotADateError, parse_day
from kimplan.model.recommendation import Action, Recommendation
from kimplan.model.refs import is_ref
from kimplan.sheet import SheetRow

Record: TypeAlias = dict[str, Tree]
_ORDER = [field.alias or name for name, field in Recommendation.model_fields.items()]
_ACTION_ORDER = list(Action.model_fields)
_LAST = 1_000_000_000


class Line(NamedTuple):
    """A row of a sheet: what the files write for each of its cells, by the keys of the columns."""

    row: SheetRow
    place: str
    values: dict[str, str]


class Taken(NamedTuple):
    """The records by their refs, and the rows that they were made of."""

    records: dict[str, Record]
    lines: dict[str, Line]


class Reader:
    """Makes records of a workbook; what cannot be known is asked."""

    def __init__(self, own: OwnBook, values: Values, notebook: Notebook) -> None:
        self._own, self._values, self._notebook = own, values, notebook

    def lines(self, name: str) -> list[Line]:
        """Return the rows with words in them of the sheet `name`; none where there is no sheet."""
        table = self._own.tables.get(name)
        return list(self._lines(table)) if table else []

    def _lines(self, table: BookTable) -> Iterator[Line]:
        for row in table.rows:
            pairs = zip(table.columns, row.cells, strict=True)
            values = {
                column.key: value
                for column, cell in pairs
                if column and (value := self._values.read(column, cell))
            }
            if any(not cell.is_blank for cell in row.cells):
                yield Line(row, f"{table.sheet.name}, row {row.number}", values)

    def read(self) -> Taken:
        """Return the records, in the order of the sheet of the plan."""
        taken, known = Taken({}, {}), {""}
        for line in self.lines(book.PLAN):
            ref = self._ref(line)
            if ref.casefold() in known:
                self._set_aside(line)
                continue
            known.add(ref.casefold())
            taken.records[ref] = self._record(ref, line)
            taken.lines[ref] = line
        self._add(taken, book.EVIDENCE, "evidence", _evidence)
        self._add(taken, book.PROGRESS, "progress", _note)
        self._add(taken, book.ACTIONS, "actions", _action)
        self._add_revisions(taken)
        for ref, record in taken.records.items():
            taken.records[ref] = _ordered(record, _ORDER)
        return taken

    def _ref(self, line: Line) -> str:
        """Return the ref of a row, empty for one that says none, or what can be none."""
        ref = line.values.get("ref", "")
        if not ref or is_ref(ref):
            return ref
        question = Question(Asked.REF_UNCLEAR, f"{line.place}/ref", ref, place=line.place)
        answer = self._notebook.ask(question)
        return answer if is_ref(answer) else ""

    def _record(self, ref: str, line: Line) -> Record:
        said = line.values
        record: Record = {"ref": ref}
        for key in ("section", "title", "detail", "response", "due_reason", "superseded_by"):
            if key in said:
                record[key] = said[key]
        if "rating" in said:
            record["rag"] = self._rating(ref, said["rating"])
        if "due" in said:
            record["due"] = self._promise(f"{ref}/due", said["due"], line.place)
        if "completed" in said:
            record["completed"] = self._day(f"{ref}/completed", said["completed"], line.place)
        if "owners" in said:
            record["owners"] = list(said["owners"].split("\n"))
        if "verified_by" in said or "verified_on" in said:
            keys = {"by": "verified_by", "on": "verified_on"}
            record["verified"] = {to: said[key] for to, key in keys.items() if key in said}
        if said.get("publish", "true") != "true":
            record["publish"] = said["publish"]
        if own := self._own_values(said):
            record["fields"] = own
        return record

    def _own_values(self, said: Mapping[str, str]) -> dict[str, Tree]:
        declared = (field.id for field in self._own.settings.fields)
        return {name: said[f"fields.{name}"] for name in declared if f"fields.{name}" in said}

    def _rating(self, ref: str, text: str) -> str:
        words = self._own.settings.ratings.scheme.words
        if text in words:
            return text
        question = Question(Asked.RATING_UNCLEAR, f"{ref}/rag", text, tuple(words))
        return self._notebook.ask(question) or text

    def _promise(self, where: str, text: str, place: str) -> str:
        if is_promise(text):
            return text
        question = Question(Asked.DATE_UNCLEAR, where, text, place=place)
        return self._notebook.ask(question) or text

    def _day(self, where: str, text: str, place: str) -> str:
        try:
            parse_day(text)
        except NotADateError:
            question = Question(Asked.DATE_UNCLEAR, where, text, place=place)
            return self._notebook.ask(question) or text
        return text

    def _add(
        self, taken: Taken, sheet: str, key: str, make: Callable[[Mapping[str, str]], Record]
    ) -> None:
        """Put the rows of a sheet into the records that they belong to."""
        for record, line in self._of_records(taken, sheet):
            entries = record.setdefault(key, [])
            if isinstance(entries, list):
                entries.append(make(line.values))

    def _of_records(self, taken: Taken, sheet: str) -> Iterator[tuple[Record, Line]]:
        """Yield each row with its record, by their numbers; set those of no record aside."""
        by_ref = {ref.casefold(): record for ref, record in taken.records.items()}
        for line in sorted(self.lines(sheet), key=_place):
            record = by_ref.get(line.values.get("ref", "").casefold())
            if record is not None:
                yield record, line
            elif not _is_sentence(line):
                self._set_aside(line)

    def _add_revisions(self, taken: Taken) -> None:
        places = self._places_of_actions(taken)
        for record, line in self._of_records(taken, book.REVISIONS):
            holder: Tree | None = record
            if number := line.values.get("action"):
                holder = places.get((str(record["ref"]), number))
            if not isinstance(holder, dict):
                self._set_aside(line)
                continue
            entries = holder.setdefault("revisions", [])
            if isinstance(entries, list):
                entries.append(_revision(line.values))
        for action in places.values():
            ordered = _ordered(action, _ACTION_ORDER)
            action.clear()
            action.update(ordered)

    def _places_of_actions(self, taken: Taken) -> dict[tuple[str, str], Record]:
        found: dict[tuple[str, str], Record] = {}
        times: dict[str, int] = {}
        for record, line in self._of_records(taken, book.ACTIONS):
            ref = str(record["ref"])
            at = times[ref] = times.get(ref, 0) + 1
            actions = record.get("actions")
            entry = actions[at - 1] if isinstance(actions, list) else None
            if isinstance(entry, dict):
                found[ref, line.values.get("number", str(at))] = entry
        return found

    def _set_aside(self, line: Line) -> None:
        words = " | ".join(" ".join(cell.text.split()) for cell in line.row.cells if cell.blocks)
        question = Question(Asked.NOT_TAKEN, value=words, place=line.place)
        if question not in self._notebook.said:
            self._notebook.say(question)


def _is_sentence(line: Line) -> bool:
    """Return whether a row says nothing but that there are no rows."""
    return sum(not cell.is_blank for cell in line.row.cells) == 1 and line.values.get(
        "ref", ""
    ).endswith(".")


def _place(line: Line) -> tuple[str, int, int]:
    action, number = (line.values.get(key, "") for key in ("action", "number"))
    return "", _number(action, 0), _number(number, _LAST)


def _number(text: str, otherwise: int) -> int:
    return int(text) if text.isdecimal() and len(text) < len(str(_LAST)) else otherwise


def _picked(said: Mapping[str, str], keys: Iterable[str]) -> Record:
    return {key: said[key] for key in keys if key in said}


def _evidence(said: Mapping[str, str]) -> Record:
    return _picked(said, ("title", "link", "expires"))


def _note(said: Mapping[str, str]) -> Record:
    return _picked(said, ("on", "by", "note"))


def _action(said: Mapping[str, str]) -> Record:
    return _picked(said, ("title", "owner", "due", "done"))


def _revision(said: Mapping[str, str]) -> Record:
    return _picked(said, ("from", "to", "reason", "agreed_by", "on"))


def _ordered(record: Record, order: list[str]) -> Record:
    return {key: record[key] for key in order if key in record}


def prose_keys(columns: Iterable[BookColumn | None]) -> frozenset[str]:
    """Return the names of the plan's own fields that hold paragraphs."""
    own = (one for one in columns if one and one.key.startswith("fields."))
    return frozenset(one.key.removeprefix("fields.") for one in own if one.kind is Kind.PROSE)
