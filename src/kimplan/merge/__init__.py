"""Edits made in a Word copy of a report, back into the plan: a three-way merge of fields."""
