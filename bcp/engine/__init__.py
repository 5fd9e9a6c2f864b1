"""Pure computing on arrays: compile a plan, run it, explain it."""
