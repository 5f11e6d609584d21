"""The colours of a comparison's lines: seen on their ground, and apart by people who see colours
otherwise (Machado, Oliveira and Fernandes 2009, severity 1; distances in CIELAB)."""

import re
from importlib.resources import files

import numpy as np
import pytest

VISION = {
    "usual": np.eye(3),
    "protan": [
        [0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]
    ],
    "deutan": [
        [0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]
    ],
    "tritan": [
        [1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]
    ],
}  # fmt: skip
XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
WHITE = XYZ.sum(axis=1)

LEAST_CONTRAST = 4.5
"""WCAG asks for 3 of lines, and for this of text: labels have the colours too."""

LEAST_DISTANCE = 20


def named(sheet: str, name: str) -> np.ndarray:
    """The colour of a name in a style sheet, in both themes, (2, 3) of linear light."""
    text = files("web").joinpath("static", sheet).read_text("utf-8")
    (pair,) = re.findall(rf"--{name}: light-dark\(#(\w{{6}}), #(\w{{6}})\)", text)
    rgb = np.array([list(bytes.fromhex(colour)) for colour in pair]) / 255
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


def lab(linear: np.ndarray) -> np.ndarray:
    t = XYZ @ linear / WHITE
    x, y, z = np.where(t > 0.008856, np.cbrt(t), 7.787 * t + 16 / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


PAPER = named("base.css", "paper")
LINES = np.array([named("compare.css", f"line-{number}") for number in range(5)])


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_every_line_and_its_label_stand_out_from_the_paper(theme):
    paper = XYZ[1] @ PAPER[theme]
    for line in LINES[:, theme]:
        dark, light = sorted((paper, XYZ[1] @ line))
        assert (light + 0.05) / (dark + 0.05) >= LEAST_CONTRAST


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("vision", VISION)
def test_every_two_lines_are_apart_to_every_eye(theme, vision):
    seen = [lab(np.clip(VISION[vision] @ line, 0, 1)) for line in LINES[:, theme]]
    for number, one in enumerate(seen):
        for other in seen[:number]:
            assert np.linalg.norm(one - other) >= LEAST_DISTANCE
