"""A plan as arrays, and its steady state: what delivers how much when these are down and those stand in."""
