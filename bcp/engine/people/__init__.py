"""Whether those who decide, act and must be told can be reached while things are down."""
