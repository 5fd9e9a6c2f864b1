"""Exercises: what the computed timeline of a scenario gives participants to hear, to do and to decide."""
