"""What the tests of mail share; they need a mail server and certificates of their own."""

from __future__ import annotations

import importlib.util
import os
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from .mail_server import Certificates

_MISSING = [name for name in ("aiosmtpd", "trustme") if importlib.util.find_spec(name) is None]
collect_ignore: list[str] = []
if _MISSING and os.environ.get("KIMPLAN_REQUIRE_ALL_TESTS") != "1":
    collect_ignore = ["test_mail_sending.py", "mail_server.py"]


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    from .mail_server import Certificates

    return Certificates(tmp_path_factory.mktemp("authority"))
