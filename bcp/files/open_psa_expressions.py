"""The expressions of the Open-PSA model exchange format, as far as they have one value.

A random deviate counts with its mean, as fault-tree tools do for a point estimate.
"""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from bcp.files.xml_source import Element
from bcp.saying import said

MISSION_TIME = 8760.0
"""Hours that `<system-mission-time/>` stands for where nobody says otherwise: one year."""

_DEEPEST = 100
"""Expressions in expressions, through parameters too."""

_FLOAT = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?")
_INTEGER = re.compile(r"[+-]?[0-9]+")
TRUTH = {"true": True, "1": True, "false": False, "0": False}
"""How XML writes the truth values."""


class ExpressionError(Exception):
    """An expression that has no value here: the line, what is wrong, what to do."""

    def __init__(self, line: int, message: str, fix: str) -> None:
        self.line = line
        self.message = message
        self.fix = fix
        super().__init__(message)


@dataclass(slots=True)
class Evaluator:
    """Works out expressions as seen from the container `base`.

    `parameter` finds, for a reference and a container, the parameter's expression and its own container.
    """

    parameter: Callable[[str, str], tuple[Element, str] | None]
    mission_time: float = MISSION_TIME
    base: str = ""
    known: dict[int, float] = field(default_factory=dict)
    depth: int = 0

    def value(self, element: Element) -> float:
        """The value of an expression. Raises ExpressionError where it has none."""
        self.depth += 1
        try:
            if self.depth > _DEEPEST:
                message = said(
                    "expressions stand more than {deepest} deep in each other, or in a ring.",
                    deepest=_DEEPEST,
                )
                raise ExpressionError(element.line, message, said("Give the value itself."))
            found = self._value(element)
        except (ArithmeticError, ValueError) as error:
            raise ExpressionError(
                element.line,
                said("<{name}> has no value for these arguments.", name=element.name),
                said("Check them."),
            ) from error
        finally:
            self.depth -= 1
        if not math.isfinite(found):
            raise ExpressionError(
                element.line, said("<{name}> has no finite value.", name=element.name), said("Check it.")
            )
        return found

    def _value(self, element: Element) -> float:
        match element.name:
            case "float" | "int" | "bool":
                found = _constant(element)
            case "system-mission-time":
                found = self.mission_time
            case "parameter":
                found = self._parameter(element)
            case "histogram":
                found = self._histogram(element)
            case "switch":
                found = self._switch(element)
            case "ite":
                _arity(element, element.children, (3, 3))
                condition, yes, no = element.children
                found = self.value(yes if self.value(condition) else no)
            case _:
                found = self._operation(element)
        return found

    def _parameter(self, element: Element) -> float:
        name = element.attributes.get("name", "")
        found = self.parameter(name, self.base)
        if found is None:
            fix = said("Define it with <define-parameter>.")
            raise ExpressionError(
                element.line, said("there is no parameter {name!r} with a value.", name=name), fix
            )
        expression, base = found
        if id(expression) not in self.known:
            outer, self.base = self.base, base
            try:
                self.known[id(expression)] = self.value(expression)
            finally:
                self.base = outer
        return self.known[id(expression)]

    def _operation(self, element: Element) -> float:
        if element.name not in _OPERATIONS:
            message = said("<{name}> is no expression that is read here.", name=element.name)
            raise ExpressionError(element.line, message, said("Give the value itself with <float>."))
        arity, compute = _OPERATIONS[element.name]
        _arity(element, element.children, arity)
        return float(compute(*[self.value(child) for child in element.children]))

    def _histogram(self, element: Element) -> float:
        _arity(element, element.children, (2, None))
        low, total, weights = self.value(element.children[0]), 0.0, 0.0
        for part in element.children[1:]:
            _arity(part, part.children, (2, 2))
            high, weight = map(self.value, part.children)
            if part.name != "bin" or high < low or weight < 0:
                message = said("a histogram has bins with rising bounds and weights of at least 0.")
                raise ExpressionError(part.line, message, said("Check its bins."))
            total, weights, low = total + weight * (low + high) / 2, weights + weight, high
        return total / weights

    def _switch(self, element: Element) -> float:
        _arity(element, element.children, (1, None))
        *cases, otherwise = element.children
        for case in cases:
            _arity(case, case.children, (2, 2))
            if self.value(case.children[0]):
                return self.value(case.children[1])
        return self.value(otherwise)


def _constant(element: Element) -> float:
    text = element.attributes.get("value", "").strip()
    if element.name == "bool" and text in TRUTH:
        return float(TRUTH[text])
    pattern = {"float": _FLOAT, "int": _INTEGER}.get(element.name)
    if pattern is None or not pattern.fullmatch(text):
        raise ExpressionError(
            element.line,
            said("{text!r} is no {name}.", text=text, name=element.name),
            said("Write a value such as 0.001."),
        )
    return float(text)


def _arity(element: Element, arguments: Sequence[object], wanted: tuple[int, int | None]) -> None:
    least, most = wanted
    if len(arguments) < least or (most is not None and len(arguments) > most):
        count = str(least) if least == most else f"{least} to {most}" if most else f"at least {least}"
        message = said(
            "<{name}> with {n} arguments; {count} are read here.",
            name=element.name,
            n=len(arguments),
            count=count,
        )
        raise ExpressionError(element.line, message, said("Check its arguments, or give the value itself."))


def _asked(right: bool) -> None:
    """A condition on the arguments; where it fails the law is not defined."""
    if not right:
        raise ValueError


