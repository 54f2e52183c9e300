"""What a new plan repository is to be: what was asked for, as data."""

from __future__ import annotations

from typing import NamedTuple

from kimplan.model.choice import Choice


class Forge(Choice):
    """Where the repository will be, which decides how the plan is checked there."""

    GITHUB = "github", "A workflow for GitHub Actions."
    GITLAB = "gitlab", "A pipeline for GitLab."
    AZURE = "azure", "A pipeline for Azure Pipelines."
    NONE = "none", "No pipeline."


class Content(Choice):
    """What the plan begins with."""

    KIM = "kim", "The 21 recommendations of the Ombudsman's report on knowledge and information."
    EXAMPLE = "example", "One section, and one example of a recommendation."
    NOTHING = "nothing", "One section, into which recommendations are brought from a file."


class Start(NamedTuple):
    """What a new plan says of itself; texts are on one line, `timezone` is a known one."""

    title: str
    organisation: str
    audience: str = "Board"
    timezone: str = "Europe/London"
    forge: Forge = Forge.NONE
    content: Content = Content.EXAMPLE
