"""A table of somebody's plan to records: columns, values, sections, questions and the proof."""
