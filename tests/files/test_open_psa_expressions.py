from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.linalg import expm

from bcp.files.open_psa import read_open_psa
from tests.files.test_open_psa import call, inside

if TYPE_CHECKING:
    pass


def probability(expression: str, mission_time: float = 8760.0) -> float:
    """What an expression comes to."""
    text = inside(
        f'<define-gate name="g"><basic-event name="e"/></define-gate>'
        f'<define-basic-event name="e">{expression}</define-basic-event>'
    )
    found = read_open_psa(text, "t.xml", mission_time=mission_time).basic_events[0].probability
    assert found is not None
    return found


LAWS = {
    "exponential": (call("exponential", 2e-5, 8760.0), 0.16071034),
    "glm": (call("GLM", 0.0, 1e-6, 0.1, 8760.0), 9.9999e-06),
    "weibull": (call("Weibull", 10000.0, 1.5, 1000.0, 8760.0), 0.49519602),
    "weibull before": (call("Weibull", 10000.0, 1.5, 9000.0, 8760.0), 0.0),
    "test": (call("periodic-test", 7e-7, 720.0, 0.0, 8760.0), 8.3996472e-05),
    "test before": (call("periodic-test", 7e-7, 720.0, 9000.0, 8760.0), 0.0061132374),
    "test at": (call("periodic-test", 7e-7, 720.0, 0.0, 1440.0), 0.000503873),
    "uniform": (call("uniform-deviate", 0.2, 0.3), 0.25),
    "lognormal": (call("lognormal-deviate", 0.01, 3.0, 0.95), 0.01),
    "lognormal by logarithm": (call("lognormal-deviate", -5.0, 0.5), 0.00763509),
    "histogram": ("<histogram><float value='0.1'/>" + call("bin", 0.2, 3.0) + call("bin", 0.6, 1.0) + "</histogram>", 0.2125),
    "sub": (call("sub", 0.7, 0.3, 0.2), 0.2),
    "mean": (call("mean", 0.1, 0.2, 0.6), 0.3),
    "ite": (f"<ite>{call('lt', 1.0, 2.0)}{call('neg', -0.1)}<float value='0.9'/></ite>", 0.1),
    "switch": ("<switch><case>" + call("eq", 1.0, 2.0) + "<pi/></case><float value='0.4'/></switch>", 0.4),
}  # fmt: skip


@pytest.mark.parametrize("name", LAWS)
def test_a_law_has_the_value_of_its_definition(name: str) -> None:
    """Laws and operations come to the figures that their formulas, worked by hand or another tool, give."""
    expression, value = LAWS[name]
    assert probability(expression) == pytest.approx(value, rel=1e-5, abs=1e-12)


@given(
    st.floats(1e-7, 1e-3),
    st.floats(0, 1.0),
    st.floats(10.0, 900.0),
    st.floats(0, 2000.0),
    st.floats(0, 5000.0),
)
def test_repair_after_a_test_is_a_markov_chain(
    failure: float, repair: float, interval: float, first: float, time: float
) -> None:
    """A hidden failure with repair has the value of the chain works → hidden, mending → works between tests."""
    rates = np.array([[-failure, failure, 0], [0, 0, 0], [repair, 0, -repair]])
    test = np.array([[1.0, 0, 0], [0, 0, 1], [0, 0, 1]])  # it finds what is hidden
    state, period = np.array([1.0, 0.0, 0.0]), expm(rates * interval)
    tests = sum(first + n * interval < time for n in range(501))
    if tests:
        state = state @ expm(rates * first) @ test @ np.linalg.matrix_power(period @ test, tests - 1)
        time_left = time - first - (tests - 1) * interval
    else:
        time_left = time
    state = state @ expm(rates * time_left)
    found = probability(call("periodic-test", failure, repair, interval, first, time))
    assert found == pytest.approx(1 - state[0], rel=1e-6, abs=1e-12)
