"""How the files of a plan refer to each other (KP5xx)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from kimplan.characters import as_compared, shown
from kimplan.diagnostic import Correction, Diagnostic, Location, Severity
from kimplan.model.refs import Number, named_after, numbers
from kimplan.model.suggestion import did_you_mean
from kimplan.rules.base import Context, Rule

if TYPE_CHECKING:
    from kimplan.loader import LoadedFile
    from kimplan.model.recommendation import Recommendation
    from kimplan.rules.misnamed import Misnamed, Said

_FIRST_NUMBERS = 10  # numbering that begins below it begins with 1
_MOST_DIGITS = 9
_FEW = 3  # behind a full stop more is no gap: another way of counting, or 1.1 with a nought


class _RefRule(Rule):
    """A rule about records whose ref is not the name of their file.

    Who is right is known when all are read, so what is said of them waits until then.
    """

    code = ""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._held: list[tuple[str, Diagnostic]] = []

    def check(self, file: LoadedFile[Recommendation], item: Recommendation) -> Iterable[Diagnostic]:
        """Hold what may be said."""
        if not file.path.endswith(f"/{item.ref}.yaml"):
            from kimplan.rules.misnamed import as_file

            found = self.finding(file, "", ("ref",), correction=as_file(file))
            self._held.append((item.ref, found))
        return ()

    def check_plan(self) -> Iterator[Diagnostic]:
        """Find it."""
        if not self._held:
            return
        from kimplan.rules.misnamed import Misnamed

        refs = {found.location.path: ref for ref, found in self._held}
        known = Misnamed(self.context.paths, refs)
        for ref, found in self._held:
            if said := self._said(known, ref, found.location.path):
                correction = found.correction if said.is_of_ref else None
                yield found._replace(message=said.message, hint=said.hint, correction=correction)

    def _said(self, known: Misnamed, ref: str, path: str) -> Said | None:
        raise NotImplementedError


class DuplicateRef(_RefRule):
    """Two recommendations have the same ref, counting capitals and small letters as one.

    A ref names one recommendation in minutes and reports, and ``REC3.yaml`` and ``rec3.yaml`` are
    one file on Windows. Of two files the one that is not named after the ref is told: give it the
    ref that its name says, or delete it if it is a copy.
    """

    code = "KP501"
    can_be_ignored = False

    def _said(self, known: Misnamed, ref: str, path: str) -> Said | None:
        return known.taken(ref, path)


class RefIsNotFileName(_RefRule):
    """A record's ref differs from the name of its file.

    Somebody who looks for REC3 opens ``REC3.yaml``. Rename the file or correct the ref, so that
    both are the same, capitals included.
    """

    code = "KP502"

    def _said(self, known: Misnamed, ref: str, path: str) -> Said | None:
        return known.differing(ref, path)


class UnknownSection(Rule):
    """A record's section is not in ``plan.yaml``.

    The report has no place for it. Use the id of a section of ``plan.yaml``, which is not its
    title, or add the section there.
    """

    code = "KP503"
    can_be_ignored = False

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        settings = context.settings.value
        self._sections = {one.id: one.title for one in settings.sections} if settings else None

    def check(self, file: LoadedFile[Recommendation], item: Recommendation) -> Iterator[Diagnostic]:
        """Find it."""
        if self._sections is not None and item.section not in self._sections:
            message = f"the section {shown(item.section)} is not in {self.context.settings.path}"
            meant = self._meant(item.section)
            if meant:
                hint, correction = f"Write its id: {meant}.", self._instead(file, meant)
                yield self.finding(file, message, ("section",), hint, correction=correction)
            else:
                known = sorted(self._sections)
                hint = did_you_mean(item.section, known) or f"Known: {', '.join(known[:20])}."
                yield self.finding(file, message, ("section",), hint)

    def _meant(self, words: str) -> str:
        """Return the id of the one section whose title or id `words` are, but for how written."""
        from kimplan.model.form_suggestion import as_id

        wanted = as_id(words)
        known = (self._sections or {}).items()
        found = [name for name, title in known if wanted in {name, as_id(title)}]
        return found[0] if len(found) == 1 and wanted else ""

    def _instead(self, file: LoadedFile[Recommendation], section: str) -> Correction | None:
        from kimplan.writing import keys
        from kimplan.writing.correction import by_edit

        return by_edit(file.document, lambda text: keys.set_line(text, ("section",), section))


class DuplicateSetting(Rule):
    """A section, a column or an owner's role stands twice in the settings.

    Only one of the two would count, or nobody could tell them apart: two sections with one title,
    two columns with one label, two roles that differ by capitals or by a character that nobody can
    see. Delete one, or give it another name.
    """

    code = "KP504"
    can_be_ignored = False

    def check_plan(self) -> Iterator[Diagnostic]:
        """Find it."""
        settings, owners = self.context.settings, self.context.owners
        if settings.value:
            sections, columns = settings.value.sections, settings.value.columns
            ids = [one.id for one in sections]
            yield from self._twice(settings, "sections", "id", ids)
            titles = [one.title for one in sections]
            yield from self._twice(settings, "sections", "title", titles, unless=ids)
            fields = [str(column.field) for column in columns]
            yield from self._twice(settings, "columns", "field", fields)
            labels = [column.label for column in columns]
            yield from self._twice(settings, "columns", "label", labels, unless=fields)
        if owners.value:
            roles = [owner.role for owner in owners.value.owners]
            yield from self._twice(owners, "owners", "role", roles)

    def _twice(
        self,
        file: LoadedFile[Any],
        key: str,
        field: str,
        names: Sequence[str],
        unless: Sequence[str] = (),
    ) -> Iterator[Diagnostic]:
        """Find the `names` that stand twice, but for those which are so `unless` already told."""
        seen: dict[str, int] = {}
        for index, name in enumerate(names):
            first = seen.setdefault(as_compared(name), index)
            if first == index or (unless and unless[first] == unless[index]):
                continue
            at = (key, index, field)
            if names[first] == name:
                message, hint = f"{field} {shown(name)} stands twice in {key}", _HINTS[field]
            else:
                by = but_for(name, names[first])
                message = f"{field} {shown(name)} is {shown(names[first])} but for {by}"
                hint = _HINTS[field] if field in {"title", "label"} else _WHICH
            yield self.finding(file, message, at, hint)


_WHICH = "Delete one of them, and write the other everywhere."
_HINTS = {
    "id": "Delete one of them.",
    "field": "Delete one of them.",
    "role": "Delete one of them.",
    "title": "Give each section a title of its own.",
    "label": "Give each column a label of its own.",
}


def but_for(one: str, other: str) -> str:
    """Return by what two names differ that read the same."""
    if one.casefold() == other.casefold():
        return "capitals"
    if one.isprintable() and other.isprintable():
        return "spaces"
    return "a character that nobody can see"


class NoRecommendations(Rule):
    """The plan has no recommendation at all.

    A report on nothing looks like good news. Check that the files of ``recommendations/`` are
    there and end with ``.yaml``.
    """

    code = "KP505"
    can_be_ignored = False

    def check_plan(self) -> Iterator[Diagnostic]:
        """Find it."""
        if not self.context.paths:
            place = Location(f"{self.context.root}/recommendations")
            hint = "Put one file a recommendation there: REC1.yaml."
            message = "the plan has no recommendations"
            yield Diagnostic(self.code, Severity.ERROR, message, place, hint)


class EmptySection(Rule):
    """A section has no recommendations.

    The report would print a heading with nothing below it. Mostly a recommendation is missing, or
    stands in another section. Delete the section if it is not needed.
    """

    code = "KP506"
    severity = Severity.WARNING

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._used: set[str] = set()

    def check(self, file: LoadedFile[Recommendation], item: Recommendation) -> Iterable[Diagnostic]:
        """Note which section is used."""
        self._used.add(item.section)
        return ()

    def check_plan(self) -> Iterator[Diagnostic]:
        """Find it."""
        settings = self.context.settings
        if not settings.value or self.context.broken or not self.context.paths:
            return
        known = {section.id for section in settings.value.sections}
        if not self._used <= known:
            return  # what is in a section that is none may belong into any
        for index, section in enumerate(settings.value.sections):
            if section.id not in self._used:
                message = f"the section {shown(section.id)} has no recommendations"
                hint = "Delete it, or write its id into the 'section' of a recommendation."
                yield self.finding(settings, message, ("sections", index, "id"), hint)


class NumberingGap(Rule):
    """The numbers of the recommendations have a gap.

    A number that is missing looks like a recommendation that nobody answers. Add the one that is
    missing; a recommendation that does not apply is rated not-applicable, not left out. Between
    4.1 and 4.3 the 4.2 is missing; between 3.2 and 5.1 nothing is, since chapters may be left out.
    """

    code = "KP507"
    severity = Severity.WARNING

    def check_plan(self) -> Iterator[Diagnostic]:
        """Find it."""
        seen: dict[str, tuple[int, bool]] = {}
        for path in self.context.paths:
            stem = named_after(path)
            levels = numbers(stem) if " " not in stem and "(" not in stem else []  # else no ref
            for level, one in enumerate(levels, 1):
                is_inner = level == len(levels)
                if len(one.digits.lstrip("0")) <= _MOST_DIGITS:
                    yield from self._count(path, one, seen, is_inner=is_inner)

    def _count(
        self, path: str, one: Number, seen: dict[str, tuple[int, bool]], *, is_inner: bool
    ) -> Iterator[Diagnostic]:
        """Find a gap before a number; none is known between chapters (3.2, 5.1)."""
        key, number = one.prefix.casefold(), one.value
        begins = 0 if number < _FIRST_NUMBERS and "." not in key else number - 1
        before, was_inner = seen.get(key, (begins, is_inner))
        is_jump = "." in key and number > before + 1 + _FEW
        if number > before + 1 and (is_inner or was_inner) and not is_jump:
            yield self._gap(path, one.prefix, before + 1, number - 1)
        seen[key] = max(number, before), is_inner

    def _gap(self, path: str, prefix: str, first: int, last: int) -> Diagnostic:
        missing = f"{prefix}{first}" if first == last else f"{prefix}{first} to {prefix}{last}"
        verb = "is" if first == last else "are"
        hint = "Add what is missing; what does not apply is rated not-applicable."
        message = f"{missing} {verb} missing before this recommendation"
        return Diagnostic(self.code, self.severity, message, Location(path), hint)
