"""Which components, alone or together, take a target down, how likely that is, and which matter most."""
