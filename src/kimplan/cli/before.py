"""The options that stand before the command: ``kimplan --plan FOLDER lint``."""

from __future__ import annotations

from collections import deque

from kimplan.cli.elsewhere import elsewhere
from kimplan.cli.manner import manner
from kimplan.cli.shared_options import INSTALL, OPTIONS, PLAN, SHELLS, SHOW, VERSION, Shared
from kimplan.errors import KimplanError

_BY_NAME = {name: option for option in OPTIONS for name in option.opts}
_HELP = {"-h", "--help"}


def read_before(arguments: list[str], *, is_anew: bool = True) -> tuple[list[str], str, str]:
    """Take the options before the command, remember what they say, and return what follows.

    What an earlier reading has found is forgotten if this one `is_anew`. With what follows are the
    name of an option that is asked for in place of a command, and the shell that it names.

    Raises KimplanError for an option that is not known there.
    """
    words = deque(arguments)
    values: dict[str, object] = {}
    if is_anew:
        elsewhere.before = []
    action = shell = ""
    while words and words[0].startswith("-") and words[0] not in _HELP:
        option, value = _take(words)
        if option in {INSTALL, SHOW, VERSION}:
            action, shell = action or option.dest, value or shell
        elif option is PLAN:
            elsewhere.before.append(value)
        else:
            values[option.dest] = value if option.metavar else True
    manner.take(values)
    return list(words), action, shell


def _take(words: deque[str]) -> tuple[Shared, str]:
    """Take an option and its value off `words`."""
    word = words.popleft()
    name, has_value, value = word.partition("=") if word.startswith("--") else (word, "", "")
    option = _BY_NAME.get(name)
    if option is None:
        from kimplan.cli.mistakes import no_option_before

        raise no_option_before(name)
    if has_value and not option.metavar:
        raise KimplanError(f"{name} takes no value", f"Write it alone: {name}.")
    if option in {INSTALL, SHOW}:
        return option, _shell(value or (words.popleft() if _is_word(words) else ""))
    if option.metavar and not has_value:
        if not words:
            raise KimplanError(f"{name} needs a value", f"Write {name} {option.metavar}.")
        value = words.popleft()
    return option, value


def _is_word(words: deque[str]) -> bool:
    return bool(words) and not words[0].startswith("-")


def _shell(name: str) -> str:
    if name and name not in SHELLS:
        hint = f"Known: {', '.join(SHELLS)}."
        raise KimplanError(f"the shell '{name[:40]}' is not known", hint)
    return name
