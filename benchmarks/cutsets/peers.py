"""Others who count minimal cut sets exactly: SCRAM, where it is installed, and the library relibmss."""

from __future__ import annotations

import re
import resource
import shutil
import subprocess
import time
from pathlib import Path
from typing import Any

from bcp.engine.failure.logic import Logic

_HEAD = 20_000
"""Characters of SCRAM's report in which all figures stand, before the list of products."""
_HIGHEST_ORDER = 255


def scram_version() -> str:
    """The version of SCRAM on the path; empty where there is none."""
    path = shutil.which("scram")
    if path is None:
        return ""
    done = subprocess.run([path, "--version"], capture_output=True, text=True, check=False)  # noqa: S603 - found on the path
    found = re.search(r"\d+\.\d+(\.\d+)?", done.stdout + done.stderr)
    return found[0] if found else "of an unknown version"


def scram(tree: Path, limit: float, memory: int) -> dict[str, Any]:
    """SCRAM's own kernel time and figures for a tree, by BDD in all orders.

    `wall_s` is until the report begins: its writing, which lists every product, is cut off.
    """
    path = shutil.which("scram")
    if path is None:
        return {"status": ""}
    command = [
        path,
        "--bdd",
        "--probability",
        "true",
        "-l",
        str(_HIGHEST_ORDER),
        str(tree),
        "-o",
        "/dev/stdout",
    ]
    begin = time.perf_counter()
    with subprocess.Popen(  # noqa: S603 - found on the path
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        preexec_fn=lambda: limit_process(limit, memory),  # noqa: PLW1509 - no threads here
    ) as process:
        head = process.stdout.read(_HEAD).decode("utf-8", "replace") if process.stdout else ""
        wall = time.perf_counter() - begin
        process.kill()
    if "<sum-of-products" not in head:
        return {"status": "not finished" if wall > limit / 2 else "refused"}
    return {"status": "", "wall_s": wall, **_figures(head)}


def _figures(head: str) -> dict[str, Any]:
    times = [float(re.search(f"<{name}>([^<]*)", head)[1]) for name in ("products", "probability")]  # type: ignore[index]
    tag = re.search(r"<sum-of-products[^>]*>", head)
    attributes = dict(re.findall(r'([\w-]+)="([^"]*)"', tag[0] if tag else ""))
    return {
        "kernel_s": sum(times),
        "total": int(attributes["products"]),
        "counts": [int(n) for n in attributes.get("distribution", "").split()],
        "probability": float(attributes.get("probability", "nan")),
    }


def limit_process(seconds: float, memory: int) -> None:
    """Let this process end by itself after so many seconds of computing, or when it wants more memory (bytes)."""
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 2, int(seconds) + 4))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def relibmss(logic: Logic, top: str, chances: dict[str, float]) -> dict[str, Any]:
    """Seconds, probability and number of minimal cut sets by relibmss's decision diagrams.

    Variables in the order in which a walk from the top, depth first, meets them.
    """
    import relibmss as ms  # noqa: PLC0415 - an extra of the benchmarks

    diagrams = ms.BDD()
    begin = time.perf_counter()
    node: dict[int, Any] = {}
    base = len(logic.variables)
    for n in _walked(logic, logic.tops[top]):
        arguments = logic.arguments(n).tolist()
        if n < base:
            node[n] = diagrams.defvar(logic.variables[n])
        else:
            node[n] = diagrams.kofn(int(logic.least[n - base]), [node[a] for a in arguments])
    root = node[logic.tops[top]]
    probability = root.prob({name: chances.get(name, 0.0) for name in logic.variables})
    total = root.minpath().count()
    return {"seconds": time.perf_counter() - begin, "probability": probability, "total": total}


def _walked(logic: Logic, top: int) -> list[int]:
    """All nodes below the top, arguments before their gates, as a walk depth first leaves them."""
    order: dict[int, None] = {}
    waiting = [top]
    while waiting:
        n = waiting[-1]
        below = [a for a in logic.arguments(n).tolist() if a not in order]
        if below:
            waiting.append(below[0])
        else:
            order.setdefault(waiting.pop())
    return list(order)
