"""The Jinja environment in which templates run: a closed list of values, filters and functions, and a budget.

A template is somebody's file. It can read the facts it is given and call the functions it is given;
it can reach nothing else of Python, print nothing but text and numbers, and not run or grow without end.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any, cast

import jinja2.ext
from jinja2 import StrictUndefined, nodes
from jinja2.exceptions import SecurityError
from jinja2.lexer import Token, TokenStream
from jinja2.runtime import LoopContext, Macro
from jinja2.sandbox import SandboxedEnvironment
from jinja2.utils import Namespace
from jinja2.visitor import NodeTransformer

from bcp.render.marks import clean, marked

STEPS = 2_000_000
"""Loop turns, calls and look-ups that one document may take: a plan of 10,000 components fits in it."""

LENGTH = 20_000_000
"""Characters that one document may be made of."""

_LOOP = ("index", "index0", "first", "last", "length", "revindex", "revindex0")
_FILTERS = (
    *(
        "default",
        "first",
        "last",
        "length",
        "upper",
        "lower",
        "sort",
        "select",
        "reject",
        "selectattr",
        "rejectattr",
    ),
    *("map", "unique", "groupby", "round", "abs", "int", "min", "max", "list", "reverse"),
)
_TESTS = (
    *("defined", "undefined", "none", "string", "number", "true", "false", "odd", "even", "in"),
    *("eq", "ne", "lt", "le", "gt", "ge", "==", "!=", "<", "<=", ">", ">=", "equalto"),
)


class Marking(jinja2.ext.Extension):
    """Marks the template's own text as structure, before anything is filled in."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """The same tokens with the text between tags marked."""
        for token in stream:
            yield Token(token.lineno, "data", marked(token.value)) if token.type == "data" else token


class _Counting(NodeTransformer):
    """Sends every loop, every ~ and every piece of the template's own text through the budget."""

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802 - Jinja finds it by the node's name
        self.generic_visit(node)
        node.iter = _call("counted", [cast("nodes.Expr", node.iter)], node.iter.lineno)
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802 - as above
        self.generic_visit(node)
        return _call("joined", node.nodes, node.lineno)

    def visit_TemplateData(self, node: nodes.TemplateData) -> nodes.Node:  # noqa: N802 - as above
        return _call("written", [nodes.Const(node.data, lineno=node.lineno)], node.lineno)


def _call(method: str, arguments: list[nodes.Expr], line: int) -> nodes.Call:
    function = nodes.EnvironmentAttribute(method, lineno=line)
    return nodes.Call(function, arguments, [], None, None, lineno=line)


class Sandbox(SandboxedEnvironment):
    """A Jinja environment for untrusted templates over untrusted values."""

    intercepted_binops = frozenset(["+", "*", "**", "%"])

    def __init__(self, loader: jinja2.BaseLoader, functions: Mapping[str, Callable[..., str]]) -> None:
        super().__init__(
            loader=loader,
            undefined=StrictUndefined,
            extensions=[Marking],
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            autoescape=False,
            finalize=self._printed,
            cache_size=0,
        )
        self._steps = STEPS
        self._length = LENGTH
        self._functions = {**functions, "range": self._range, "namespace": Namespace}
        self.globals = dict(self._functions)
        self.filters = {name: self.filters[name] for name in _FILTERS} | {"join": self._join, "trim": clean}
        self.tests = {name: self.tests[name] for name in _TESTS}

    def spend(self, steps: int = 1) -> None:
        """Count work done. Raises SecurityError when the template has used up what it may do."""
        self._steps -= steps
        if self._steps < 0:
            raise SecurityError("it runs too long. Make its loops shorter")

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:  # noqa: ARG002 - Jinja's signature
        """Only the fields of facts, and the counters of a loop."""
        if isinstance(obj, LoopContext):
            return attr in _LOOP
        if isinstance(obj, Namespace):
            return not attr.startswith("_")
        return is_dataclass(obj) and attr in {field.name for field in fields(obj)}

    def is_safe_callable(self, obj: Any) -> bool:
        """Only the functions given, macros and namespace()."""
        own = (self.counted, self.joined, self.written)
        return (
            isinstance(obj, Macro)
            or obj in own
            or any(obj is function for function in self._functions.values())
        )

    def getattr(self, obj: Any, attribute: str) -> Any:
        """An attribute, counted."""
        self.spend()
        return super().getattr(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """An item, counted."""
        self.spend()
        return super().getitem(obj, argument)

    def call(self, context: Any, obj: Any, *args: Any, **kwargs: Any) -> Any:
        """A call, counted."""
        self.spend()
        return super().call(context, obj, *args, **kwargs)

    def call_binop(self, context: Any, operator_: str, left: Any, right: Any) -> Any:  # noqa: ARG002 - Jinja's signature
        """Arithmetic on numbers, and + on short texts; nothing that can grow without end."""
        self.spend()
        numbers = isinstance(left, int | float) and isinstance(right, int | float)
        if operator_ == "+" and isinstance(left, str) and isinstance(right, str):
            return self._bounded(left + right)
        if operator_ == "**" or not numbers:
            raise SecurityError(f"{operator_} works on numbers only, + on two texts too")
        arithmetic = {"+": operator.add, "*": operator.mul, "%": operator.mod}[operator_]
        result = arithmetic(left, right)
        if abs(result) > 1e15:  # noqa: PLR2004 - beyond any figure of a plan, and far below what slows Python
            raise SecurityError("a number grows too large")
        return result

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree: nodes.Template = _Counting().visit(super()._parse(source, name, filename))
        return tree

    def counted(self, values: Iterable[Any]) -> list[Any]:
        """What a loop goes through, counted before it starts."""
        listed = list(values)
        self.spend(len(listed) + 1)
        return listed

    def joined(self, *values: Any) -> str:
        """Values joined by ~, counted."""
        return self._bounded("".join(str(self._printed(value)) for value in values))

    def written(self, text: str) -> str:
        """The template's own text, which is counted when it is printed."""
        return text

    def _bounded(self, text: str) -> str:
        self._count_length(len(text))
        return text

    def _count_length(self, characters: int) -> None:
        self._length -= characters
        if self._length < 0:
            raise SecurityError("it makes too long a text. Make its loops shorter")

    def _printed(self, value: Any) -> Any:
        if isinstance(value, StrictUndefined):
            return value
        if value is None:
            return ""
        if isinstance(value, bool) or not isinstance(value, str | int | float | date):
            raise SecurityError(
                f"a {type(value).__name__} cannot be printed. Print one of its values, or loop over it"
            )
        self.spend()
        return self._bounded(str(value))

    def _join(self, values: Iterable[Any], separator: str = ", ") -> str:
        """The texts of a list with `separator` between them."""
        listed = [str(self._printed(value)) for value in self.counted(values)]
        self._count_length(len(separator) * len(listed))
        return separator.join(listed)

    def _range(self, *bounds: int) -> range:
        numbers = range(*bounds)
        self.spend(len(numbers))
        return numbers
