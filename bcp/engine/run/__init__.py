"""A plan living through a scenario: from instant to instant, why, and what it means for the activities."""
