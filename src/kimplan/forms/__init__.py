"""A change that an owner asks for in a forge's form, read as data and answered in plain words."""
