"""Rankings of components from calls, and where the true causes stand in them, ties counted fairly."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from bcp.engine.locate import search
from bcp.engine.locate.samples import Samples
from bcp.engine.locate.search import ochiai
from bcp.engine.locate.suspects import component_probabilities

Scores = np.ndarray
"""A number for each column; higher is more suspect."""


def tarantula(samples: Samples) -> Scores:
    """Tarantula's suspiciousness from the shares of failed and of good calls through each column."""
    failed = samples.failed.sum(axis=0)
    hit = (failed @ samples.exposure) / max(failed.sum(), 1e-12)
    passed = (samples.well @ samples.exposure) / max(samples.well.sum(), 1e-12)
    return np.divide(hit, hit + passed, out=np.zeros_like(hit), where=hit + passed > 0)


def evidence_whole(samples: Samples) -> Scores:
    """What the product would say if it took the evidence of the calls for whole."""
    trust, search.TRUST = search.TRUST, 1.0
    try:
        return component_probabilities(samples)
    finally:
        search.TRUST = trust


RANKERS: Mapping[str, Callable[[Samples], Scores]] = {
    "bcp": component_probabilities,
    "Ochiai": lambda s: ochiai(s.exposure, s.well, s.failed.sum(axis=0)),
    "Tarantula": tarantula,
    "random": lambda s: np.zeros(len(s.columns)),
}


def chance_within(scores: Scores, column: int, most: int) -> float:
    """The probability that a column is among the first so many, those with equal scores in random order."""
    rounded = np.round(scores, 9)
    ahead = int((rounded > rounded[column]).sum())
    equal = int((rounded == rounded[column]).sum())
    return float(np.clip((most - ahead) / equal, 0.0, 1.0))
