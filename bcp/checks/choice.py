"""Which rules of the catalogue are meant by codes and families, as one names them to a linter."""

from __future__ import annotations

from collections.abc import Sequence

from bcp.checks.rule import Rule
from bcp.errors import NotFoundError
from bcp.model.spelling import did_you_mean
from bcp.saying import said


def chosen(rules: Sequence[Rule], select: Sequence[str], ignore: Sequence[str]) -> tuple[Rule, ...]:
    """The rules that are selected and not ignored; nothing selected means all of them.

    A term is a code such as `S1`, which is not `S10`, or a family such as `F`; several may stand in one
    text with commas between. Raises NotFoundError for a term that names no rule.
    """
    wanted, left_out = _codes(rules, select), _codes(rules, ignore)
    return tuple(r for r in rules if (r.code in wanted or not wanted) and r.code not in left_out)


def _codes(rules: Sequence[Rule], terms: Sequence[str]) -> frozenset[str]:
    names = {rule.code: {rule.code} for rule in rules}
    for rule in rules:
        names.setdefault(rule.family, set()).add(rule.code)
    found: set[str] = set()
    for term in (part.strip().upper() for text in terms for part in text.split(",")):
        if term and term not in names:
            fix = did_you_mean(term, list(names), said("`bcp check --list` shows them all."))
            raise NotFoundError(said("no rule and no family of rules is called {term}.", term=term), fix)
        found |= names.get(term, set())
    return frozenset(found)
