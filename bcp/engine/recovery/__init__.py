"""How everything comes up again: in which order, how soon, and what that asks of each component."""
