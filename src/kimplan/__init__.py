"""kimplan keeps an action plan for the Housing Ombudsman's recommendations.

The version is a literal so that ``kimplan --version`` reads no package metadata.
"""

__version__ = "0.1.0"
