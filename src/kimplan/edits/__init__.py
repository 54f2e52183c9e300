"""A record's text changed and proved: what ``lint --fix``, ``update`` and ``new`` share."""
