"""What libraries do when they are imported and no command needs, left out or put off.

Each of these is a part of what every command takes to start. Where a library is not as it is
described here, it does what it would do, and the command takes as long as that.
"""

from __future__ import annotations

import sys
import typing
from collections import namedtuple
from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

# Modules of which a library takes only the name; they are loaded when something in them is asked
# for: by pydantic to compare passwords, by typer to install completion and to open a browser, by
# shutil for archives, by inspect to read source. ruamel.yaml's package loads its emitters; what we
# read comes from modules inside it.
_LATER = frozenset({
    "base64", "bz2", "locale", "lzma", "ruamel.yaml", "secrets", "subprocess", "tokenize",
})  # fmt: skip
# Modules of ruamel.yaml of which the C parser takes only the error, an empty child of this class.
_ERRORS = {
    "ruamel.yaml.composer": "MarkedYAMLError",
    "ruamel.yaml.constructor": "MarkedYAMLError",
    "ruamel.yaml.emitter": "YAMLError",
    "ruamel.yaml.parser": "MarkedYAMLError",
    "ruamel.yaml.representer": "YAMLError",
    "ruamel.yaml.scanner": "MarkedYAMLError",
    "ruamel.yaml.serializer": "YAMLError",
}


def spare() -> None:
    """Have what is imported from here on do without what no command needs."""
    if not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        _leave_plugins_out()
        _make_named_tuples_at_once()
        sys.meta_path.insert(0, _Finder())


def _leave_plugins_out() -> None:
    """Spare pydantic the import of what looks for its plugins, which are turned off.

    Its loader imports `importlib.metadata`, and with it half of `email`: a twentieth of a command's
    time. Whatever else somebody asks of that module is answered by the real one.
    """
    name = "pydantic.plugin._loader"
    if name in sys.modules:
        return

    def ask_the_real_one(attribute: str) -> object:
        if attribute.startswith("__"):  # what importing asks of every module
            raise AttributeError(attribute)
        sys.modules.pop(name, None)
        return getattr(import_module(name), attribute)

    stand_in = ModuleType(name)
    stand_in.__dict__.update(get_plugins=tuple, __getattr__=ask_the_real_one)
    sys.modules[name] = stand_in


def _make_named_tuples_at_once() -> None:
    """Have the usual child of NamedTuple made in one step, its annotations as they are.

    It is given the bases that it has by then, for which all that it inherits is looked up again,
    and each annotation that is text is compiled, to see whether it can be a type; type checkers
    see that too. A report makes more than seventy of them. Python 3.13 does more for each, and is
    left alone.
    """
    meta: Any = getattr(typing, "NamedTupleMeta", None)
    if meta is None or sys.version_info >= (3, 13) or meta.__new__.__module__ == __name__:
        return
    make, refused = meta.__new__, vars(typing)["_prohibited"]
    passed_over = vars(typing)["_special"]

    def make_at_once(kind: Any, name: str, bases: Any, names: dict[str, Any]) -> Any:
        fields = names.get("__annotations__", {})
        defaults = [names[field] for field in fields if field in names]
        last = list(fields)[len(fields) - len(defaults) :]
        if len(bases) > 1 or not (names.keys() >= set(last) and refused.isdisjoint(names)):
            return make(kind, name, bases, names)
        made: Any = namedtuple(name, fields, defaults=defaults, module=names["__module__"])  # type: ignore[misc]
        made.__annotations__ = made.__new__.__annotations__ = fields
        for key, value in names.items():
            if key not in passed_over and key not in fields:
                setattr(made, key, value)
        return made

    meta.__new__ = make_at_once


class _Finder:
    """Finds the few modules that are loaded in another way, wherever they are found otherwise."""

    def find_spec(self, name: str, path: Sequence[str] | None, target: Any = None) -> Any:
        """Return how to load the module `name`, or None where nothing is special about it."""
        load: Any = _LOADERS.get(name)
        if load is None:
            return None
        for finder in sys.meta_path:
            spec = None if finder is self else finder.find_spec(name, path, target)
            if spec is not None:
                if spec.loader is not None:
                    spec.loader = load(spec.loader)
                return spec
        return None


class _Loader:
    """Loads a module as `loader` would, but for what its child does to it."""

    def __init__(self, loader: Any) -> None:
        self._loader = loader

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        """Return what the real loader returns."""
        module: ModuleType | None = self._loader.create_module(spec)
        return module


