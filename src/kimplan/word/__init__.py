"""The report as a Word file: the only place that knows python-docx and WordprocessingML."""

from kimplan.word.write import write_report, write_template

__all__ = ["write_report", "write_template"]
