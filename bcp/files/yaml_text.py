"""Plain data as YAML that people like to read: short lists and requirements on one line, long texts in blocks."""

from __future__ import annotations

from typing import Any

import yaml

_WIDE = 110
_SHORT = 90


class _Flow(dict[str, Any]):
    """A mapping that is written on one line."""


class _Line(list[Any]):
    """A list that is written on one line."""


class _Writer(yaml.CSafeDumper):
    """Writes every text so that it is read back as the same text."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - the base class hands it over
        """Nothing is written as a reference to another place."""
        return True


def _mapping(writer: _Writer, data: dict[str, Any]) -> yaml.Node:
    return writer.represent_mapping("tag:yaml.org,2002:map", data.items(), flow_style=isinstance(data, _Flow))


def _sequence(writer: _Writer, data: list[Any]) -> yaml.Node:
    simple = all(not isinstance(v, dict | list) for v in data)
    short = sum(len(str(v)) + 4 for v in data) <= _SHORT
    return writer.represent_sequence(
        "tag:yaml.org,2002:seq", data, flow_style=(simple and short) or type(data) is _Line
    )


def _text(writer: _Writer, text: str) -> yaml.Node:
    block = "\n" in text and text.isprintable() is False and _is_plain_block(text)
    return writer.represent_scalar("tag:yaml.org,2002:str", text, style="|" if block else None)


def _is_plain_block(text: str) -> bool:
    lines = text.split("\n")
    return (
        all(line.isprintable() and line == line.rstrip() for line in lines)
        and bool(lines[0])
        and not lines[0].startswith(" ")
    )


def _number(writer: _Writer, value: float) -> yaml.Node:
    whole = value.is_integer() and abs(value) < 1e15  # noqa: PLR2004 - above it a float has no exact digits
    if whole:
        return writer.represent_scalar("tag:yaml.org,2002:int", str(int(value)))
    digits = repr(value)
    text = digits if "." in digits else digits.replace("e", ".0e")  # other readers take 1e-09 for a word
    return writer.represent_scalar("tag:yaml.org,2002:float", text)


_Writer.add_representer(dict, _mapping)
_Writer.add_representer(_Flow, _mapping)
_Writer.add_representer(list, _sequence)
_Writer.add_representer(_Line, _sequence)
_Writer.add_representer(str, _text)
_Writer.add_representer(float, _number)


def yaml_text(data: dict[str, Any]) -> str:
    """The data as YAML, a blank line between its sections; `read_source` reads back the same data."""
    return "\n".join(_section({key: _shaped(value, key)}) for key, value in data.items())


def _section(part: dict[str, Any]) -> str:
    text: str = yaml.dump(part, Dumper=_Writer, allow_unicode=True, sort_keys=False, width=_WIDE, indent=2)
    return text


def _shaped(data: Any, key: str = "") -> Any:
    """The same data, with each requirement and each short mapping of plain values on one line."""
    if isinstance(data, list):
        if key == "requires":
            return _Line(map(_flowing, data)) if _fits(data) else [_flowing(v) for v in data]
        return [_shaped(v) for v in data]
    if isinstance(data, dict):
        if key in ("impact", "span", "organisation", "defaults") and _fits(data):
            return _flowing(data)
        return {k: _shaped(v, k) for k, v in data.items()}
    return data


def _fits(data: dict[str, Any] | list[Any]) -> bool:
    return len(str(data)) <= _SHORT and "\n" not in str(data)


def _flowing(data: Any) -> Any:
    if isinstance(data, dict):
        return _Flow({k: _flowing(v) for k, v in data.items()})
    return [_flowing(v) for v in data] if isinstance(data, list) else data
