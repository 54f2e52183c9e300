"""CODEOWNERS from the plan: who is asked to review a change of which recommendation.

The file's form is GitHub's and GitLab's:
https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners
https://docs.gitlab.com/user/project/codeowners/reference/
"""

from kimplan.codeowners.blocks import written
from kimplan.codeowners.overrides import Forge, Overriding, find_overriding

__all__ = ["Forge", "Overriding", "find_overriding", "written"]
