"""Documents made for the benchmarks; a name gives the same text on every run."""

from __future__ import annotations

from collections.abc import Iterator

_MIXED = """\
# Tides and Currents

The sea level at a coast follows the moon, the sun and the shape of the *basin*.

## Tides

### Q1: Why are there two high tides a day?

**Answer:**
The pull of the moon falls with distance. The near side of the earth is pulled more than its centre, the far
side less, and the water bulges on both.

- the bulge towards the moon
- the bulge away from it

### Q2: What is a spring tide?

**Answer:** Sun, moon and earth stand in one line, so that the two bulges add up to $h = h_m + h_s$.

```python
def height(moon: float, sun: float) -> float:
    return moon + sun
```

**What is a neap tide?**

Sun and moon stand at a right angle; the bulges partly cancel.

| Tide | Alignment | Range |
|---|---|---|
| spring | in one line | large |
| neap | at a right angle | small |
| equinoctial | in one line above the equator | `largest` |

## Currents

* **What drives the surface currents?**
  - wind, and the rotation of the earth
* **What drives the deep ones?**
  - density, which depends on heat and salt

**Interview Q:** *"Why is the Gulf Stream narrow?"*
→ because the Coriolis parameter grows with latitude (see [Stommel](https://example.org/stommel)).

1. How fast is it?

   About two metres a second at its core.

<details><summary>What is upwelling?</summary>

Cold water that rises where the wind drives the surface water off the coast.

</details>

## Glossary

- **Ebb**: the falling of the water
- **Flood**: its rising

A current turns with ==depth==, which is called the Ekman spiral.

---

"""


SMALL = (
    "# Tides\n\n## Q1: What raises the tides?\n\n**Answer:** The moon.\n\n* **How often?**\n  - twice a day\n"
)
SMALL_WITH_A_FORMULA = f"{SMALL}\n## Q2: How long is a tidal wave?\n\n**Answer:** λ = T·√(g·h)\n"


def plain_pairs(count: int, first: int = 1) -> str:
    """Question headings, each with a paragraph; no two alike."""
    return "".join(
        f"## What does term {number} stand for?\n\n"
        f"Term {number} is the `value` that follows number {number - 1}, and it is **never** larger than "
        f"{3 * number}.\nIt ends where term {number + 1} begins.\n\n"
        for number in range(first, first + count)
    )


def labelled_pairs(count: int) -> str:
    """Questions and answers behind labels, a line each; no two alike."""
    return "".join(
        f"Q: What does term {number} stand for?\nA: The `value` that follows number {number - 1}, and it is "
        f"never larger than {3 * number}.\n\n"
        for number in range(1, count + 1)
    )


def bold_terms(count: int) -> str:
    """Paragraphs that begin with a bold term and a colon, without headings."""
    numbers = range(1, count + 1)
    return "".join(
        f"**Term {n}**: the `value` that follows number {n - 1}, and it is never large.\n\n" for n in numbers
    )


def items(count: int) -> str:
    """One list of short items."""
    return "".join(f"- item {number} is the value that follows\n" for number in range(1, count + 1))


def lines(count: int) -> str:
    """One paragraph of many lines."""
    return "".join(f"line {number} is the value that follows\n" for number in range(1, count + 1))


def mixed(copies: int) -> str:
    """One document of many layouts, several times in a row."""
    return _MIXED * copies


def short_pairs(count: int) -> str:
    """Chapters of twenty short questions and a table each, as a cheat sheet prints them."""
    starts = range(0, count, 20)
    return "".join(_chapter(number, min(20, count - start)) for number, start in enumerate(starts, 1))


def _chapter(number: int, count: int) -> str:
    rows = "".join(f"| row {row} | {row * number} metres | `{row}{number}` |\n" for row in range(1, 7))
    pairs = "".join(
        f"**What does rule {number}.{at} say?**\n\nAfter step {at} the height is `{at * number}`, as long as "
        f"nothing else has been added to tank {number} since the last reading.\n\n"
        for at in range(1, count + 1)
    )
    return f"# Chapter {number}\n\n| name | height | code |\n|---|---|---|\n{rows}\n{pairs}"


