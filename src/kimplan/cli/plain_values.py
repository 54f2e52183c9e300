"""The texts, paths and switches of a command, read without pydantic."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

_PATH = (str, Path)
# What an option may be annotated with, and what its values are that need no reading.
_PLAIN: dict[Any, Any] = {str: str, bool: bool, Path: _PATH, list[str]: str, list[Path]: _PATH}


def read_plainly(param: Any) -> Any:
    """Return `param`, which from here on reads what is plain as it is and leaves the rest to typer.

    typer 0.29 reads each value, even None, with a validator of pydantic; importing that takes
    longer than a command that needs no model. Other releases know no `type_descriptor`.
    """
    kind = getattr(getattr(param, "type_descriptor", None), "annotation", None)
    if kind not in _PLAIN or "process_value" in vars(param):
        return param
    ask_typer, plain = param.process_value, _PLAIN[kind]
    is_list = kind in (list[str], list[Path])

    def process_value(ctx: Any, value: Any) -> Any:
        if value is None:
            if param.required:
                return ask_typer(ctx, value)
            found: Any = () if is_list else None
        else:
            items = value if is_list else (value,)
            is_plain = isinstance(items, list | tuple) and items
            if not is_plain or not all(_is_plain(item, plain) for item in items):
                return ask_typer(ctx, value)
            read = list(map(Path, items)) if plain is _PATH else list(items)
            found = read if is_list else read[0]
        return param.callback(ctx, param, found) if param.callback else found

    param.process_value = process_value
    return param


def _is_plain(item: Any, plain: Any) -> bool:
    """Say whether typer would take `item` as it is: a path that is there must be readable."""
    if not isinstance(item, plain):
        return False
    return plain is not _PATH or os.access(item, os.R_OK) or not os.path.exists(item)
