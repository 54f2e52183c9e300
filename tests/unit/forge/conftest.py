"""A forge that runs for a test, and what calls it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fake_forge import REPOSITORY, TOKEN, Forge, forge_running
from pydantic import SecretStr

from kimplan.forge.address import Place
from kimplan.forge.call import Caller, Times


@pytest.fixture
def forge() -> Iterator[Forge]:
    with forge_running() as running:
        yield running


@pytest.fixture
def waited() -> list[float]:
    """How long was waited, in seconds, had anybody slept."""
    return []


@pytest.fixture
def caller(forge: Forge, waited: list[float]) -> Caller:
    times = Times(silence=5.0, whole=5.0, sleep=waited.append)
    return Caller(Place(forge.url, REPOSITORY), SecretStr(TOKEN), times)
