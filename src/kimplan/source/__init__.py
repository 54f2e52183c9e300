"""YAML text to values with positions: the only floor that reads YAML."""

from kimplan.source.document import Document, Path, parse, shown
from kimplan.source.file import leads_out, read
from kimplan.source.problem import Problem

__all__ = ["Document", "Path", "Problem", "leads_out", "parse", "read", "shown"]
