"""The summary of a step of GitHub's, to which kimplan adds."""

from __future__ import annotations

import os
import sys


def add_to_summary(text: str) -> None:
    """Add to the step's summary, if GitHub names its file."""
    if summary := os.environ.get("GITHUB_STEP_SUMMARY"):
        try:
            with open(summary, "a", encoding="utf-8", errors="backslashreplace") as file:
                file.write(text)
        except (OSError, ValueError) as error:
            from kimplan.reasons import why

            sys.stderr.write(f"kimplan: the step's summary was not written: {why(error)}\n")
