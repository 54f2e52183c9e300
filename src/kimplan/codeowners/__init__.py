"""CODEOWNERS from the plan: who is asked to review a change of which recommendation.

The file's form is GitHub's and GitLab's:
https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners
https://docs.gitlab.com/user/project/codeowners/reference/
"""

from kimplan.codeowners.blocks import find_block, written
from kimplan.codeowners.overrides import Forge, Overriding, find_overriding
from kimplan.codeowners.place import Place, place_of, read_codeowners

__all__ = [
    "Forge",
    "Overriding",
    "Place",
    "find_block",
    "find_overriding",
    "place_of",
    "read_codeowners",
    "written",
]
