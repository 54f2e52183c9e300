"""Recommendations by rating, as the series of a chart and in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kimplan.model.language import Language
from kimplan.model.plan import Settings
from kimplan.model.rating import Rating
from kimplan.report.document import Series
from kimplan.report.position import rating_name
from kimplan.summary import Summary


def rating_series(settings: Settings, summaries: Sequence[Summary]) -> tuple[Series, ...]:
    """Return how many there are of each rating, those overdue apart, for each of `summaries`.

    A series of nothing but zeros is left out.
    """
    return tuple(one for one in _series(settings, summaries) if any(one.values))


def _series(settings: Settings, summaries: Sequence[Summary]) -> Iterator[Series]:
    for rating in settings.ratings.scheme.ratings:
        name = rating_name(settings.ratings, rating)
        counted = [one for one in Rating if settings.ratings.scheme.nearest(one) is rating]
        all_of_it = tuple(sum(one.by_rating[r] for r in counted) for one in summaries)
        late = tuple(sum(one.late[r] for r in counted) for one in summaries)
        if not rating.is_open:
            yield Series(name, rating, False, all_of_it)
            continue
        on_time = tuple(a - b for a, b in zip(all_of_it, late, strict=True))
        yield Series(settings.language.say("{name}, on time", name=name), rating, False, on_time)
        yield Series(settings.language.say("{name}, overdue", name=name), rating, True, late)


def describe_chart(
    first: str, categories: tuple[str, ...], series: tuple[Series, ...], language: Language
) -> str:
    """Return all figures of a chart in words, after its `first` sentence."""
    sentences = [first]
    for index, category in enumerate(categories):
        parts = [f"{one.values[index]} {one.name}" for one in series if one.values[index]]
        sentences.append(f"{category}: {'; '.join(parts) or language.say('none')}.")
    return " ".join(sentences)
