"""The values: a plan, a scenario, a run and what is said of them. Frozen, without input or output."""
