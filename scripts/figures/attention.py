"""Attention: the scaled dot product of one head, and several heads side by side."""

from __future__ import annotations

from figures.canvas import MINT, PLAIN, SAND, SKY, SMALL, Figure, arrow, box, dots, line, text


def attention_block() -> Figure:
    """Scaled dot-product attention from Q, K and V to the output, with the shape of each matrix."""
    steps = (
        (100, "Q · K^{T}", SKY),
        (144, "÷ √d_{k}", PLAIN),
        (188, "mask (optional)", PLAIN),
        (232, "softmax of each row", MINT),
    )
    marks = [
        box(62, 36, 84, 42, "Q\nn × d_{k}", "#fff"),
        box(158, 36, 84, 42, "K\nm × d_{k}", "#fff"),
        box(296, 36, 84, 42, "V\nm × d_{v}", "#fff"),
        arrow([(62, 57), (62, 72), (92, 72), (92, 87)]),
        arrow([(158, 57), (158, 72), (128, 72), (128, 87)]),
        arrow([(296, 57), (296, 283), (236, 283)]),
    ]
    for at, (y, words, ground) in enumerate(steps):
        marks.append(box(110, y, 152, 26, words, ground))
        below = steps[at + 1][0] if at + 1 < len(steps) else 0
        marks.append(arrow([(110, y + 13), (110, below - 13)] if below else [(110, y + 13), (110, 283 - 13)]))
    marks += [
        text(194, 97, "scores", SMALL, "start"),
        text(194, 112, "n × m", SMALL, "start"),
        text(194, 192, "−∞ if hidden", SMALL, "start"),
        text(194, 229, "each row", SMALL, "start"),
        text(194, 244, "sums to 1", SMALL, "start"),
        box(135, 283, 202, 26, "weights · V", SAND),
        arrow([(110, 296), (110, 322)]),
        text(110, 338, "output, n × d_{v}"),
        text(180, 364, "Attention(Q, K, V) = softmax(QK^{T}/√d_{k}) V"),
    ]
    return Figure(
        "attention-block",
        376,
        tuple(marks),
    )


def multi_head_attention() -> Figure:
    """Heads with projections of their own, concatenated and projected once more."""
    marks = [
        box(180, 28, 180, 26, "X, n × d_{model}", "#fff"),
        line([(180, 41), (180, 56)]),
        line([(62, 56), (298, 56)]),
    ]
    for x, head in ((62, "1"), (172, "2"), (298, "h")):
        marks += [
            arrow([(x, 56), (x, 72)]),
            box(x, 94, 98, 44, f"project to\nQ_{{{head}}}, K_{{{head}}}, V_{{{head}}}"),
            arrow([(x, 116), (x, 134)]),
            box(x, 156, 98, 44, f"attention,\nhead {head}", SKY),
            arrow([(x, 178), (x, 210)]),
            text(x + 6, 196, "n × d_{v}", SMALL, "start"),
        ]
    marks += [
        dots([(x, y) for x in (227, 235, 243) for y in (94, 156)], 1.6),
        box(180, 223, 332, 26, "concatenate: n × h·d_{v}", MINT),
        arrow([(180, 236), (180, 256)]),
        box(180, 269, 180, 26, "× W_{O}, h·d_{v} × d_{model}", SAND),
        arrow([(180, 282), (180, 300)]),
        text(180, 315, "output, n × d_{model}"),
        text(180, 342, "Q_{i} = XW_{Q,i}, K_{i} = XW_{K,i}, V_{i} = XW_{V,i}"),
        text(180, 364, "d_{model} = 512, h = 8: d_{k} = d_{v} = 512/8 = 64", SMALL),
    ]
    return Figure(
        "multi-head-attention",
        376,
        tuple(marks),
    )
