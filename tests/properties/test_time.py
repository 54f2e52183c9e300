"""What is late, on every day and for every date that can be promised."""

from __future__ import annotations

from datetime import date, timedelta

from conftest import make_item, make_plan
from hypothesis import given
from hypothesis import strategies as st

from kimplan.model.due import BackwardsIntervalError, NotADateError, parse_day, parse_due, show_day
from kimplan.model.plan import Plan
from kimplan.model.rating import Rating
from kimplan.schedule import days_left, due_soon, is_overdue, overdue
from kimplan.summary import summarise

DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))
ANY_DAYS = st.dates()
PARTS = st.one_of(
    ANY_DAYS.map(date.isoformat), ANY_DAYS.map(lambda day: day.isoformat()[: len("2024-07")])
)
NEAR_PARTS = st.one_of(
    st.dates(date(2024, 1, 1), date(2024, 4, 30)).map(date.isoformat),
    st.sampled_from(["2024-01", "2024-02", "2024-03", "2024-04"]),
)


def is_due(text: str) -> bool:
    try:
        parse_due(text)
    except NotADateError:
        return False
    return True


INTERVALS = st.builds("{}/{}".format, NEAR_PARTS, NEAR_PARTS).filter(is_due)
DUES = st.one_of(PARTS, INTERVALS)
FIELDS = st.one_of(
    st.fixed_dictionaries({"rag": st.sampled_from(["amber", "red"]), "due": DUES}),
    st.fixed_dictionaries({"rag": st.sampled_from(["green", "not-applicable"])}).map(
        lambda fields: fields | {"due": None}
    ),
)
PLANS = st.lists(FIELDS, min_size=1, max_size=12).map(lambda records: make_plan(*records))


@given(DUES)
def test_a_date_covers_at_least_a_day_and_keeps_its_text(text: str) -> None:
    due = parse_due(text)
    assert due.text == text
    assert due.first_day <= due.last_day
    assert parse_due(due.text) == due


@given(DUES)
def test_a_date_is_shown_so_that_it_can_be_told_from_every_other(text: str) -> None:
    def written(shown: str) -> str:
        months = [show_day(date(2024, month, 1)).split()[1] for month in range(1, 13)]
        *day, month, year = shown.split(" ")
        parts = [f"{int(year):04}", f"{months.index(month) + 1:02}", *(f"{int(n):02}" for n in day)]
        return "-".join(parts)

    assert "/".join(written(part) for part in str(parse_due(text)).split(" – ")) == text


@given(ANY_DAYS)
def test_a_day_is_the_interval_of_itself(day: date) -> None:
    text = day.isoformat()
    assert parse_day(text) == day
    assert parse_due(text)[1:] == parse_due(f"{text}/{text}")[1:] == (day, day)


@given(ANY_DAYS, ANY_DAYS)
def test_an_interval_is_its_first_and_its_last_day(start: date, end: date) -> None:
    text = f"{start.isoformat()}/{end.isoformat()}"
    if start <= end:
        assert parse_due(text)[1:] == (start, end)
    else:
        try:
            parse_due(text)
        except BackwardsIntervalError:
            return
        raise AssertionError(text)


@given(st.text(alphabet="0123456789-/ ²٢T", max_size=25))
def test_any_text_is_a_date_or_is_none(text: str) -> None:
    if is_due(text):
        assert set(text) <= set("0123456789-/")
        assert len(text) in {7, 10, 15, 18, 21}


@given(DUES, DAYS, st.integers(0, 400))
def test_what_is_overdue_stays_overdue(text: str, as_of: date, later: int) -> None:
    item = make_item(due=text)
    if is_overdue(item, as_of):
        assert is_overdue(item, as_of + timedelta(later))


@given(DUES, DAYS)
def test_a_record_is_overdue_exactly_after_its_last_day(text: str, as_of: date) -> None:
    item = make_item(due=text)
    assert is_overdue(item, as_of) is (parse_due(text).last_day < as_of)
    assert days_left(item, as_of) == (parse_due(text).last_day - as_of).days


@given(PLANS, DAYS, st.integers(0, 400))
def test_the_overdue_only_grow_and_get_later(plan: Plan, as_of: date, later: int) -> None:
    now = {one.item.ref: days for one, days in overdue(plan, as_of)}
    then = {one.item.ref: days for one, days in overdue(plan, as_of + timedelta(later))}
    assert {ref: days + later for ref, days in now.items()}.items() <= then.items()
    assert summarise(plan.recommendations, as_of).overdue == len(now) <= len(then)


@given(PLANS, DAYS, st.integers(0, 40_000))
def test_every_open_record_is_overdue_or_due_soon_or_due_later(
    plan: Plan, as_of: date, within: int
) -> None:
    late = {one.item.ref for one, _ in overdue(plan, as_of)}
    soon = {one.item.ref for one, _ in due_soon(plan, as_of, within)}
    left = {item.ref: days_left(item, as_of) for item in plan.recommendations}
    assert late == {ref for ref, days in left.items() if days is not None and days < 0}
    assert soon == {ref for ref, days in left.items() if days is not None and 0 <= days <= within}
    assert not late & soon


@given(PLANS, DAYS)
def test_lists_stand_in_the_order_of_their_days(plan: Plan, as_of: date) -> None:
    late = [days for _, days in overdue(plan, as_of)]
    soon = [days for _, days in due_soon(plan, as_of, 40_000)]
    assert late == sorted(late, reverse=True)
    assert soon == sorted(soon)


@given(PLANS, DAYS)
def test_the_counts_add_up(plan: Plan, as_of: date) -> None:
    summary = summarise(plan.recommendations, as_of)
    assert summary.total == len(plan.recommendations)
    assert all(summary.late[rating] <= summary.by_rating[rating] for rating in Rating)
    assert summary.late[Rating.GREEN] == summary.late[Rating.NOT_APPLICABLE] == 0
