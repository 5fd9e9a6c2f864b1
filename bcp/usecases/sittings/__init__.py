"""Exercises and incidents: opening, joining, writing the log, the situation at a moment, and what comes after."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
