"""What a shell asks for: what may stand at the place where somebody is typing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from kimplan.cli.parameters import arguments, shown_name
from kimplan.cli.shared_options import OPTIONS, PLAN, SHARED, Shared

COMMAND, FORM, OPTION, VALUE = "command", "form", "option", "value"


class Question(NamedTuple):
    """What is asked for.

    `kind` says of what it is; a value is called `metavar` in the help, `about` says there what it
    is for. `typed` is its beginning, and `prefix` what stands before that in the same word.
    `plans` are the folders that --plan names, `known` the options there are and `given` the
    values that stand there already.
    """

    kind: str
    typed: str = ""
    prefix: str = ""
    metavar: str = ""
    about: str = ""
    plans: tuple[str, ...] = ()
    known: tuple[tuple[str, str], ...] = ()
    given: tuple[str, ...] = ()


class _Option(NamedTuple):
    """An option in short: its names, its value's if it takes one, and whether it may come again."""

    names: tuple[str, ...]
    metavar: str
    about: str
    is_many: bool

    @property
    def long(self) -> str:
        return max(self.names, key=len)


_HELP = _Option(("-h", "--help"), "", "", False)


def read_question(words: Sequence[str]) -> Question:
    """Return what is asked for at the end of `words`, which stand behind the program's name."""
    before = [*map(_shared, OPTIONS), _HELP]
    found = _Reading(before, [], is_first=True)
    for at, word in enumerate(words):
        if at == len(words) - 1:
            return _named(found, word)
        if found.take(word):
            return _in_command(words[at:], found.plans)
    return _named(found, "")


def _without_options(words: Sequence[str], plans: list[str]) -> Question | list[str]:
    """Return the words of a group's command without the options between, or what is asked there."""
    found = _Reading([*map(_shared, (PLAN, *SHARED)), _HELP], plans, is_first=True)
    for at, word in enumerate(words[1:], start=1):
        if at == len(words) - 1:
            return found.option_at(word) or Question(FORM, word, metavar=words[0])
        if found.take(word):
            plans[:] = found.plans
            return [words[0], *words[at:]]
    return Question(FORM, metavar=words[0])


def _named(found: _Reading, word: str) -> Question:
    return found.option_at(word) or Question(COMMAND, word, plans=tuple(found.plans))


def _in_command(words: Sequence[str], plans: list[str]) -> Question:
    """Return what is asked for behind the name of a command, which `words` begin with."""
    from kimplan.cli.app import commands_of

    if words[0] == "help":
        return _in_command(words[1:], plans) if len(words) > 2 else Question(COMMAND, words[-1])
    depth = 2 if commands_of(words[0]) else 1
    if depth == 2:
        inner = _without_options(words, plans)
        if isinstance(inner, Question):
            return inner
        words = inner
    command = _made(list(words[:depth]))
    found = _Reading([*map(_option, _options(command)), *map(_shared, SHARED)], plans)
    for word in words[depth:-1]:
        found.take(word)
    return found.option_at(words[-1]) or _argument(command, found, words[-1])


def _argument(command: Any, found: _Reading, word: str) -> Question:
    takes = arguments(command)
    many = takes and takes[-1].nargs != 1
    if len(found.words) >= len(takes) and not many:
        return Question(VALUE, word)
    param = takes[min(len(found.words), len(takes) - 1)]
    return Question(
        VALUE, word, metavar=shown_name(param), about=param.help or "",
        plans=tuple(found.plans), given=tuple(found.words),
    )  # fmt: skip


class _Reading:
    """What was read of a line so far."""

    def __init__(self, options: list[_Option], plans: list[str], *, is_first: bool = False) -> None:
        self._options = options
        self._by_name = {name: one for one in options for name in one.names}
        self._is_first = is_first
        self._open: _Option | None = None
        self._may_be: _Option | None = None  # the option whose value may follow, or may not
        self._used: set[_Option] = set()
        self._only_words = False
        self.plans = list(plans)
        self.words: list[str] = []

    def take(self, word: str) -> bool:
        """Read a word; return whether it is the command."""
        self._may_be = None
        if self._open:
            self._value(self._open, word)
            self._open = None
        elif word.startswith("-") and word != "-" and not self._only_words:
            self._only_words = word == "--"
            self._name(word)
        elif self._is_first:
            return True
        else:
            self.words.append(word)
        return False

    def _name(self, word: str) -> None:
        name, sign, value = word.partition("=")
        option = self._by_name.get(name)
        if option:
            self._used.add(option)
            if sign:
                self._value(option, value)
            elif option.metavar.startswith("["):
                self._may_be = option
            elif option.metavar:
                self._open = option

    def _value(self, option: _Option, value: str) -> None:
        if "--plan" in option.names:
            self.plans.append(value)

    def option_at(self, word: str) -> Question | None:
        """Return what is asked for where `word` is typed, if it is an option or its value."""
        if self._open:
            return self._asked(self._open, word, "")
        name, sign, value = word.partition("=")
        if self._may_be and not word.startswith("-"):
            return self._asked(self._may_be, word, "")
        if self._only_words or not word.startswith("-"):
            return None
        if sign and (option := self._by_name.get(name)):
            return self._asked(option, value, f"{name}=")
        free = [one for one in self._options if one.is_many or one not in self._used]
        return Question(OPTION, word, known=tuple((one.long, one.about) for one in free))

    def _asked(self, option: _Option, typed: str, prefix: str) -> Question:
        return Question(VALUE, typed, prefix, option.metavar, option.about, tuple(self.plans))


def _shared(option: Shared) -> _Option:
    return _Option(option.opts, option.metavar, option.about, option.dest == "plan")


def _option(param: Any) -> _Option:
    metavar = "" if getattr(param, "is_flag", False) else shown_name(param)
    is_many = bool(getattr(param, "multiple", False))
    return _Option(tuple(param.opts), metavar, param.help or "", is_many)


def _options(command: Any) -> list[Any]:
    return [param for param in command.params if param.param_type_name == "option"]


def _made(names: list[str]) -> Any:
    """Return the command of that name; raise KeyError where there is none."""
    from typer.main import get_command

    from kimplan.cli.app import make_app

    found: Any = get_command(make_app(names))
    for name in names:
        found = found.commands[name]
    return found
