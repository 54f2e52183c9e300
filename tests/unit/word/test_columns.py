"""The widths of a table's columns: exact on the usual page, and never more than there is room."""

from __future__ import annotations

from itertools import pairwise

import pytest
from conftest import make_plan, settings_fields
from hypothesis import given
from hypothesis import strategies as st

from kimplan.model.column_field import ColumnField
from kimplan.model.plan import Settings
from kimplan.report.cells import cell
from kimplan.report.document import Table, TableColumn, TableRow
from kimplan.report.listing import dated_columns
from kimplan.report.parts.plan import plan_columns
from kimplan.word.columns import USUAL_TEXT, Size, Text, fit, table_widths
from kimplan.word.metrics import word_width

DATED = dated_columns(make_plan({}).settings, "days", "Days")
TWIPS_PER_MM = 1440 / 25.4
LANDSCAPE = 16838 - 2 * 851  # A4 between margins of 15 mm
PORTRAIT = 11906 - 2 * 1134  # A4 between margins of 20 mm
A3 = 23811 - 2 * 851
USUAL = ("ref", "recommendation", "response", "rag", "due", "owners")


def columns(*fields: str, **widths: int) -> tuple[TableColumn, ...]:
    """Return the columns of a plan, with widths of its own for some."""
    return declared({name: widths.get(name) for name in fields})


def declared(widths: dict[str, int | None]) -> tuple[TableColumn, ...]:
    chosen = [
        {"field": name, "label": name.capitalize()} | ({"width": str(width)} if width else {})
        for name, width in widths.items()
    ]
    return plan_columns(Settings.model_validate(settings_fields(columns=chosen)))


def of(
    columns: tuple[TableColumn, ...], room: int, text: Text = USUAL_TEXT, *rows: tuple[str, ...]
) -> list[int]:
    """Return the widths of a table with these columns and rows."""
    cells = tuple(TableRow(tuple(map(cell, row))) for row in rows)
    return table_widths(Table("Plan", "", columns, cells), room, text)


def millimetres(widths: list[int]) -> list[float]:
    return [round(width / TWIPS_PER_MM, 1) for width in widths]


def test_the_usual_columns_are_exact_on_a4_landscape() -> None:
    widths = of(columns(*USUAL), LANDSCAPE)
    assert millimetres(widths) == [16, 72, 99, 23, 25, 32]
    assert sum(widths) == LANDSCAPE


def test_portrait_takes_from_the_wide_columns() -> None:
    widths = of(columns(*USUAL), PORTRAIT)
    assert sum(widths) == PORTRAIT
    ref, recommendation, response, rag, due, owners = millimetres(widths)
    assert ref >= 14
    assert rag >= 19
    assert due >= 22
    assert owners >= 27
    assert 0.6 < recommendation / response < 1


def test_a3_gives_every_column_its_share() -> None:
    usual, wide = (of(columns(*USUAL), room) for room in (LANDSCAPE, A3))
    assert sum(wide) == A3
    assert [a / b for a, b in zip(wide, usual, strict=True)] == pytest.approx(
        [A3 / LANDSCAPE] * 6, rel=0.005
    )


def test_three_columns_fill_the_page() -> None:
    widths = of(columns("recommendation", "response", "rag"), LANDSCAPE)
    assert sum(widths) == LANDSCAPE
    assert widths == sorted(widths[:2]) + widths[2:]


def test_a_seventh_column_takes_its_room_from_the_others() -> None:
    six, seven = (of(columns(*fields), LANDSCAPE) for fields in (USUAL, (*USUAL, "evidence")))
    assert sum(seven) == LANDSCAPE
    assert all(new <= old for new, old in zip(seven, six, strict=False))
    assert millimetres(seven)[-1] >= 30


def test_the_plans_own_widths_are_kept_where_there_is_room() -> None:
    own = columns(*USUAL, recommendation=60, response=111)
    assert millimetres(of(own, LANDSCAPE)) == [16, 60, 111, 23, 25, 32]


def test_a_width_of_the_plans_own_may_be_less_than_the_fields_least() -> None:
    widths = of(columns(*USUAL, owners=20, response=111), LANDSCAPE)
    assert millimetres(widths) == [16, 72, 111, 23, 25, 20]


@pytest.mark.parametrize("room", [PORTRAIT, LANDSCAPE], ids=["portrait", "landscape"])
@pytest.mark.parametrize("points", [10.5, 12])
@pytest.mark.parametrize("font", ["Arial", "Verdana", "A Font That Nobody Knows"])
def test_no_word_of_a_label_or_a_short_cell_is_broken(font: str, points: float, room: int) -> None:
    fields = ("ref", "response", "rag", "due")
    row = ("REC12", "Some of it", "Not Applicable", "31 September 2024")
    widths = millimetres(of(columns(*fields), room, Text(points, font), row))
    needed = (
        word_width("REC12", font, points),
        word_width("Response", font, points),
        word_width("Applicable", font, points),
        word_width("September", font, points) * 0.95,
    )
    assert all(width - 3 > word for width, word in zip(widths, needed, strict=True))


@pytest.mark.parametrize("room", [PORTRAIT, LANDSCAPE, A3])
def test_all_columns_at_once(room: int) -> None:
    widths = of(columns(*ColumnField), room)
    assert sum(widths) == room
    assert min(widths) > 0


@pytest.mark.parametrize(
    ("fields", "room"),
    [
        ((*USUAL, "evidence"), PORTRAIT),
        ((*USUAL, "evidence"), LANDSCAPE),
        ((*USUAL, "evidence"), A3),
        (tuple(ColumnField), LANDSCAPE),
        (tuple(ColumnField), A3),
    ],
)
def test_the_longest_texts_keep_the_widest_columns(fields: tuple[str, ...], room: int) -> None:
    widths = dict(zip(fields, of(columns(*fields), room), strict=True))
    assert widths["response"] >= max(widths.values()) - 1
    assert widths["recommendation"] >= widths["owners"]


@pytest.mark.parametrize(
    "sizes",
    [
        [
            Size(*column.width[:2], 9)
            for column in dated_columns(make_plan({}).settings, "days", "Days")
        ],
        [Size(10, 10, 9)],
    ],
    ids=["listing", "one column"],
)
@pytest.mark.parametrize("room", [567, 2268, PORTRAIT, LANDSCAPE, A3])
def test_short_tables_fill_their_room(sizes: list[Size], room: int) -> None:
    widths = fit(sizes, room)
    assert len(widths) == len(sizes)
    assert sum(widths) == room
    assert min(widths) > 0


COLUMNS = st.dictionaries(
    st.sampled_from([str(field) for field in ColumnField]),
    st.none() | st.integers(min_value=8, max_value=400),
    min_size=1,
).map(declared)


@given(COLUMNS, st.integers(min_value=2268, max_value=40_000))
def test_any_columns_add_up_to_the_room(chosen: tuple[TableColumn, ...], room: int) -> None:
    widths = of(chosen, room)
    assert len(widths) == len(chosen)
    assert sum(widths) == room
    assert all(width > 0 and isinstance(width, int) for width in widths)


@given(COLUMNS, st.lists(st.integers(2268, 40_000), min_size=2, max_size=5))
def test_more_room_makes_no_column_narrower(
    chosen: tuple[TableColumn, ...], rooms: list[int]
) -> None:
    slack = len(chosen)  # what rounding may move into the last column
    tables = [of(chosen, room) for room in sorted(rooms)]
    for narrow, wide in pairwise(tables):
        assert all(a <= b + slack for a, b in zip(narrow, wide, strict=True))
