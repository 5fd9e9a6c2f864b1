"""The pages of the menu, one script each."""
