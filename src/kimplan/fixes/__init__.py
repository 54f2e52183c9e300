"""What has exactly one right answer is mended in a plan's files; nothing else is touched."""

from kimplan.fixes.folder import Fixed, fix, refuse_link, write
from kimplan.fixes.mend import Mended, fix_text, mend

__all__ = ["Fixed", "Mended", "fix", "fix_text", "mend", "refuse_link", "write"]
