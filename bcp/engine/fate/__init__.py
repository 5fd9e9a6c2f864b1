"""What stands in for what, what the two secretly share, and which routes a number therefore has left."""
