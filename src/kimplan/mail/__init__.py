"""Reminders as mail: messages, and their way to a server."""
