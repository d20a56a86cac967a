"""A small library with one note of each kind, and what is hard to render in each of them."""

from __future__ import annotations

from deckbuild.model import (
    CodeBlock,
    Document,
    Entry,
    Formula,
    Inlines,
    Kind,
    Library,
    Mark,
    Note,
    Paragraph,
    Row,
    Section,
    SourceSpan,
    Table,
    Text,
)

SPAN = SourceSpan(1, 1)
DECK = "Notes::Networks"
MODIFIED = 1_700_000_000


def text(content: str) -> Inlines:
    return (Text(SPAN, content),)


def paragraph(content: str) -> Paragraph:
    return Paragraph(SPAN, text(content))


def row(*cells: str) -> Row:
    return Row(tuple(map(text, cells)), SPAN)


def table(header: Row, *rows: Row) -> Table:
    return Table(SPAN, header, rows)


def qa(question: str, answer: str) -> Note:
    return Note(Kind.QA, (paragraph(question),), (paragraph(answer),), SPAN)


def entry(place: int, note: Note) -> Entry:
    return Entry(
        note,
        "networks.md",
        ("Networks", "Training"),
        DECK,
        guid=f"guid{place}",
        note_id=1_600_000_000_000 + 512 * place,
        modified=MODIFIED + place,
    )


QUESTION = Note(
    Kind.QA,
    (paragraph("Why does {{ name }} print [latex]x[/latex] and <script>alert(1)</script>?"),),
    (
        Paragraph(
            SPAN, (*text("It fits, as "), Formula(SPAN, "a/b < 1", r"\frac{a}{b_{i}}<1"), *text(".\\(no\\)"))
        ),
        CodeBlock(SPAN, 'def fit(x: list[int]) -> str:\n    return f"{x}"  # {{ braces }}\n', "python"),
        table(row("name", "cost"), row("sgd", "1"), row("adam", "3")),
    ),
    SPAN,
    extras={"difficulty": "hard", "type": "concept", "hint": "Think & try", "follow-up": "And then?"},
    tags=("exam",),
)
ROW = Note(
    Kind.ROW,
    (paragraph("ReLU"),),
    (table(row("formula", "range", "remark"), row("max(0, x)", "0 … ∞", "")),),
    SPAN,
    title="Activations",
    column="name",
    reverse=True,
)
FORMULA = Note(
    Kind.FORMULA,
    (paragraph("Softmax"),),
    (
        Formula(SPAN, "e^x/Σe^x", r"\frac{e^{x_{i}}}{\sum_{j} e^{x_{j}}}", display=True),
        paragraph("x: the logits"),
    ),
    SPAN,
)
CLOZE = Note(
    Kind.CLOZE,
    (
        Paragraph(
            SPAN,
            (
                *text("A "),
                Mark(SPAN, text("std::vector{{}}")),
                *text(" grows by {{c7::no cloze}} "),
                Mark(SPAN, (Formula(SPAN, "", r"\sqrt{\frac{a}{b}}"),)),
            ),
        ),
    ),
    (),
    SPAN,
)
NOTES = (QUESTION, ROW, FORMULA, CLOZE)


def library(*notes: Note) -> Library:
    """A library of `notes`, or of one note of each kind; its entries have the guids `guid1`, `guid2`, …."""
    document = Document("networks.md", "Networks", "", Section((), SPAN), ())
    entries = tuple(entry(place, note) for place, note in enumerate(notes or NOTES, 1))
    return Library("Notes", (document,), entries, note_types=dict.fromkeys(Kind, MODIFIED), updated=MODIFIED)
