"""Long columns without an object a row: each distinct value once, or all texts in one block of bytes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar, overload

import numpy as np
import numpy.typing as npt

T = TypeVar("T")

Codes = npt.NDArray[np.int32]
Rows = npt.NDArray[np.int64]


class Texts(Sequence[str]):
    """Many texts as one block of UTF-8: text k lies between `ends[k]` and `ends[k + 1]`.

    `data` has shape (bytes,), `ends` shape (texts + 1,). A text becomes a Python one when it is asked for.
    """

    __slots__ = ("data", "ends")

    def __init__(self, data: npt.NDArray[np.uint8], ends: Codes) -> None:
        self.data = data
        self.ends = ends

    @classmethod
    def of(cls, texts: Iterable[str]) -> Texts:
        """These texts, in their order."""
        parts = [text.encode() for text in texts]
        ends = np.zeros(len(parts) + 1, np.int32)
        np.cumsum([len(part) for part in parts], out=ends[1:])
        return cls(np.frombuffer(b"".join(parts), np.uint8), ends)

    def __len__(self) -> int:
        return len(self.ends) - 1

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> list[str]: ...
    def __getitem__(self, place: int | slice) -> str | list[str]:
        if isinstance(place, slice):
            return [self[k] for k in range(*place.indices(len(self)))]
        k = range(len(self))[place]
        return self.data[self.ends[k] : self.ends[k + 1]].tobytes().decode()

    def index(self, value: object, start: int = 0, stop: int | None = None) -> int:
        """The place of the first such text, found by its length. Raises ValueError where there is none."""
        length = len(value.encode()) if isinstance(value, str) else -1
        for place in np.flatnonzero(np.diff(self.ends)[start:stop] == length).tolist():
            if self[start + place] == value:
                return int(start + place)
        raise ValueError(f"{value!r} is not among these texts")


@dataclass(frozen=True, eq=False, slots=True)
class Coded(Generic[T]):
    """A column whose value in row r is `values[codes[r]]`; no value stands twice. `codes` has shape (rows,)."""

    codes: Codes
    values: Sequence[T]

    @classmethod
    def of(cls, rows: Iterable[T]) -> Coded[T]:
        """A column with these values, in their order."""
        places: dict[T, int] = {}
        codes = [places.setdefault(value, len(places)) for value in rows]
        return cls(np.array(codes, np.int32), tuple(places))

    def __len__(self) -> int:
        return len(self.codes)

    def __getitem__(self, row: int) -> T:
        return self.values[int(self.codes[row])]

    def code(self, value: T) -> int:
        """The code of a value; -1 where the column does not have it."""
        try:
            return self.values.index(value)
        except ValueError:
            return -1
