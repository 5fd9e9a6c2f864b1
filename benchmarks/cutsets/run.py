"""Minimal cut sets and exact probability of fault trees, beside SCRAM and relibmss.

    python benchmarks/cutsets/run.py [FOLDER] [--limit SECONDS] [--tree NAME]

FOLDER holds trees in the Open-PSA model exchange format, and perhaps an expected.csv with what to find.
Writes RESULTS.md beside this file (not for one tree alone). Every tree has a process of its own, with a
limit to its time and memory, and so has every peer.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parents[1]), str(HERE)]

from expected import expectations  # noqa: E402 - the project's own path comes first
from measure import measure, read  # noqa: E402 - as above
from page import page, shown  # noqa: E402 - as above
from peers import limit_process, relibmss, scram, scram_version  # noqa: E402 - as above

from bcp.errors import BcpError  # noqa: E402 - as above

DATA = HERE.parents[2] / "shared" / "data" / "open-psa"
MEMORY = 8 << 30
"""Bytes that a process may take."""
SCRAM_ROUNDS = 4
"""More rounds for SCRAM where one takes less than a second; the fastest counts, as with ours."""
SLACK = 6
"""A process is ended after so many times the limit: it measures several things."""


def apart(path: Path, who: str, limit: float) -> dict[str, Any]:
    """One contender's figures for one tree, from a process of its own."""
    command = [sys.executable, __file__, "--who", who, "--file", str(path), "--limit", str(limit)]
    try:
        done = subprocess.run(  # noqa: S603 - this very file
            command, capture_output=True, text=True, check=False, timeout=SLACK * limit + 60
        )
    except subprocess.TimeoutExpired:
        return {"status": "not finished"}
    if done.returncode:
        return {"status": "not finished", "error": done.stderr[-2000:]}
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def inside(who: str, path: Path, limit: float) -> dict[str, Any]:
    """The figures of one contender, in this process."""
    limit_process(limit if who == "relibmss" else SLACK * limit + 60, MEMORY)
    try:
        if who == "bcp":
            return {"status": "", **measure(path, limit)}
        logic, chances = read(path)
        return {"status": "", **relibmss(logic, next(iter(logic.tops)), chances)}
    except BcpError as error:
        return {"status": f"refused: {str(error).splitlines()[0]}"}


def compare(path: Path, limit: float) -> dict[str, Any]:
    """All contenders' figures for one tree."""
    ours = apart(path, "bcp", limit)
    found = {"tree": path.stem, "bcp": ours}
    if ours["status"].startswith("refused"):
        return found
    found["scram"] = scram(path, limit, MEMORY)
    for _ in range(SCRAM_ROUNDS):
        if found["scram"].get("wall_s", limit) < 1:
            found["scram"] = min(found["scram"], scram(path, limit, MEMORY), key=lambda r: r["kernel_s"])
    if find_spec("relibmss"):
        found["relibmss"] = apart(path, "relibmss", limit)
    return found


def main() -> None:
    """Compare on every tree of the folder and write the page, or measure one for the parent process."""
    parser = argparse.ArgumentParser(description="Cut sets of fault trees beside other tools.")
    parser.add_argument("folder", nargs="?", type=Path, default=DATA)
    parser.add_argument("--limit", type=float, default=60.0, help="seconds for each tree and contender")
    parser.add_argument("--tree", help="one tree only, by its file's name without ending")
    parser.add_argument("--who", help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.who:
        print(json.dumps(inside(asked.who, asked.file, asked.limit)))
        return
    paths = sorted(asked.folder.glob(f"{asked.tree or '*'}.xml"))
    if not paths:
        parser.error(f"there are no such trees in {asked.folder}.")
    known = expectations(asked.folder)
    rows = []
    for path in paths:
        rows.append({**compare(path, asked.limit), "expected": known.get(path.stem)})
        print(shown(rows[-1]), flush=True)
    if not asked.tree:
        (HERE / "RESULTS.md").write_text(page(rows, asked.limit, scram_version()), "utf-8")


if __name__ == "__main__":
    main()
