"""The addresses in the package's metadata, which whoever releases it knows, and no file does.

A release says where its repository is by KIMPLAN_REPOSITORY=https://github.com/OWNER/NAME; a wheel
made from its source archive takes what that says. Any other build names no addresses.
"""

import os
import re
from email.parser import BytesHeaderParser
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

_REPOSITORY = re.compile(r"https://[a-z0-9.-]+/[A-Za-z0-9-]+/[A-Za-z0-9._-]+")


class Addresses(MetadataHookInterface):
    """Fills ``[project.urls]``."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Add the key ``urls`` to `metadata`; raise ValueError for what is no repository."""
        archive = Path(self.root, "PKG-INFO")
        if repository := os.environ.get("KIMPLAN_REPOSITORY", ""):
            metadata["urls"] = _of(repository)
        elif archive.is_file():
            said = BytesHeaderParser().parsebytes(archive.read_bytes()).get_all("Project-URL", [])
            metadata["urls"] = dict(one.split(", ", 1) for one in said)


def _of(repository: str) -> dict[str, str]:
    if not _REPOSITORY.fullmatch(repository):
        raise ValueError(f"KIMPLAN_REPOSITORY is no https://github.com/OWNER/NAME: {repository}")
    return {
        "Homepage": repository,
        "Documentation": f"{repository}/tree/HEAD/docs",
        "Changelog": f"{repository}/blob/HEAD/CHANGELOG.md",
        "Issues": f"{repository}/issues",
        "Source": repository,
    }
