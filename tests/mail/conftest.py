"""What the tests of mail share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from .mail_server import Certificates


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    from .mail_server import Certificates

    return Certificates(tmp_path_factory.mktemp("authority"))
