"""A role registered, renamed or given to another one: registry, records, actions and CODEOWNERS."""