def exponential(rate: float, time: float) -> float:
    """1 − exp(−λt): failed by t, without repair."""
    _asked(rate >= 0 and time >= 0)
    return -math.expm1(-rate * time)


def glm(gamma: float, failure: float, repair: float, time: float) -> float:
    """Failed at t with failure on demand γ and constant rates of failure λ and repair μ, per hour.

    λ/(λ+μ) − (λ/(λ+μ) − γ) exp(−(λ+μ)t)
    """
    _asked(0 <= gamma <= 1 and failure >= 0 and repair >= 0 and time >= 0)
    rate = failure + repair
    steady = failure / rate if rate else gamma
    return steady - (steady - gamma) * math.exp(-rate * time)


def weibull(scale: float, shape: float, start: float, time: float) -> float:
    """1 − exp(−((t − t₀)/α)^β), 0 before t₀."""
    _asked(scale > 0 and shape > 0 and start >= 0 and time >= 0)
    return -math.expm1(-(((time - start) / scale) ** shape)) if time > start else 0.0


def periodic_test(*arguments: float) -> float:
    """Failed at t where a hidden failure is found only by tests: the first at θ, then each τ hours.

    With λ, τ, θ and t, a test repairs at once; at the instant of a test it is the value just before it.
    With λ, μ, τ, θ and t, what a test finds failed is repaired at rate μ and may fail again.
    """
    _asked(len(arguments) in (4, 5))
    failure, interval, first, time = arguments[0], *arguments[-3:]
    _asked(failure >= 0 and interval > 0 and first >= 0 and time >= 0)
    if time <= first:
        return exponential(failure, time)
    since = math.fmod(time - first, interval)
    if len(arguments) == 4:  # noqa: PLR2004 - without a rate of repair
        return exponential(failure, since or interval)
    repair = arguments[1]
    _asked(repair >= 0)
    periods = round((time - first - since) / interval)
    kept, added = _while_repaired(failure, repair, interval)
    compound = kept**periods
    settled = added * (1 - compound) / (1 - kept) if kept < 1 else added * periods
    at_test = exponential(failure, first) * compound + settled
    kept, added = _while_repaired(failure, repair, since)
    return at_test * kept + added


def _while_repaired(failure: float, repair: float, time: float) -> tuple[float, float]:
    """After `time` the share failed is the share in repair at its start times the first, plus the second."""
    failed = exponential(failure, time)
    if failure == repair:
        back = repair * time * math.exp(-repair * time)
    else:
        back = repair * (math.exp(-repair * time) - math.exp(-failure * time)) / (failure - repair)
    return 1 - back - failed, failed


def _lognormal(*arguments: float) -> float:
    """The mean: given with its error factor and level, or by the mean and deviation of the logarithm."""
    if len(arguments) == 3:  # noqa: PLR2004 - mean, error factor, level
        return arguments[0]
    return math.exp(arguments[0] + arguments[1] ** 2 / 2)


def _modulo(a: float, b: float) -> float:
    _asked(a.is_integer() and b.is_integer())
    return math.fmod(a, b)


def _quotient(first: float, *others: float) -> float:
    for other in others:
        first /= other
    return first


def _rounded(function: Callable[[float], int]) -> Callable[[float], float]:
    return lambda x: float(function(x))


_ANY = (1, None)
_OPERATIONS: Mapping[str, tuple[tuple[int, int | None], Callable[..., float]]] = {
    "exponential": ((2, 2), exponential),
    "GLM": ((4, 4), glm),
    "Weibull": ((4, 4), weibull),
    "periodic-test": ((4, 5), periodic_test),
    "uniform-deviate": ((2, 2), lambda low, high: (low + high) / 2),
    "normal-deviate": ((2, 2), lambda mean, _: mean),
    "lognormal-deviate": ((2, 3), _lognormal),
    "gamma-deviate": ((2, 2), operator.mul),
    "beta-deviate": ((2, 2), lambda alpha, beta: alpha / (alpha + beta)),
    "neg": ((1, 1), operator.neg),
    "add": (_ANY, lambda *xs: math.fsum(xs)),
    "sub": (_ANY, lambda first, *xs: first - math.fsum(xs)),
    "mul": (_ANY, lambda *xs: math.prod(xs)),
    "div": (_ANY, _quotient),
    "min": (_ANY, lambda *xs: min(xs)),
    "max": (_ANY, lambda *xs: max(xs)),
    "mean": (_ANY, lambda *xs: math.fsum(xs) / len(xs)),
    "pow": ((2, 2), math.pow),
    "mod": ((2, 2), _modulo),
    "pi": ((0, 0), lambda: math.pi),
    "abs": ((1, 1), abs),
    "ceil": ((1, 1), _rounded(math.ceil)),
    "floor": ((1, 1), _rounded(math.floor)),
    **{
        name: ((1, 1), getattr(math, name))
        for name in ("acos", "asin", "atan", "cos", "cosh", "exp", "log", "log10", "sin", "sinh", "sqrt")
    },
    **{name: ((1, 1), getattr(math, name)) for name in ("tan", "tanh")},
    "not": ((1, 1), operator.not_),
    "and": (_ANY, lambda *xs: all(xs)),
    "or": (_ANY, lambda *xs: any(xs)),
    "eq": ((2, 2), operator.eq),
    "df": ((2, 2), operator.ne),
    "lt": ((2, 2), operator.lt),
    "gt": ((2, 2), operator.gt),
    "leq": ((2, 2), operator.le),
    "geq": ((2, 2), operator.ge),
}
"""How many arguments each operation takes (least, most; None: any number), and what it computes."""
