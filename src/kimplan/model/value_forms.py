"""The forms of a plan's values: what each is called, and how it is written."""

from __future__ import annotations

from kimplan.model.due import NONE_AGREED
from kimplan.model.form import Form
from kimplan.model.language import known_languages
from kimplan.model.refs import HINT


def _whole_form(lowest: int, highest: int) -> Form:
    hint = f"Write a whole number from {lowest} to {highest}."
    return Form("number", hint, lowest=lowest, highest=highest)


REF = Form(
    "ref",
    HINT,
    examples=("REC6", "A-12", "4.2"),
)
SLUG = Form(
    "id",
    "An id is small letters, digits and hyphens: governance-and-culture.",
    examples=("governance-and-culture", "repairs"),
)
HANDLE = Form(
    "handle",
    "A handle is a name on the forge, or an e-mail address: @name, @organisation/team.",
)
CODE_PREFIX = Form("code", "Write a code such as KP303, or its beginning: KP6.")
LINE = Form("line")
ROLE = Form("line")  # a name that other files spell too
MARK = Form("line", 'Write at most 20 characters on one line, such as "–", or "" for nothing.')
PROSE = Form(
    "text",
    about="Text: paragraphs with a blank line between them, '- ' bullets, **bold** and links.",
)
LINK = Form(
    "link",
    "A link is a web address or a path in the repository, without spaces around it.",
    examples=("https://example.org/guidance", "evidence/guidance.pdf"),
)
DUE_DATE = Form(
    "date",
    "Write a day (2024-07-31), a month (2024-07) or an interval (2023-12/2024-03).",
    "A day (2024-07-31), a month (2024-07) or an interval (2023-12/2024-03).",
    ("2024-07-31", "2024-07", "2023-12/2024-03"),
)
PROMISE = Form(
    "date",
    "Write a day (2024-07-31), a month (2024-07) or an interval (2023-12/2024-03); or none agreed.",
    "A day (2024-07-31), a month (2024-07) or an interval (2023-12/2024-03); or `none agreed`.",
    (*DUE_DATE.examples, NONE_AGREED),
)
DAY = Form("day", "Write the year, the month and the day: 2024-07-31.", "As 2024-07-31.")
DAYS = _whole_form(1, 3650)
MILLIMETRES = _whole_form(8, 400)
POINTS = Form(
    "number",
    "Write a size in points from 6 to 24, such as 10.5.",
    examples=(10.5, 12),
    lowest=6,
    highest=24,
)
SWITCH = Form("true or false", "Write true or false.")
TIME_ZONE = Form("line", "Write a name of the time zone database, such as Europe/London.")
LANGUAGE = Form(
    "language",
    f"Write the tag of a language that kimplan has words of: {', '.join(known_languages())}.",
    examples=("en-GB", "cy"),
)
