"""Draw the plots of the analysis library's reference pages with the library itself: one module here, one picture."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

import matplotlib as mpl

mpl.use("svg")
mpl.rcParams.update(
    {
        "svg.hashsalt": "loftet",  # the same picture gives the same file
        "svg.fonttype": "path",
        "figure.figsize": (7.0, 3.6),
        "figure.constrained_layout.use": True,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "font.size": 10,
    }
)

HERE = Path(__file__).parent
TO = HERE.parents[1] / "docs" / "images" / "analysis"


def main() -> None:
    """Draw every picture, or those that are named."""
    from matplotlib.figure import Figure

    TO.mkdir(parents=True, exist_ok=True)
    sys.path.insert(0, str(HERE))
    names = sys.argv[1:] or sorted(path.stem for path in HERE.glob("[!_]*.py"))
    for name in names:
        figure = Figure()
        import_module(name).draw(figure)
        figure.savefig(TO / f"{name}.svg", metadata={"Date": None})
        print(f"docs/images/analysis/{name}.svg")


if __name__ == "__main__":
    main()
