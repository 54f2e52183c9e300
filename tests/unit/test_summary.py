from __future__ import annotations

from datetime import date

from conftest import AS_OF, load_shipped_plan, make_item

from kimplan.model.rating import Rating, Scheme
from kimplan.summary import Summary, summarise


def counts(
    green: int = 0, amber: int = 0, red: int = 0, not_applicable: int = 0
) -> dict[Rating, int]:
    numbers = zip(Scheme.RAG.ratings, (green, amber, red, not_applicable), strict=True)
    return dict.fromkeys(Rating, 0) | dict(numbers)


def test_nothing_is_counted_with_all_ratings() -> None:
    summary = summarise([], AS_OF)
    assert summary == Summary(counts(), counts())
    assert (summary.total, summary.overdue) == (0, 0)


def test_records_are_counted_by_rating_and_lateness() -> None:
    items = [
        make_item(rag="green", due=None),
        make_item(rag="amber", due="2024-05"),
        make_item(rag="amber", due="2024-04"),
        make_item(rag="red", due="2024-04"),
        make_item(rag="red", due="2024-05-30"),
        make_item(rag="not-applicable", due=None),
    ]
    summary = summarise(iter(items), AS_OF)
    assert summary == Summary(counts(1, 2, 2, 1), counts(0, 1, 2, 0))
    assert (summary.total, summary.overdue) == (6, 3)


def test_ratings_stand_in_the_order_of_the_report() -> None:
    summary = summarise([make_item(rag="red")], AS_OF)
    assert list(summary.by_rating) == list(summary.late) == list(Rating)


def test_the_shipped_plan_is_counted() -> None:
    items = load_shipped_plan().recommendations
    assert summarise(items, AS_OF) == Summary(counts(8, 10, 0, 3), counts(0, 6, 0, 0))
    assert summarise(items, date(2023, 1, 10)).overdue == 0
    assert summarise(items, date(2024, 8, 1)).overdue == 10
