"""An answer as an HTML page for an e-mail: what Outlook keeps of it when it is pasted or sent.

Outlook shows HTML by Word's engine, which knows tables and styles on the elements themselves, and
neither style sheets nor classes. Each cell says its font, because Word's tables inherit none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kimplan.answers.answer import Answer, Column, Facts, Heading, Line, Part, Prose, Table, Tone
from kimplan.formatters.html_blocks import FACE, FONT, INK, blocks_html, prose_html, shown
from kimplan.model.rating import Rating
from kimplan.report.colours import COLOURS

_TITLES = {
    "overdue": "What is overdue",
    "summary": "The position",
    "list": "Recommendations",
    "show": "Recommendations in full",
    "history": "What has changed, and when",
    "changes": "What has changed",
    "owners list": "The roles, and what each of them owns",
    "verify": "Whether the report says what the plan said",
    "remind": "Reminders",
}
_LATE = "#8A1C1C"
_HEAD = "#1F3A5F"
_QUIET = "#4D4D4D"
_BAR = "█"
_ON_ONE_LINE = ";white-space:nowrap"
_SHORT = 16  # characters that stay on one line: a date, a number
_LEAST = 11  # per cent
_LINE = "1px solid #BFC7D1"
_FILLS = {
    Tone.GREEN: COLOURS[Rating.GREEN],
    Tone.BLUE: COLOURS[Rating.BLUE],
    Tone.AMBER: COLOURS[Rating.AMBER],
    Tone.RED: COLOURS[Rating.RED],
}
_WORDS = {Tone.LATE: f"color:{_LATE};font-weight:bold", Tone.QUIET: f"color:{_QUIET}"}
_CELL = f"border:{_LINE};vertical-align:top;{FONT}"
_FACT = Column("")
_PAGE = """\
<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
</head>
<body style="margin:16px;{font};{ink}">
<main>
<h1 style="margin-top:0;margin-bottom:12px;{face};font-size:16pt;color:{head}">{title}</h1>
{parts}</main>
</body>
</html>
"""


def format_html(view: Answer, command: str) -> str:
    """Return the parts of `view`, what the command `command` answers, as a whole page.

    No text of the plan can become markup, and nothing is fetched from anywhere. It is ASCII, so
    that it stays what it is in whichever encoding a console writes it to a file.
    """
    title = shown(_TITLES.get(command, command))
    parts = "".join(f"{line}\n" for part in view.parts for line in _lines(part))
    page = _PAGE.format(title=title, parts=parts, font=FONT, face=FACE, ink=INK, head=_HEAD)
    return page.encode("ascii", "xmlcharrefreplace").decode("ascii")


def _lines(part: Part) -> Iterator[str]:
    match part:
        case Heading(text):
            style = f"margin-top:18px;margin-bottom:6px;{FACE};font-size:13pt;color:{_HEAD}"
            yield f'<h2 style="{style}">{shown(text)}</h2>'
        case Line(text, tone):
            words = _WORDS.get(tone, "font-weight:bold" if tone in _FILLS else INK)
            yield f'<p style="margin:6px 0;{FONT};{words}">{shown(text)}</p>'
        case Prose(blocks):
            yield from blocks_html(blocks)
        case Facts(pairs):
            yield from _table(
                [_row([_name(name), _cell(text, tone)]) for name, text, tone in pairs]
            )
        case Table(columns, rows):
            yield from _table(_rows(columns, rows), is_wide=any(one.share for one in columns))


def _table(rows: Iterable[str], *, is_wide: bool = False) -> Iterator[str]:
    width = ";width:100%" if is_wide else ""
    yield f'<table cellpadding="5" cellspacing="0" style="border-collapse:collapse{width}">'
    yield "<tbody>"
    yield from rows
    yield "</tbody>"
    yield "</table>"


def _rows(columns: Sequence[Column], rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    yield _row(map(_title, columns, _widths(columns, rows)))
    for row in rows:
        yield _row(_cells(row, columns))


def _widths(columns: Sequence[Column], rows: Sequence[tuple[str, ...]]) -> list[str]:
    """Return the columns' widths: in per cent, or in pixels where the table is but what it needs.

    A column without a share of the room has what its longest cell needs, where that is short.
    """
    longest = [
        max([_word(one.title), *(len(row[at]) for row in rows)]) for at, one in enumerate(columns)
    ]
    shares = sum(one.share for one in columns)
    if not shares:
        return [str(min(most, 3 * _SHORT) * 11 + 20) for most in longest]
    needs = [
        0 if one.share else max(min(most, _SHORT) + 4, _LEAST)
        for one, most in zip(columns, longest, strict=True)
    ]
    left = max(100 - sum(needs), 10 * shares)
    return [
        f"{need or left * one.share // shares}%" for need, one in zip(needs, columns, strict=True)
    ]


def _word(title: str) -> int:
    """Return the letters that the longest word of a title has room for; it must not be broken."""
    longest = max(title.split(), key=len, default="")
    return len(longest) * (3 if longest.isupper() else 2) // 2 + 2  # bold, and capitals are wide


def _row(cells: Iterable[str]) -> str:
    return "\n".join(("<tr>", *cells, "</tr>"))


def _cells(row: Iterable[str], columns: Iterable[Column]) -> Iterator[str]:
    for at, (text, column) in enumerate(zip(row, columns, strict=True)):
        is_short = not column.share and len(text) <= _SHORT
        if at == 0 and text.strip() and not column.tones:
            yield _name(text, "normal", is_short=is_short)
        else:
            yield _cell(text, column.tone_of(text), column, is_short=is_short)


def _title(column: Column, width: str) -> str:
    align = "right" if column.is_number else "left"
    style = f"background-color:{_HEAD};color:#FFFFFF;font-weight:bold;text-align:{align}"
    return f'<th scope="col" width="{width}" style="{_CELL};{style}">{shown(column.title)}</th>'


def _name(text: str, weight: str = "bold", *, is_short: bool = True) -> str:
    style = f"{INK};font-weight:{weight};text-align:left{_ON_ONE_LINE if is_short else ''}"
    return f'<th scope="row" style="{_CELL};{style}">{shown(text)}</th>'


def _cell(text: str, tone: Tone, column: Column = _FACT, *, is_short: bool = False) -> str:
    lines = f"{';text-align:right' if column.is_number else ''}{_ON_ONE_LINE if is_short else ''}"
    look = _WORDS.get(tone, INK)
    if tone in _FILLS and text.strip():
        fill, ink = _FILLS[tone]
        look = f"background-color:#{fill};color:#{ink};font-weight:bold"
    words = prose_html(text) if column.is_prose else shown(text)
    if text and not text.strip(_BAR):  # nobody wants to hear a bar; its number stands beside it
        words = f'<span aria-hidden="true">{words}</span>'
    return f'<td style="{_CELL};{look}{lines}">{words}</td>'
