"""The text of ``owners.yaml`` with a role more, less or by another name; the rest stays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from kimplan.edits.proof import as_models_see, keeps_comments, says_only
from kimplan.errors import KimplanError
from kimplan.source import KeyPath
from kimplan.writing import entries, keys
from kimplan.writing.parsed_text import CannotEditError, ParsedText

_OWNERS: KeyPath = ("owners",)


def with_role(text: ParsedText, entry: Mapping[str, str]) -> ParsedText:
    """Return the registry `text` with `entry` as its last role."""
    expected = deepcopy(text.value)
    expected["owners"].append(dict(entry))
    longer, at = entries.append(text, _OWNERS, entry), len(text.value["owners"])
    for key, words in entry.items():  # however long: none of them may go on in the next line
        longer = keys.set_line(longer, (*_OWNERS, at, key), words)
    return _proved(text, longer, expected)


def renamed(text: ParsedText, at: int, new: str) -> ParsedText:
    """Return the registry `text` in which role number `at` is called `new`."""
    expected = deepcopy(text.value)
    expected["owners"][at]["role"] = new
    return _proved(text, keys.set_text(text, (*_OWNERS, at, "role"), new), expected)


def without_role(text: ParsedText, at: int) -> ParsedText:
    """Return the registry `text` without role number `at`; an ignore that was for it goes too."""
    expected = deepcopy(text.value)
    del expected["owners"][at]
    if not expected["owners"]:
        message = "it is the only role, and a plan needs one"
        raise KimplanError(message, "Register another one first: kimplan owners add ROLE.")
    return _proved(text, entries.remove_entry(text, (*_OWNERS, at)), expected)


def gone_ignores(before: ParsedText, after: ParsedText) -> Counter[str]:
    """Return the comments for kimplan that stood on lines of their own and went with their line."""
    ignores = {before.text_of(one) for one in before.ignores}
    gone = before.comments() - after.comments()
    return Counter({comment: number for comment, number in gone.items() if comment in ignores})


def _proved(before: ParsedText, after: ParsedText, expected: dict[str, Any]) -> ParsedText:
    is_said = says_only(before, after, expected, as_models_see)
    if not is_said or not keeps_comments(before, after, gone_ignores(before, after)):
        raise CannotEditError
    return after
