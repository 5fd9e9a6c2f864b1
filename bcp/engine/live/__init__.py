"""A sitting at a moment: its clock, the scenario as people have seen it, and the situation, from the log alone."""
