"""Values written as YAML, in the style of what stands there, each proved by reading it again."""
