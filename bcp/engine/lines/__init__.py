"""Lines at scale: which of a million are hit, from when to when, and whom to tell first."""