def hostile(size: int) -> Iterator[tuple[str, str]]:
    """Name and text of documents of about `size` bytes, at most 2 MB, that are trouble for a careless reader.

    They make it take quadratic time, recurse deeply, or fill the memory.
    """
    yield from _signs(size)
    yield from _runs(size)
    yield from _many(size)
    yield from _left_open(size)
    yield from _nested(size)


def _signs(size: int) -> Iterator[tuple[str, str]]:
    for sign in ">[*|`_~$<!&\\=:?#":
        yield f"only {sign}", sign * size
    for sign in "->$":
        yield f"{sign} and blank in turn", _fill(f"{sign} ", size)
    for sign in "$`=*":
        yield f"{sign}a and blank in turn", _fill(f"{sign}a ", size)
    longest = int((2 * size) ** 0.5) - 2
    yield "runs of ` that grow", "".join(f"{'`' * length} " for length in range(1, longest))


def _runs(size: int) -> Iterator[tuple[str, str]]:
    yield "one word", "w" * size
    yield "one long line", _fill("word ", size)
    yield "one paragraph of many lines", _fill("word\n", size)
    yield "one paragraph of [ on lines", _fill("[\n", size)
    yield "one paragraph of options", _fill("A) x\n", size)
    yield "one paragraph of links", _fill("[a](b) ", size)
    yield "one paragraph of marks", _fill("==a== ", size)
    yield "one paragraph of formulas", _fill("$a$ ", size)
    yield "one paragraph of HTML", _fill("<b>x</b>", size)
    yield "one heading of HTML comments", "# Why? " + _fill("<!--", size)
    yield "blanks inside a question", f"**Why{' ' * size}so?**\n\nBecause.\n"
    yield "blanks after a label", f"**Why?**\n\nAnswer{' ' * size}so.\n"
    yield "blanks inside a mark", f"<!-- deckbuild:{' ' * size}x"
    yield "dots after a label", f"# Why?\n\n## Answer{'.' * size}x\n\nBecause.\n"
    yield "hashtags inside a question", f"**Why {_fill('#a ', size)}so?**\n\nBecause.\n"
    yield "comparisons", "# Why?\n\n" + _fill("a==b ", size)
    yield "combining marks", "# Why?\n\na" + _fill("\u0301\u0323", size)
    yield "mojibake", _fill("it’s\n".encode().decode("cp1252"), size)
    yield "code in an answer", "# Why?\n\n```python\n" + _fill("x = [1, 2]\n", size) + "```\n"


