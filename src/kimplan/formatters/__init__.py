"""Findings and tables to text; a formatter returns text and never prints."""
