"""Keys that other plans, sheets and trackers use, and what stands for each in ours.

A key is looked up as `folded` makes it. The word for it is a field, or one of the remarks below.
"""

from __future__ import annotations

import re
from functools import lru_cache

from kimplan.model.fields import PlanModel
from kimplan.model.form import fields_of
from kimplan.model.plan import Column, Owner, Owners, Section, Settings, Source
from kimplan.model.recommendation import (
    Action,
    Evidence,
    ProgressNote,
    Recommendation,
    Revision,
    Verification,
)
from kimplan.model.suggestion import nearest

_PARTED = re.compile(r"[\s_./-]+")
NOTE = "a note"  # a dated note belongs below progress
OWN = "an own field"
EITHER_DATE = "a promise or a day"
WORDS = "the Ombudsman's words"
CHECKED = "a check"
STATE = "a rating or a note"
REASON = "a reason"
MOVED = "a move"

_RECORD = {
    NOTE: "comment, comments, note, notes, update, updates, remark, remarks, commentary, log, "
    "latest update, progress note, progress notes, progress update, status update, "
    "latest progress, current position, position, position statement, latest, sylw, "
    "sylwadau, sylwebaeth, nodyn, nodiadau",
    "due": "deadline, due date, duedate, due by, target date, target, target completion date, "
    "by when, when, eta, timescale, end date, delivery date, implementation date, "
    "estimated completion date, expected completion date, planned completion date, "
    "estimated date, date due, dyddiad cau, dyddiad targed",
    EITHER_DATE: "date, completion date, completion, dyddiad",
    "completed": "completed on, date completed, completed date, complete, complete on, done, "
    "done on, date done, closed, closed on, date closed, finished, "
    "actual completion date, cwblhawyd",
    "owners": "owner, assigned to, assigned, assignee, assignees, responsible, "
    "responsible person, responsible officer, responsibility, lead, leads, "
    "lead officer, action owner, accountable, accountable officer, who, roles, role, "
    "perchennog, perchnogion",
    "rag": "rating, rag rating, rag status, ragstatus, rag colour, colour, color, sgôr, "
    "coch ambr gwyrdd",
    STATE: "status, state, statws, cyflwr",
    "response": "landlord response, our response, management response, organisation response, "
    "answer, reply, responses, ymateb",
    WORDS: "description, desc, issue, recommendation, recommendations, finding, text, details, "
    "heading, name, subject, summary, background, context, argymhelliad, disgrifiad, "
    "teitl",
    "ref": "id, number, no, reference, ref no, ref number, recommendation ref, code, key, "
    "cyfeirnod",
    "section": "chapter, sections, adran, pennod",
    "evidence": "proof, proofs, document, documents, attachment, attachments, file, files, link, "
    "links, url, urls, evidence link, supporting evidence, supporting documents, "
    "evidence of completion, tystiolaeth",
    "actions": "action, task, tasks, steps, step, sub actions, subactions, todo, todos, to do, "
    "next steps, next step, milestones, milestone, action plan, to dos, camau, cam nesaf",
    REASON: "reason, reasons, rationale, justification, explanation, why, rheswm",
    CHECKED: "approved, approved by, agreed, agreed by, signed off, signed off by, sign off, "
    "verified by, verified on, verification, checked, checked by, reviewed by, "
    "assured by, approval",
    "superseded_by": "superseded, replaced by, merged with, merged into, superseded by ref",
    "publish": "published, public",
    MOVED: "revised date, new date, new due, new due date, revised due, revised due date, "
    "revised target date, revised target, new target date, new deadline, extended to, moved to, "
    "dyddiad newydd",
    "revisions": "revision, moves, date changes, revised dates",
    "fields": "custom fields, extra fields, own fields, custom",
    OWN: "priority, risk, risk rating, risk level, theme, category, directorate, department, "
    "team, cost, budget, complexity, impact, tags, labels, kpi, measure, "
    "percent, percentage, percent complete, success measure, outcome, "
    "region, service, committee, blaenoriaeth",
}
_TITLES = frozenset(
    {"recommendation", "heading", "name", "subject", "teitl", "argymhelliad", "finding", "issue"}
)
_EVIDENCE = {
    "link": "url, href, path, file, location, address, where, source, hyperlink, dolen",
    "title": "name, document, description, doc, label, text, what, teitl",
    "expires": "expiry, expiry date, valid until, until, expires on, review date, valid to, expire",
}
_PROGRESS = {
    "on": "date, day, when, dated, dyddiad",
    "note": "text, comment, update, description, title, notes, response, progress, what, "
    "message, nodyn",
    "by": "author, who, name, from, owner, written by",
}
_REVISION = {
    "from": "old, before, previous, previous date, was, old date, original",
    "to": "new, due, new date, after, revised date, until",
    "reason": "why, note, because, comment, explanation, rationale, rheswm",
    "agreed_by": "approved by, agreed, by, approved, authorised by, who",
    "on": "date, day, when, agreed on, dyddiad",
}
_ACTION = {
    "owner": "owners, assigned to, assignee, lead, by, who, responsible, role",
    "due": "deadline, date, due date, by when, target date, target, when",
    "done": "completed, completed on, complete, date completed, finished, done on, closed",
    "title": "action, task, description, name, note, step, what, text, summary, heading, response",
}
_VERIFICATION = {
    "by": "who, name, verified by, checked by, approved by, person, role",
    "on": "date, day, when, verified on, checked on, dyddiad",
}
_OWNERS = {"owners": "roles, people, owner, role, staff, registry"}
_OWNER = {
    "role": "title, job title, post, position, owner",
    "name": "person, holder, who, full name",
    "email": "e mail, mail, email address, e mail address",
    "handle": "github, gitlab, username, user, login, account",
}
_SETTINGS = {
    "organisation": "organization, landlord, company, association",
    "title": "name, heading",
    "sections": "chapters, section",
    "fields": "own fields, custom fields",
    "source": "report source, source report",
}
_SOURCE = {
    "published": "date, when, year, publication date, published on, date published, dyddiad",
    "link": "url, href, address, website, where, path, dolen",
    "title": "name, report, heading, teitl",
    "publisher": "author, by, from, published by, organisation, who",
}
_COLUMN = {
    "field": "id, key, name, column, shows, of",
    "label": "title, heading, header, text",
}
_SECTION = {
    "id": "key, slug, ref",
    "title": "name, label, heading",
    "narrative": "description, text, detail",
}
_TABLES: dict[type[PlanModel], dict[str, str]] = {
    Owners: _OWNERS,
    Owner: _OWNER,
    Settings: _SETTINGS,
    Section: _SECTION,
    Source: _SOURCE,
    Column: _COLUMN,
    Recommendation: _RECORD,
    Evidence: _EVIDENCE,
    ProgressNote: _PROGRESS,
    Revision: _REVISION,
    Action: _ACTION,
    Verification: _VERIFICATION,
}


def is_title(key: str) -> bool:
    """Return whether a record's title may stand at a foreign `key`, where it has no other."""
    return folded(key) in _TITLES


def folded(key: str) -> str:
    """Return a key without capitals, and with a space for what parts its words."""
    return _PARTED.sub(" ", key[:100].casefold()).strip()


def meant(model: type[PlanModel], key: str) -> str:
    """Return what stands for a foreign `key` in a `model`: a field, a remark, or nothing."""
    wanted = folded(key)
    table = _TABLES.get(model, {})
    return next((word for word, names in table.items() if wanted in names.split(", ")), "")


@lru_cache(maxsize=256)  # each key of a file is asked for again and again, and so are other files'
def field_meant(model: type[PlanModel], key: str) -> str:
    """Return the field that a key surely stands for, or nothing."""
    known = {folded(name): name for name in fields_of(model)}
    wanted = folded(key)
    if wanted in known:
        return known[wanted]
    word = meant(model, key)
    if word in fields_of(model):
        return word
    return "" if word else known.get(nearest(wanted, known), "")
