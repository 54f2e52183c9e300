"""The addresses in the package's metadata, which whoever releases it knows, and no file does.

A release says where its repository is by KIMPLAN_REPOSITORY=https://github.com/OWNER/NAME. A wheel
made from its source archive takes what that says, which hatch sees to. Any other build names none.
"""

import os
import re
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

_REPOSITORY = re.compile(r"https://[a-z0-9.-]+/[A-Za-z0-9-]+/[A-Za-z0-9._-]+")


class Addresses(MetadataHookInterface):
    """Fills ``[project.urls]``."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Add the key ``urls`` to `metadata`; raise ValueError for what is no repository."""
        if repository := os.environ.get("KIMPLAN_REPOSITORY", ""):
            metadata["urls"] = _of(repository)


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
