"""Measure the analysis library: `python -m bench.analysis [TOPIC …]`, or `make bench-analysis` for all of it.

One thread, CPU time. Writes bench/results/analysis.json and the table in docs/reference/analysis/benchmarks.md; topics
that are not run keep their last figures. Ends with 1 when a bar is missed.
"""

from __future__ import annotations

import json
import os
import platform
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

import numpy as np
import scipy
from bench.analysis.figures import Figure

ONE = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
HERE = Path(__file__).parent
ROOT = HERE.parents[1]
RESULTS, TABLE = (
    ROOT / "bench" / "results" / "analysis.json",
    ROOT / "docs" / "reference" / "analysis" / "benchmarks.md",
)
NOT_TOPICS = {"__init__", "__main__", "figures", "planted", "memory"}


def topics() -> list[str]:
    """Every module here that measures something."""
    return sorted(path.stem for path in HERE.glob("*.py") if path.stem not in NOT_TOPICS)


def main(names: list[str]) -> int:
    """Measure, keep and tell."""
    kept = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {"figures": {}}
    for name in names or topics():
        print(f"── {name}", flush=True)
        figures: list[Figure] = import_module(f"bench.analysis.{name}").measure()
        kept["figures"][name] = [plain(figure) for figure in figures]
        for figure in figures:
            print(f"{'ok  ' if figure.holds else 'MISS'} {figure.what}: {told(figure)} ({figure.bar})", flush=True)
    kept["machine"] = {
        "day": datetime.now(tz=UTC).date().isoformat(),
        "cpu": cpu(),
        "python": platform.python_version(),
        "numpy": np.__version__,
        "scipy": scipy.__version__,
    }
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(kept, indent=1, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")
    TABLE.write_text(table(kept), encoding="utf-8")
    missed = [figure["what"] for figures in kept["figures"].values() for figure in figures if not figure["holds"]]
    print(f"Missed: {'; '.join(missed)}." if missed else "Every bar was met.")
    return 1 if missed else 0


def plain(figure: Figure) -> dict:
    """As JSON can say it."""
    entry = asdict(figure)
    entry["holds"] = bool(figure.holds)
    for name in ("ours", "theirs"):
        entry[name] = None if entry[name] is None else float(f"{float(entry[name]):.4g}")
    return entry


def told(figure: Figure) -> str:
    """Our figure beside theirs, in words."""
    beside = "" if figure.theirs is None else f", {figure.against} {figure.theirs:.4g}"
    return f"{figure.ours:.4g} {figure.unit}{beside}"


def table(kept: dict) -> str:
    """The figures as a page."""
    machine = kept["machine"]
    lines = [
        "# What the analysis library costs, and how well it does",
        "",
        "Made by `make bench-analysis`. One thread; seconds are CPU time. Each figure stands beside its rival or "
        "limit, measured in the same process; absolute times differ from machine to machine, ratios hardly.",
        "",
        f"Last run {machine['day']} on {machine['cpu']}, Python {machine['python']}, NumPy {machine['numpy']}, "
        f"SciPy {machine['scipy']}.",
    ]
    for name in sorted(kept["figures"]):
        figures = kept["figures"][name]
        lines += [
            "",
            f"## {figures[0]['topic'].capitalize()}",
            "",
            "| | ours | beside | bar | |",
            "|---|---|---|---|---|",
        ]
        for f in figures:
            beside = f["against"] if f["theirs"] is None else f"{f['against']}: {f['theirs']:.4g}"
            held = "met" if f["holds"] else "**missed**"
            lines.append(f"| {f['what']} | {f['ours']:.4g} {f['unit']} | {beside} | {f['bar']} | {held} |")
    return "\n".join(lines) + "\n"


def cpu() -> str:
    """What the machine calls its processor."""
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.processor() or "an unknown processor"
    return next((line.partition(":")[2].strip() for line in text.splitlines() if line.startswith("model name")), "?")


if __name__ == "__main__":
    if any(os.environ.get(name) != value for name, value in ONE.items()):  # read when NumPy is loaded: begin anew
        os.execve(sys.executable, [sys.executable, "-m", "bench.analysis", *sys.argv[1:]], {**os.environ, **ONE})
    sys.exit(main(sys.argv[1:]))
