"""Continuity planning for organisations that their customers reach by telephone."""

__version__ = "0.1.0"
