"""The emergency pack: one HTML file that works on a phone without a network, and on paper."""
