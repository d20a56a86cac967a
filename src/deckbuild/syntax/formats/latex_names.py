"""Commands and environments of LaTeX by what they mean for notes."""

from __future__ import annotations

from functools import lru_cache

from pylatexenc.latexwalker import get_default_latex_context_db
from pylatexenc.macrospec import LatexContextDb, std_environment, std_macro

SECTIONS = {"part": 0, "chapter": 1, "section": 2, "subsection": 3, "subsubsection": 4}
RUN_IN = ("paragraph", "subparagraph")

THEOREMS = {
    name: name.capitalize()
    for name in "definition theorem lemma proposition corollary example remark axiom claim conjecture fact property"
    " observation notation exercise problem question answer solution proof".split()
} | {"defn": "Definition", "thm": "Theorem", "lem": "Lemma", "prop": "Proposition", "cor": "Corollary"}
"""Environments of theorem packages and what they are called; a document's own are added."""

DEFINES = ("definition", "defn", "defi", "def", "dfn")
ASKS = ("question", "exercise", "problem")
ANSWERS = ("answer", "solution", "sol")
TASKS = frozenset(
    "exercise problem question task aufgabe übung frage exercice problème question ejercicio problema pregunta"
    " exercício exercicio questão esercizio domanda oefening opgave övning uppgift zadanie úloha cvičení"
    " упражнение задача вопрос вправа завдання".split()
)
"""What documents call their own environments of exercises, in the languages of the words of extraction."""

SPACED = "solutionorlines solutionordottedlines solutionorbox solutionorgrid solutionorlinesbox".split()
"""Solutions of the exam class, with the room that is left for them on the printed sheet."""

MATHS = frozenset(
    name + star
    for name in "equation align gather multline eqnarray flalign alignat displaymath math dmath".split()
    for star in ("", "*")
)
MARKS = {
    "textbf": "**",
    "textit": "*",
    "emph": "*",
    "textsl": "*",
    "term": "*",
    "defn": "*",
    "alert": "**",
    "st": "~~",
}
REPEATED = ("endfirsthead", "endhead", "endfoot", "endlastfoot")
"""Ends of what a table over several pages repeats on each."""

CODE = frozenset("texttt lstinline verb code mintinline".split())
GLOSSARY = frozenset(
    "newglossaryentry longnewglossaryentry newacronym newabbreviation DeclareAcronym".split()
)
"""Commands that define a term."""

CARDS = ("flashcard", "karte", "card")
"""Environments of classes for cards: the front as an argument, the back as the content."""

NOTES = ("note", "xnote", *CARDS)
SIDES = ("field", "xfield", "plain", "front", "back")
"""Notes that have an environment for each side."""

DROPPED = frozenset(
    "label vspace hspace index pagestyle thispagestyle setcounter addtocounter bibliography bibliographystyle"
    " input include usepackage setlength addcontentsline markboth hypersetup newcommand renewcommand author date"
    " vskip phantom graphicspath nocite pagenumbering newtheorem theoremstyle documentclass geometry rule color".split()
)
"""Commands whose arguments no reader sees."""


_READ = ("gls", "Gls", "glspl", "enquote", "ac", "acs", "acl")


@lru_cache(maxsize=8)
def context(theorems: tuple[str, ...]) -> LatexContextDb:
    """What pylatexenc must know of arguments beside what it knows; `theorems` are environments with a title."""
    known = get_default_latex_context_db()
    known.add_context_category(
        "notes",
        prepend=True,
        macros=[
            *(std_macro(name, "*[{") for name in (*SECTIONS, *RUN_IN, "caption")),
            *(
                std_macro(name, "[{")
                for name in (
                    "mintinline",
                    "lstinline",
                    "footnote",
                    "cite",
                    "autocite",
                    "parencite",
                    "includegraphics",
                )
            ),
            *(std_macro(name, "{") for name in ("deckbuildkept", "term", "defn", "alert", "ref", "eqref")),
            *(
                std_macro(name, "{")
                for name in ("frametitle", "framesubtitle", "label", "url", "title", "autoref", "cref")
            ),
            *(
                std_macro(name, "{{")
                for name in ("href", "textcolor", "flashcard", "card", "QA", "newtheorem")
            ),
            *(std_macro(name, "{{{") for name in ("longnewglossaryentry",)),
            *(std_macro(name, "{{") for name in ("newglossaryentry", "DeclareAcronym")),
            *(std_macro(name, "[{{{") for name in ("newacronym", "newabbreviation")),
            *(std_macro(name, "{") for name in _READ),
            *(std_macro(name, "[") for name in ("question", "part", "choice", "CorrectChoice")),
            std_macro("titledquestion", "{["),
            std_macro("fillin", "[["),
        ],
        environments=[
            *(std_environment(name + star, "[") for name in theorems for star in ("", "*")),
            *(std_environment(name, "[") for name in SPACED),
            std_environment("frame", "[{"),
            *(std_environment(name, "[{") for name in CARDS),
        ],
    )
    return known
