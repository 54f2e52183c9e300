"""YAML text to values with positions: the only floor that reads YAML."""

from kimplan.characters import shown
from kimplan.source.document import Document, KeyPath, Words, parse
from kimplan.source.file import MISSING, decode, leads_out, read
from kimplan.source.ignores import Ignore, find_ignores
from kimplan.source.problem import Problem

__all__ = [
    "MISSING",
    "Document",
    "Ignore",
    "KeyPath",
    "Problem",
    "Words",
    "decode",
    "find_ignores",
    "leads_out",
    "parse",
    "read",
    "shown",
]
