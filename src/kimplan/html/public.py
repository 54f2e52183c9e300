"""The page that a landlord publishes: where each plan stands, and its recommendations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from kimplan.answers.group import PlanOf
from kimplan.html.anchors import anchor_prefixes
from kimplan.html.page import render, title_of
from kimplan.model.column_field import ColumnField
from kimplan.model.language import Language
from kimplan.model.plan import Column, Layout, Plan, Settings, Source
from kimplan.model.prose import Block
from kimplan.model.rating import Rating
from kimplan.report.build import build_report
from kimplan.report.cells import as_label
from kimplan.report.document import Element, Heading, Paragraph, ReportDocument, Role, Table
from kimplan.report.parts import MAIN
from kimplan.report.position import state_remarks
from kimplan.report.request import Request

_TEMPLATE = "public.html.j2"


class Texts(NamedTuple):
    """Paragraphs and bullets that follow one another, and what they are there for."""

    role: Role
    blocks: tuple[Block, ...]


class Chapter(NamedTuple):
    """A section of a plan: its title, the anchor that leads to it, and what stands below it."""

    title: str
    anchor: str
    texts: tuple[Texts, ...]
    tables: tuple[Table, ...]


class Meaning(NamedTuple):
    """A rating, what it is called and what it means."""

    rating: Rating
    label: str
    meaning: str


class PublicPlan(NamedTuple):
    """One plan on the page; `prefix` stands before its anchors.

    Its `heading` is its title, with what else parts it from the other plans.
    """

    title: str
    heading: str
    organisation: str
    language: Language
    prefix: str
    position: str
    remarks: tuple[str, ...]
    source: tuple[str, str]
    meanings: tuple[Meaning, ...]
    chapters: tuple[Chapter, ...]


def public_page(plans: Sequence[PlanOf], as_of: date, missing: int = 0) -> str:
    """Return the page of the plans on the day `as_of`; each is one that `publish` returned.

    `missing` is how many others should stand on it and cannot be read, which it says.
    """
    prefixes = anchor_prefixes([one.name for one in plans])
    found = [_public_plan(one.plan, as_of, at) for one, at in zip(plans, prefixes, strict=True)]
    found = list(_with_headings(found, [one.name for one in plans]))
    language = found[0].language
    names = list(dict.fromkeys(one.organisation for one in found))
    title = found[0].title if len(found) == 1 else language.say("Action plans")
    return render(
        _TEMPLATE,
        language,
        plans=found,
        title=title,
        tab=title_of(title, *names),
        organisations=names,
        day=language.say("Position at {day}", day=language.day(as_of)),
        missing=_missing(missing, language),
    )


def _missing(number: int, language: Language) -> str:
    if number == 1:
        return language.say("One other plan cannot be shown at present.")
    text = "{number} other plans cannot be shown at present."
    return language.say(text, number=number) if number else ""


def _public_plan(plan: Plan, as_of: date, prefix: str) -> PublicPlan:
    settings = _with_evidence(plan)
    plan = plan._replace(settings=settings)
    document = build_report(plan, Request(as_of, "", Layout.SECTIONS), [MAIN])
    return PublicPlan(
        document.words.title,
        document.words.title,
        document.words.organisation,
        settings.language,
        prefix,
        document.words.position,
        state_remarks(plan, as_of),
        _source(settings.source, settings.language) if settings.source else ("", ""),
        tuple(_meanings(settings)),
        tuple(_chapters(document, settings, prefix)),
    )


def _with_headings(plans: list[PublicPlan], names: Sequence[str]) -> Iterator[PublicPlan]:
    """Yield the plans with headings of which no two are alike."""
    is_one = len({one.organisation for one in plans}) == 1
    headings = [one.title if is_one else f"{one.title} – {one.organisation}" for one in plans]
    for plan, name, heading in zip(plans, names, headings, strict=True):
        yield plan._replace(
            heading=f"{heading} ({name})" if headings.count(heading) > 1 else heading
        )


def _with_evidence(plan: Plan) -> Settings:
    """Return the settings with a column of evidence, where there is some and the plan has none."""
    settings = plan.settings
    has_column = any(one.field is ColumnField.EVIDENCE for one in settings.columns)
    if has_column or not any(item.evidence for item in plan.recommendations):
        return settings
    label = settings.label(ColumnField.EVIDENCE)
    columns = [*settings.columns, Column(field=ColumnField.EVIDENCE, label=label)]
    return settings.model_copy(update={"columns": columns})


def _source(source: Source, language: Language) -> tuple[str, str]:
    """Return which report is answered, in words, and the address of it, if it has one."""
    when = language.due(source.published) if source.published else ""
    said = " · ".join(filter(None, [as_label(source.title), source.publisher or "", when]))
    return said, source.link or ""


def _meanings(settings: Settings) -> Iterator[Meaning]:
    for rating in settings.ratings.scheme.ratings:
        shown = settings.ratings[rating]
        yield Meaning(rating, shown.label, shown.meaning)


def _chapters(document: ReportDocument, settings: Settings, prefix: str) -> Iterator[Chapter]:
    """Yield the sections of the plan's part, in which each begins with a heading of its own."""
    elements = next(part.elements for part in document.parts if part.name == MAIN)
    for section, found in zip(settings.sections, _split(elements), strict=True):
        title, anchor = as_label(section.title), f"{prefix}section--{section.id}"
        tables = (one._replace(title=title) for one in found if isinstance(one, Table))
        yield Chapter(title, anchor, tuple(_texts(found)), tuple(tables))


def _split(elements: Iterable[Element]) -> list[list[Element]]:
    chapters: list[list[Element]] = []
    for element in elements:
        if isinstance(element, Heading) and element.level > 1:
            chapters.append([])
        elif chapters:
            chapters[-1].append(element)
    return chapters


def _texts(elements: Sequence[Element]) -> Iterator[Texts]:
    paragraphs = [one for one in elements if isinstance(one, Paragraph)]
    for role, found in groupby(paragraphs, key=lambda one: one.role):
        yield Texts(role, tuple(one.block for one in found))
