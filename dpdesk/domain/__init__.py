"""Values, rules and codes of the party officer's work: the standard library only, no I/O, no prose."""
