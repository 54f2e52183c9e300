"""The addresses in the package's metadata, which whoever releases it knows, and no file does.

They are those of ``[project.urls]``, and those of the links of ``README.md``, which is shown on the
index as the package's page and there leads nowhere as it is.

A release says where its repository is by KIMPLAN_REPOSITORY=https://github.com/OWNER/NAME. A wheel
made from its source archive takes what that says, which hatch sees to. Any other build names none.
"""

import os
import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

# What stands before the address of a link, or of a picture, that leads to a file beside README.md.
_LINK = re.compile(r"(?<!!)\[[^]]*\]\((?!https?:|#)")
_IMAGE = re.compile(r"!\[[^]]*\]\((?!https?:)")
_REPOSITORY = re.compile(r"https://[a-z0-9.-]+/[A-Za-z0-9-]+/[A-Za-z0-9._-]+")


class Addresses(MetadataHookInterface):
    """Fills the keys ``urls`` and ``readme``."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Add both to `metadata`; raise ValueError for what is no repository."""
        text = Path(self.root, "README.md").read_text(encoding="utf-8")
        if repository := os.environ.get("KIMPLAN_REPOSITORY", ""):
            metadata["urls"] = _addresses(repository)
            text = _LINK.sub(rf"\g<0>{repository}/blob/HEAD/", text)
            text = _IMAGE.sub(rf"\g<0>{repository}/raw/HEAD/", text)
        metadata["readme"] = {"content-type": "text/markdown", "text": text}


def _addresses(repository: str) -> dict[str, str]:
    if not _REPOSITORY.fullmatch(repository):
        raise ValueError(f"KIMPLAN_REPOSITORY is no https://github.com/OWNER/NAME: {repository}")
    return {
        "Homepage": repository,
        "Documentation": f"{repository}/tree/HEAD/docs",
        "Changelog": f"{repository}/blob/HEAD/CHANGELOG.md",
        "Issues": f"{repository}/issues",
        "Source": repository,
    }
