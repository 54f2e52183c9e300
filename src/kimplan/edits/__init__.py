"""Changes of a plan's records that an owner asks for by command rather than by writing YAML."""
