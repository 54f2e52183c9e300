"""Reminders as mail: messages, the files they stand in, the server that sends them, the ledger."""
