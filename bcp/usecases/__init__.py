"""A person's verbs: open, check, run, explain, route, assess, compare, report. CLI and UI call only these.

What is here and where it lies is told in `__init__.pyi`. Each verb is read in when it is first asked for, so that a
page or command waits for what it needs itself: all of them together take longer than Streamlit.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