class _Later(_Loader):
    """Loads a module when something in it is asked for, into the same module."""

    def exec_module(self, module: ModuleType) -> None:
        """Have `module` loaded by the first name that is asked of it."""
        from _thread import RLock

        spec: Any = module.__spec__
        module.__loader__ = spec.loader = self._loader
        names, lock, is_loading = vars(module), RLock(), False
        bare = {*names, "__getattr__"}

        def load(name: str) -> Any:
            nonlocal is_loading
            with lock:
                # Whether it is a package, and what its own code asks for before it has made it.
                if name == "__path__" or is_loading:
                    raise AttributeError(name)
                if names.get("__getattr__") is load:
                    put_there = {key: names[key] for key in names.keys() - bare}
                    is_loading = True
                    try:
                        self._loader.exec_module(module)
                    finally:
                        is_loading = False
                    names.update(put_there)
                    if names["__getattr__"] is load:
                        del names["__getattr__"]
            return getattr(module, name)

        names["__getattr__"] = load


class _ErrorAtOnce(_Later):
    """Loads a module of ruamel.yaml when something in it is asked for, but for its error."""

    def exec_module(self, module: ModuleType) -> None:
        """Put the error into `module`, where it stays, and have the rest loaded when asked."""
        super().exec_module(module)
        base = getattr(import_module("ruamel.yaml.error"), _ERRORS[module.__name__])
        name = f"{module.__name__.rpartition('.')[2].capitalize()}Error"
        vars(module)[name] = type(name, (base,), {"__module__": module.__name__})


class _Shape:
    """Stands for TypedDict: its children say to type checkers which keys a dict has."""

    def __init_subclass__(cls, **how: Any) -> None:
        pass

    def __new__(cls, *args: Any, **keys: Any) -> Any:
        """Return the dict, which is all that a TypedDict makes."""
        return dict(*args, **keys)


class _WithoutShapes(_Loader):
    """Loads a module without what TypedDict computes of its children's annotations."""

    def exec_module(self, module: ModuleType) -> None:
        """Load `module` while TypedDict is a class like any other."""
        names = ("typing", "typing_extensions")
        places = [sys.modules[name] for name in names if name in sys.modules]
        real = [vars(place)["TypedDict"] for place in places]
        try:
            for place in places:
                vars(place)["TypedDict"] = _Shape
            self._loader.exec_module(module)
        finally:
            for place, shape in zip(places, real, strict=True):
                vars(place)["TypedDict"] = shape


class _MethodsLater(_Loader):
    """Loads `dataclasses` so that it writes and compiles a class's methods when one is called.

    The libraries define some sixty of these classes in each run, whose texts, comparisons, hashes
    and refusals of changes hardly anybody asks for; what makes an instance is made at once, for
    its signature is looked at. Python 3.13 makes them otherwise, and is left alone.
    """

    def exec_module(self, module: ModuleType) -> None:
        """Load `module`, and put the making of methods off where it is done as it is known."""
        self._loader.exec_module(module)
        make: Callable[..., Any] | None = getattr(module, "_create_fn", None)
        if make is not None:
            vars(module)["_create_fn"] = partial(_method_later, make)


def _method_later(make: Callable[..., Any], name: str, *how: Any, **where: Any) -> Any:
    if name == "__init__":
        return make(name, *how, **where)
    made: Callable[..., Any] | None = None

    def method(*args: Any, **keys: Any) -> Any:
        nonlocal made
        made = made or make(name, *how, **where)
        return made(*args, **keys)

    method.__name__ = name
    return method


class _FieldsAtOnce(_Loader):
    """Loads pydantic's model without its second place to look for what a model lacks.

    That is for private attributes and for fields beyond its own, which no model of ours has. Where
    a class has such a place, Python cannot remember how an attribute of it is found, and each
    takes four times as long.
    """

    def exec_module(self, module: ModuleType) -> None:
        """Load `module`, and take that place from its model."""
        self._loader.exec_module(module)
        model = getattr(module, "BaseModel", None)
        if "__getattr__" in vars(model):
            del module.BaseModel.__getattr__


_LOADERS: dict[str, type[_Loader]] = {
    "pydantic.main": _FieldsAtOnce,
    "pydantic_core.core_schema": _WithoutShapes,
    "dataclasses": _MethodsLater,
    **dict.fromkeys(_LATER, _Later),
    **dict.fromkeys(_ERRORS, _ErrorAtOnce),
}
