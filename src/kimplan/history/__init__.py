"""What version control knows of a plan; the only floor that calls git."""

from kimplan.history.version import SourceVersion, source_version

__all__ = ["SourceVersion", "source_version"]
