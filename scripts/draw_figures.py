"""Draw the pictures of the example collection: `python3 scripts/draw_figures.py [FOLDER]`.

They go to sources/figures, or to the folder given; the same code writes the same bytes.
"""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

from figures.attention import attention_block, multi_head_attention
from figures.canvas import svg
from figures.convolution import convolution_receptive_field, normalisation_axes
from figures.curves import activation_curves, bias_variance, learning_rate_schedules
from figures.descent import gradient_descent
from figures.diffusion import diffusion_steps
from figures.layers import dropout, lora, lstm_cell
from figures.stacks import encoder_decoder, residual_block, transformer_block

FIGURES = (
    activation_curves,
    attention_block,
    bias_variance,
    convolution_receptive_field,
    diffusion_steps,
    dropout,
    encoder_decoder,
    gradient_descent,
    learning_rate_schedules,
    lora,
    lstm_cell,
    multi_head_attention,
    normalisation_axes,
    residual_block,
    transformer_block,
)


WORDS = Path(__file__).parent / "figures/words.toml"


def main(folder: Path) -> None:
    """Write every picture into a folder, which is made if it isn't there."""
    folder.mkdir(parents=True, exist_ok=True)
    called = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    for draw in FIGURES:
        figure = draw()
        drawing = svg(figure, **called[figure.name])
        (folder / f"{figure.name}.svg").write_text(drawing, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else Path(__file__).parent.parent / "sources/figures")
