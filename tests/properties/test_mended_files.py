"""Mending a file, however it was spoilt, changes nothing but what it is for."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from kimplan.edits.mend import mend
from kimplan.model.due import NotADateError, parse_due
from kimplan.model.fields import PlanModel
from kimplan.model.plan import Owners, Settings
from kimplan.model.prose import parse_prose
from kimplan.model.rating import suggest_rating
from kimplan.model.recommendation import Recommendation
from kimplan.rules.fields import usual_order
from kimplan.source import find_ignores, parse
from kimplan.writing.look_alikes import Swap, meant
from properties.mutations import OWNERS, RECORDS, SETTINGS, mutated

BULLETS = "·•▪●◦‣⁃\uf0b7"
SLIPS = st.sampled_from(
    [
        *(" ", "  \n", "\t\n", "\t", "\n", "\n\n", "\r", "\r\n", "# c\n", "  # deep\n", " # tail"),
        *("# kimplan: ignore KP303 - why\n", " # kimplan: ignore KP6 - why", "July 2024", "|\n  "),
        "rag: N/A\n",
        *("due: 31 July 2024\n", "completed: 2024-7-5\n", "· ", "\n  · ", "\n  • x\n", "-", ":"),
        *("\n\n# parted\n\n", '"', "'", "|+\n", "---\n", "...\n", "\\n· ", "ref: A\n", "title:\n"),
        *("progress:\n- {on: 2 May 2024, note: x}\n", "\ufeff", "\u200b", "\u2028", "é", "{", "}"),
    ]
)  # fmt: skip
SPOILT = (
    "# head\nrag: red\ndue: July 2024  # was May\n\n# the ref\nref: REC1\nresponse: |\n  So:\n"
    "  · one \n    • two\n  goes on\n # odd\n# kimplan: ignore KP501 - why\nsection: governance\n"
    "title: >-\n  Folded \n  text\nowners:\n- Data Manager  \n# - Nobody\n\nprogress:\n"
    "- {on: 2 May 2024, note: x}\n- on: 2024-5-3\n  note: '· one\n\n    · two'\n# foot",
)
MODELS: list[tuple[type[PlanModel], tuple[str, ...]]] = [
    (Recommendation, (*SPOILT, *SPOILT, *RECORDS)),
    (Settings, SETTINGS),
    (Owners, OWNERS),
]
TEXTS = st.one_of(
    *(
        st.tuples(st.just(model), mutated(texts, inserted=SLIPS))
        for model, texts in (MODELS[0], *MODELS)
    )
)


def _ignores(text: str) -> list[tuple[object, ...]]:
    lines = _lines(text)
    found = (one for one in find_ignores(text) if not one.is_for_file)
    return [(one.verb, one.codes, *lines[one.first - 1 : one.last]) for one in found]


def _lines(text: str) -> list[str]:
    return [line.rstrip(" \t") for line in re.split("\r\n|\r|\n", text)]


def _leaves(value: Any, at: tuple[Any, ...] = ()) -> dict[tuple[Any, ...], str]:
    if isinstance(value, str):
        return {at: value}
    entries = value.items() if isinstance(value, dict) else enumerate(value)
    return {p: leaf for key, inner in entries for p, leaf in _leaves(inner, (*at, key)).items()}


def _tidy(text: str) -> str:
    return "\n".join(line.rstrip() for line in re.sub(" +", " ", text).split("\n")).rstrip("\n")


def _is_date(text: str) -> bool:
    try:
        return bool(parse_due(text.strip()))
    except NotADateError:
        return False


@example((Recommendation, "title: T\nresponse: |\n  I have \r \n  # odd\n"), "\n")
@example((Recommendation, "title: T \r \r\n\nref: R \r"), "\n")
@settings(max_examples=400)
@given(TEXTS, st.sampled_from(["\n", "\r\n", "\r"]))
def test_nothing_else_ever_changes(given: tuple[type[PlanModel], str], end: str) -> None:
    model, text = given
    text = text.replace("\n", end)
    found = mend(text, model)
    after = found.text
    assert mend(after, model).text == after  # twice is once
    if found.look_alikes or found.unseen or found.damaged:
        text = _as_meant(text, model)  # the rest is held against that
        assert mend(text, model).text == after
    if after == text:
        return
    before, now = parse(text), parse(after)
    assert before.value is not None
    assert now.value is not None
    assert {p.code for p in now.problems} <= {p.code for p in before.problems}
    _check_values(_leaves(before.value), _leaves(now.value), model)
    _check_lines(
        text, after, found.dates + found.ratings + found.bullets, is_reordered=found.is_reordered
    )
    if found.is_reordered:
        assert list(now.value) == usual_order(tuple(before.value))
        assert len(_ignores(after)) == len(_ignores(text))


def _as_meant(text: str, model: type[PlanModel]) -> str:
    """Return `text` without characters that are unseen or look like others: the same words."""
    swaps: tuple[Swap, ...] | None = None
    before = _words(text)
    while swaps is None or swaps:
        parsed, swaps = meant(parse(text), model)
        text = parsed.text
    assert _words(text) == before
    return text


def _words(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _check_values(
    before: dict[tuple[Any, ...], str], now: dict[tuple[Any, ...], str], model: type[PlanModel]
) -> None:
    assert before.keys() == now.keys()
    for path, old in before.items():
        new = now[path]
        if _tidy(old) == _tidy(new):
            continue
        name = path[-1]
        if name in {"due", "from", "to", "expires", "published", "on", "completed", "done"}:
            assert _is_date(new)
            assert not _is_date(old)
        elif name == "rag":
            assert new == suggest_rating(old.strip())
        else:
            assert name in {"detail", "response", "note", "reason", "narrative"}
            assert _tidy(_listed(old)) == _tidy(new)
            assert sum(b.bullet for b in parse_prose(new)) >= sum(
                b.bullet for b in parse_prose(old)
            )


def _listed(text: str) -> str:
    """Return `text` with hyphens for the bullets that begin a line, apart from lone ones."""
    return re.sub(rf"(?m)^( *)[{BULLETS}]((?=[^\s0-9])|[^\S\n]+(?=\S))", r"\1- ", text)


def _check_lines(text: str, after: str, changed: int, *, is_reordered: bool) -> None:
    old, new = _lines(text), _lines(after)
    is_ended = text.rstrip(" \t").endswith(("\n", "\r"))
    assert len(new) == len(old) + (not is_ended and after.endswith(("\n", "\r")))
    gone = Counter(old) - Counter(new)
    assert gone.total() <= changed
    assert all(re.search(rf"[{BULLETS}]|20[0-9]{{2}}|rag", line) for line in gone.elements())
    comments = [line for line in old if line.lstrip().startswith("#")]
    assert not Counter(comments) - Counter(new)
    if not is_reordered:
        assert sum(a != b for a, b in zip(old, new, strict=False)) <= changed
    ends = Counter(re.findall("\r\n|\r|\n", text))
    assert not ends - Counter(re.findall("\r\n|\r|\n", after))
