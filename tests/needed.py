"""Packages that only some tests need: skipped without them, unless every test has to run."""

from __future__ import annotations

import importlib
import os
from typing import Any

import pytest


def needed(name: str) -> Any:
    """Return the module `name`, or skip the test module that asks for it."""
    try:
        return importlib.import_module(name)
    except ImportError:
        if os.environ.get("KIMPLAN_REQUIRE_ALL_TESTS") == "1":
            raise
        pytest.skip(f"{name} is not installed (extra outputs)", allow_module_level=True)
