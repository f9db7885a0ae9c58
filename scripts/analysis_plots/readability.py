"""LIX as a map: the length of sentences against the share of long words, with the bands and a few texts."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure

from loftet.analysis.readability import BANDS, measure_readability

INK, ACCENT = "#5b6470", "#0b5c6b"
ENGLISH = ("very easy", "easy", "middling", "hard", "very hard")
TEXTS = {
    "a resident": "Det är mörkt vid bron. Jag går inte där efter sju. Byt lamporna och klipp häcken, så vågar fler "
    "ta den vägen hem från bussen.",
    "a sharp promise": "Kommunen byter 40 lampor på gångvägen före den 1 oktober. Polisen går två pass på torget varje "
    "fredag kväll. Vi räknar passen och berättar här varje månad.",
    "a vague promise": "Parterna ska gemensamt verka för ökad trygghet och utveckla samverkan kring ungdomar i "
    "riskzon. Kommunen ser kontinuerligt över belysningen och prioriterar förebyggande insatser.",
    "an agreement": "Samverkansöverenskommelsen omfattar brottsförebyggande och trygghetsskapande arbete inom "
    "kommunens geografiska område. Styrgruppen ansvarar för kontinuerlig uppföljning av prioriterade insatser och "
    "återrapporterar resultatet till kommunstyrelsen respektive lokalpolisområdets ledning.",
}


def draw(figure: Figure) -> None:
    """Lines where one band becomes the next, and a point for each text."""
    axes = figure.subplots()
    lengths = np.array([0.0, 30.0])
    for (least, _), name in zip(BANDS, ENGLISH, strict=True):
        if least:
            axes.plot(lengths, least - lengths, color=INK, linewidth=0.8)
        at = 27.0 if least else 20.0
        axes.text(at, (least or 20) + 5 - at, name, color=INK, fontsize=8, rotation=-15, va="center", ha="center")
    for name, text in TEXTS.items():
        found = measure_readability(text)
        x, y = found.words_per_sentence or 0.0, 100 * (found.long_share or 0.0)
        axes.plot(x, y, "o", color=ACCENT, markersize=7)
        left = "sharp" in name  # to the right of it a line runs
        at, side = ((-8, -4), "right") if left else ((8, -4), "left")
        label = f"{name}, LIX {found.lix:.0f}"
        axes.annotate(label, (x, y), xytext=at, textcoords="offset points", fontsize=9, ha=side)
    axes.set(xlim=(0, 30), ylim=(0, 76), xlabel="words per sentence", ylabel="long words, %")
