"""What the model's modules load: only those that make models load pydantic.

The rules stand on the others, and `kimplan rule` prints a rule without validating anything.
"""

from __future__ import annotations

import importlib
import subprocess
import sys
from pathlib import Path

import pytest

import kimplan.model

OF_PYDANTIC = {"core", "fields", "labels", "own_field", "plan", "recommendation"}


def test_only_the_models_load_pydantic() -> None:
    folder = Path(kimplan.model.__file__).parent
    names = {file.stem for file in folder.glob("*.py")} - {"__init__"}
    assert names > OF_PYDANTIC
    code = (
        "import importlib, sys\n"
        f"for name in {sorted(names - OF_PYDANTIC)}:\n"
        "    importlib.import_module(f'kimplan.model.{name}')\n"
        "    if 'pydantic' in sys.modules or 'pydantic_core' in sys.modules:\n"
        "        sys.exit(f'{name} loads pydantic')\n"
    )
    found = subprocess.run(
        [sys.executable, "-c", code], check=False, capture_output=True, text=True
    )
    assert (found.returncode, found.stderr) == (0, "")


@pytest.mark.parametrize("name", sorted(OF_PYDANTIC))
def test_models_are_made_of_types_not_of_their_text(name: str) -> None:
    """pydantic parses each annotation that is kept as text, which takes as long as the rest."""
    module = importlib.import_module(f"kimplan.model.{name}")
    assert "annotations" not in vars(module), "from __future__ import annotations"
