"""What version control knows of a plan; the only floor that calls git."""

from kimplan.history.base import Comparison, read_base
from kimplan.history.version import SourceVersion, source_version

__all__ = ["Comparison", "SourceVersion", "read_base", "source_version"]
