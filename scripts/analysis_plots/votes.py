"""What a sparse matrix holds beside a filled-in one."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure
from opinion_groups import COLOURS

from loftet.analysis.votes import VoteMatrix


def draw(figure: Figure) -> None:
    """Megabytes for fifty votes each on a thousand statements, measured to 20,000 participants and drawn on."""
    sizes = np.array([1_000, 2_000, 5_000, 10_000, 20_000])
    rng = np.random.Generator(np.random.PCG64(1))
    held = []
    for n in sizes:
        people = np.repeat(np.arange(n, dtype=np.int32), 50)
        statements = rng.integers(0, 1_000, 50 * n, dtype=np.int32)
        cells = VoteMatrix.from_arrays(people, statements, np.ones(50 * n, dtype=np.int8)).cells
        held.append((cells.data.nbytes + cells.indices.nbytes + cells.indptr.nbytes) / 1e6)
    axes = figure.subplots()
    axes.plot(sizes, held, marker="o", color=COLOURS[0], label="the vote matrix, as it is held")
    axes.plot(sizes, sizes * 1_000 * 8 / 1e6, linestyle="--", color=COLOURS[1], label="filled in, as floats")
    axes.set(xscale="log", yscale="log", xlabel="participants", ylabel="MB")
    axes.legend(frameon=False, fontsize=8)
