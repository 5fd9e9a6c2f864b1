"""The one root of all errors a user may meet, and the problem it carries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bcp.saying import together


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong in what the user gave, where it stands and what to do.

    `file` and `line` (from 1) say where in a file; `line` is 0 where there is no line to point at.
    `path` names the place inside the plan, such as `components.n-0771.requires[0]`.
    """

    file: str
    line: int
    path: str
    message: str
    fix: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return together((together((place, self.path, self.message), ": "), self.fix))


class BcpError(Exception):
    """Something the user can mend: it names the thing, what is wrong and what to do."""

    def __init__(self, message: str, fix: str = "", where: str = "") -> None:
        self.message = message
        self.fix = fix
        self.where = where
        super().__init__(message)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The same error as problems, for whoever lists them."""
        return (Problem(self.where, 0, "", self.message, self.fix),)

    def __str__(self) -> str:
        return together((together((self.where, self.message), ": "), self.fix))


class WrongValueError(ValueError):
    """A single value that cannot be: what is wrong with it, and what to do. The models' checks raise it."""

    def __init__(self, message: str, fix: str = "") -> None:
        self.message = message
        self.fix = fix
        super().__init__(together((message, fix)))


class InvalidInputError(BcpError):
    """A file or an edit with problems, all of them at once, in the order of their lines."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self._problems = tuple(problems)
        super().__init__(together((str(p) for p in self._problems), "\n"))

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Every problem found."""
        return self._problems


class NotFoundError(BcpError):
    """A plan, scenario, component, document or revision of that name does not exist."""


class SelectorError(BcpError):
    """A scenario's selector matched nothing in the plan, or a parameter is unknown or missing."""


class StoreError(BcpError):
    """The embedded store could not be opened, read or written."""
