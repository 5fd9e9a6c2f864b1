"""Kernels that run as plain Python on lists, or compiled by Numba on arrays where that pays.

Importing Numba takes about half a second and compiling some seconds (once a machine: the result is
kept on disk), so small work stays plain Python. Numba is the optional extra `fast`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib.util import find_spec
from types import FunctionType
from typing import Any

Kernels = Mapping[str, Callable[..., Any]]
"""Kernels by name."""


@cache
def numba_available() -> bool:
    """Whether the extra `fast` is installed; Numba is not imported for the answer."""
    return find_spec("numba") is not None


def compiled(functions: Sequence[Any]) -> Kernels:
    """The same functions compiled, by name; each may call those before it.

    They are compiled against a copy of their module's globals, in which the ones before them already are
    the compiled ones: the plain functions stay as they are.
    """
    from numba import njit  # noqa: PLC0415 - only where the work is large enough to pay for the import

    surroundings = dict(functions[0].__globals__)
    done: dict[str, Callable[..., Any]] = {}
    for function in functions:
        name = function.__name__
        plain = FunctionType(function.__code__, surroundings, name)
        try:
            done[name] = njit(cache=True)(plain)
        except RuntimeError:
            # no folder to keep the result in can be written to: it is compiled anew each time
            done[name] = njit(plain)
        surroundings[name] = done[name]
    return done