def _many(size: int) -> Iterator[tuple[str, str]]:
    count = size // 50
    yield "empty lines", "\n" * size
    yield "paragraphs", _fill("Word.\n\n", size)
    yield "items", _fill("- x\n", size)
    yield "ticked items", "# Which?\n\n" + _fill("- [x] a\n- [ ] b\n", size)
    yield "callouts", _fill("> [!question] Why?\n> So.\n\n", size)
    yield "link references", _fill("[a]: b\n\n", size)
    yield "headings", "".join(f"# Part {number}\n" for number in range(count))
    yield "headings of all levels", "".join(f"{'#' * (1 + n % 6)} Part {n}\n" for n in range(count))
    yield "bold questions", "".join(f"**What is {number}?**\n\n" for number in range(count))
    yield "bold questions with answers", "".join(f"**What is {n}?**\n\nThis.\n\n" for n in range(count))
    yield "equal questions with answers", "**Why?**\n\nBecause.\n\n" * count
    yield "numbered questions", "".join(f"{n}. What is {n}?\n\n    This.\n\n" for n in range(count))
    yield "Q: lines", _fill("Q: x?\n", size)
    yield "Q: and A: lines", "".join(f"Q: {n}?\nA: y\n" for n in range(size // 14))
    yield "definition lines", _fill(": x\n", size)
    yield "terms and definitions", "".join(f"{n}\n: y\n\n" for n in range(size // 11))
    yield "double colons", "".join(f"{n} :: y\n" for n in range(size // 12))
    yield "lines parted by ?", _fill("x\n?\n", size)
    yield "pairs parted by ?", "".join(f"{n}\n?\ny\n\n" for n in range(size // 12))
    yield "marks in a row", _fill("<!-- deckbuild: skip -->\n", size)
    marked = (f"<!-- deckbuild: id n{n} -->\n# What is {n}?\n\nThis.\n\n" for n in range(count))
    yield "marked questions", "".join(marked)
    yield "record of many labels", ("".join(f"Label {n}\nx\n" for n in range(count)) + "Answer\ny\n") * 2
    yield "rows of HTML", "<table>\n" + _fill("<tr><td>x</td><td>y</td></tr>\n", size) + "</table>\n"
    cells = "<td>" * (size // 44)
    yield (
        "rows of HTML of missing cells",
        f"<table>\n<tr>{cells}\n" + _fill("<tr>\n", size - 5 * (size // 44)),
    )
    yield "one cell of HTML", f"<table>\n<tr><td>{_fill('a<b>', size)}\n<tr>\n"
    yield "rows of TABs", _fill("x\ty\tz\n", size)
    yield "long table", "| a | b | c |\n|---|---|---|\n" + _fill("| d | e | f |\n", size)
    width = int((size / 2) ** 0.5)
    wide = ("|b" * width + "\n") * (width - 2)
    yield "wide table", "|a" * width + "\n" + "|-" * width + "\n" + wide
    short = _fill("|b\n", size - 4 * (size // 22))
    yield "table of missing cells", "|a" * (size // 22) + "\n" + "|-" * (size // 22) + "\n" + short


def _left_open(size: int) -> Iterator[tuple[str, str]]:
    yield "fences never closed", _fill("```python\nx\n\n# Part\n\n", size)
    yield "comments never closed", _fill("<!-- ", size)
    yield "tags never closed", _fill("x <a ", size)
    yield "links never closed", _fill("[a](", size)
    yield "images never closed", _fill("![a](<b", size)
    yield "frames in a fold", f"<details><summary>Why?</summary>\ny {'<b> ' * 40}x\n</details>\n"


def _nested(size: int) -> Iterator[tuple[str, str]]:
    deepest = int(size**0.5)
    yield "bullets ever deeper", "".join(f"{'  ' * depth}- x\n" for depth in range(deepest))
    yield "quotes ever deeper", "".join(f"{'>' * depth} x\n" for depth in range(deepest))
    yield "nested emphasis", _fill("*a **b ", size // 2) + _fill("b** a* ", size // 2)
    yield "nested brackets", "[" * (size // 2) + "]" * (size // 2)
    yield "nested images", "![" * (size // 6) + "](b)" * (size // 6)
    yield "nested folds", "<details>\n" * (size // 40) + "</details>\n" * (size // 40)
    fold = "<details><summary>Why?</summary>\n"
    yield "nested folds with titles", fold * (size // 45) + "</details>\n" * (size // 45)


def _fill(unit: str, size: int) -> str:
    """The unit as often as `size` bytes hold it."""
    return unit * (size // len(unit.encode()))


def written_formulas(count: int) -> list[str]:
    """Distinct formulas as people type them, of 5 to 45 characters."""
    kinds = (
        "x_{} ∈ ℝᵈ",
        "∂L/∂w{} = Σᵢ xᵢ·(ŷᵢ - yᵢ)",
        "√(a² + b{}²)",
        "softmax(QKᵀ/√d_{})V",
        "P(A|B) = P(B|A)·P(A)/P(B) + {}·ε",
        "f(x) = x if x > {}, α(e^x - 1) otherwise",
        "O(n^{} log n)",
    )
    return [kinds[number % len(kinds)].format(number) for number in range(count)]


def formulas(count: int) -> list[str]:
    """Distinct formulas as notes have them, of 10 to 70 characters of LaTeX."""
    kinds = (
        r"x_{%d} \in \mathbb{R}",
        r"\frac{\partial L}{\partial w_{%d}} = \sum_{i=1}^{n} x_i",
        r"\sqrt{a^2 + b_{%d}^2}",
        r"\hat{y}_{%d} = \sigma\left(\mathbf{w}^\top \mathbf{x} + b\right)",
        r"\begin{pmatrix} a_{%d} & b \\ c & d \end{pmatrix}",
        r"P(A_{%d} \mid B) = \frac{P(B \mid A)\,P(A)}{P(B)}",
        r"O(n^{%d} \log n)",
    )
    return [kinds[number % len(kinds)] % number for number in range(count)]
