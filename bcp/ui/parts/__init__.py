"""What pages are made of: one thing on the screen a module."""
