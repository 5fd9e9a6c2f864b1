"""The settings of a scenario as people read them: what each is called, and its value by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bcp.errors import WrongValueError
from bcp.model.duration import seconds
from bcp.model.operators import operator_names
from bcp.model.plan import Plan
from bcp.model.scenario import Parameter, in_language
from bcp.words import Words


def settings_text(
    settings: Iterable[tuple[str, str]], parameters: Mapping[str, Parameter], plan: Plan, _: Words
) -> str:
    """The settings in a row: `Operator: Telia, How long: 5 h`; a name that the scenario does not have stays one."""
    return ", ".join(_setting(name, value, parameters.get(name), plan, _) for name, value in settings)


def _setting(name: str, value: str, parameter: Parameter | None, plan: Plan, _: Words) -> str:
    if parameter is None:
        return f"{name}: {value}"
    return f"{in_language(parameter.title, _.language) or name}: {_value(value, parameter, plan, _)}"


def _value(value: str, parameter: Parameter, plan: Plan, _: Words) -> str:
    """A value by its kind; one that is none of its kind as it was written."""
    try:
        match parameter.kind:
            case "operator" if plan.title(value) == value:
                return operator_names({}, [(value, "")]).get(value, value)
            case "component" | "operator" | "site":
                return plan.title(value)
            case "duration":
                return _.length(seconds(value))
            case "share":
                return _.percent(float(value))
    except (ValueError, WrongValueError):
        return value
    return value
