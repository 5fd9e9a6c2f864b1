"""Columns of pyarrow as NumPy arrays and back, over the same memory.

By way of their buffers: pyarrow's own conversions load pandas first, which costs more than many a list of lines.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from bcp.model.columns import Codes, Rows, Texts

Flags = npt.NDArray[np.bool_]


def numbers(column: pa.Int32Array) -> Codes:
    """A column of 32-bit whole numbers without gaps: shape (rows,)."""
    return _of_buffer(column.buffers()[1])[column.offset : column.offset + len(column)]


def flags(column: pa.BooleanArray) -> Flags:
    """A column of truth values without gaps: shape (rows,)."""
    packed = np.frombuffer(column.buffers()[1] or b"", np.uint8)
    bits = np.unpackbits(packed, count=column.offset + len(column), bitorder="little")
    return bits[column.offset :].view(np.bool_)


def texts(column: pa.StringArray) -> Texts:
    """A column of texts without gaps."""
    _, ends, data = column.buffers()
    places = _of_buffer(ends)[column.offset : column.offset + len(column) + 1]
    return Texts(np.frombuffer(data or b"", np.uint8), places if len(places) else np.zeros(1, np.int32))


def _of_buffer(buffer: pa.Buffer | None) -> Codes:
    return np.frombuffer(buffer or b"", np.int32)


def column_of(values: Texts | Codes | Rows) -> pa.Array:
    """Texts, or 32-bit or 64-bit whole numbers, as a column."""
    if isinstance(values, Texts):
        buffers = [None, pa.py_buffer(values.ends), pa.py_buffer(values.data)]
        return pa.Array.from_buffers(pa.string(), len(values), buffers)
    kind = pa.int32() if values.dtype == np.int32 else pa.int64()
    return pa.Array.from_buffers(kind, len(values), [None, pa.py_buffer(np.ascontiguousarray(values))])
