"""Problems as data: every code with its severity, its sentence and what to do next, in one place.

A diagnostic is printed as `path:line: severity: message [code]`, with the hint on the line below.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from deckbuild.model import Diagnostic, Severity


class Code(Enum):
    """A kind of problem. The value is its severity, message and hint; both texts take named fields."""

    def __init__(self, severity: Severity, message: str, hint: str) -> None:
        self.severity = severity
        self.message = message
        self.hint = hint

    @property
    def slug(self) -> str:
        """The code as users write it: `not-text`."""
        return self.name.lower().replace("_", "-")

    # reading a file
    NOT_TEXT = (Severity.ERROR, "this is not a text file ({why})", "name text documents only, or convert it")
    TOO_LARGE = (
        Severity.ERROR,
        "the file has {size} bytes, more than the {limit} that are read",
        "split the document into several files",
    )
    TOO_LONG = (
        Severity.ERROR,
        "the document has {count:,} {what}, more than the {limit:,} that are read",
        "split the document into several files",
    )
    TANGLED = (
        Severity.ERROR,
        "a paragraph has {count:,} {what}, more than the {limit:,} that are read",
        "part the paragraph with empty lines",
    )
    UNREADABLE = (Severity.ERROR, "the file can't be read: {why}", "check its permissions")
    NO_DOCUMENTS = (
        Severity.ERROR,
        "no documents here",
        "put {suffixes} files into this folder, or name a file",
    )
    NO_NOTES = (
        Severity.ERROR,
        "no notes were found in any document",
        "`deckbuild list --what ledger` shows what became of each line",
    )
    EMPTY_FILE = (Severity.WARNING, "the file is empty", "nothing is taken from it; delete it or fill it")
    NOT_UTF8 = (
        Severity.WARNING,
        "this line is not UTF-8 (byte 0x{byte:02x}); such lines were read as Windows-1252",
        "save the file as UTF-8 if characters look wrong",
    )
    MOJIBAKE = (
        Severity.WARNING,
        "double-encoded text was repaired: {before} → {after}",
        "save the repaired text in the document",
    )
    LOST_BYTE = (
        Severity.WARNING,
        "a byte was lost in double encoding; {before} was read as {after}",
        "check this character and write it in the document",
    )
    # extraction
    PLACEHOLDER = (
        Severity.WARNING,
        "the answer is a placeholder, so “{question}” made no note",
        "write an answer",
    )
    UNANSWERED = (
        Severity.WARNING,
        "“{question}” has no answer, so it made no note",
        "write an answer below it",
    )
    NO_RIGHT_OPTION = (
        Severity.WARNING,
        "nothing tells which option of “{question}” is right, so it made no note",
        "write the right option’s letter below the options, or mark it",
    )
    UNKNOWN_MARK = (
        Severity.WARNING,
        "the mark “deckbuild: {mark}” says nothing known",
        "use one of: {words}; `id` and `ignore` take a value",
    )
    IDLE_MARK = (
        Severity.WARNING,
        "the mark “{mark}” stands before nothing that it could mean",
        "put it on the line before the question",
    )
    REPEATED_ID = (
        Severity.ERROR,
        "the id “{id}” is that of the note at {place} already",
        "give each note an id of its own",
    )
    # mathematics
    GUESSED_FORMULA = (
        Severity.WARNING,
        "“{text}” was set as {latex}, which is a guess: {why}",
        "if it is wrong, give its LaTeX, or keep it as text, under [formulas] in deckbuild.toml",
    )
    UNSET_FORMULA = (
        Severity.WARNING,
        "“{text}” looks like a formula, but stays as it is: {why}",
        "give its LaTeX, or keep it as text, under [formulas] in deckbuild.toml",
    )
    BAD_LATEX = (
        Severity.WARNING,
        "the LaTeX “{text}” can't be set: {why}",
        "mend it; until then its source is shown",
    )
    UNCHECKED_LATEX = (
        Severity.WARNING,
        "the document has more than {most:,} characters of LaTeX; from here on they are not checked",
        "split the document into several files",
    )
    WRONG_FORMULA = (
        Severity.WARNING,
        "“{text}” is not {name}: {why}",
        "mend the formula, or its name, before you learn it",
    )
    JOINED_CELLS = (
        Severity.WARNING,
        "a | inside $…$ parted this table row; its cells were joined again",
        "write \\vert for the bar, or put a backslash before it",
    )
    NEAR_FORMULA = (
        Severity.INFO,
        "“{text}” was nearly set as mathematics: {why}",
        "if it is mathematics, give its LaTeX under [formulas] in deckbuild.toml",
    )
    # collection
    BAD_SETTINGS = (Severity.ERROR, "the settings can't be used: {why}", "mend deckbuild.toml")
    TWO_COLLECTIONS = (
        Severity.ERROR,
        "the paths belong to different collections: {roots}",
        "build one collection at a time",
    )
    BAD_LOCK = (
        Severity.ERROR,
        "the lock can't be used: {why}",
        "restore deckbuild.lock from version control; building without it would duplicate every card",
    )
    UNCLEAR = (
        Severity.ERROR,
        "“{question}” may be the edited note “{known}”, or a new one",
        "settle it: `deckbuild identity --same {place} {guid}`, or `deckbuild identity --new {place}`",
    )
    NO_SUCH_NOTE = (
        Severity.ERROR,
        "there is no {what} {name}",
        "`deckbuild list` shows the notes and their lines, deckbuild.lock the guids",
    )
    REMOVALS = (
        Severity.ERROR,
        "{lost} of {count} notes of this source are gone",
        "if that is meant, build with --accept-removals; else `deckbuild list --what ledger` shows why",
    )
    LOCK_EXISTS = (
        Severity.ERROR,
        "there is a lock already, and it is better than one from a package",
        "if it is lost for good, say --force; the file is then replaced",
    )
    BAD_PACKAGE = (
        Severity.ERROR,
        "the package can't be used: {why}",
        "name an .apkg that `deckbuild build` wrote",
    )
    LOCK_CHANGES = (
        Severity.ERROR,
        "the lock would change ({changes}), and --locked forbids it",
        "build without --locked and commit deckbuild.lock",
    )
    BAD_MODEL = (
        Severity.ERROR,
        "the file can't be used: {why}",
        "make it again with `deckbuild read` and `deckbuild collate`",
    )
    # images
    MISSING_IMAGE = (
        Severity.WARNING,
        "the image {url} is not there; cards show its text or name",
        "mend the path, which is seen from the document",
    )
    REMOTE_IMAGE = (
        Severity.WARNING,
        "the image {url} is on the web and is not fetched; cards show its text or name",
        "save it beside the document and name the file",
    )
    OUTSIDE_IMAGE = (
        Severity.WARNING,
        "the image {url} lies outside of the collection and is not read; cards show its text or name",
        "copy it into the collection, or put deckbuild.toml into a folder that holds both",
    )
    LARGE_IMAGE = (
        Severity.WARNING,
        "the image {url} has {size} bytes, more than the limit ({limit}); cards show its text or name",
        "make it smaller",
    )
    BROKEN_IMAGE = (
        Severity.WARNING,
        "the image {name} is broken or too large to be printed; paper shows its text or a sign instead",
        "save it anew, as PNG with 8 bits a colour or as plain SVG of at most 40 million pixels",
    )
    NOT_AN_IMAGE = (
        Severity.WARNING,
        "the file {url} is no image that every Anki shows; cards show its text or name",
        "convert it to PNG, JPEG, GIF, WebP or SVG",
    )
    # mathematics
    NO_MATHJAX = (
        Severity.WARNING,
        "there is no engine for MathJax here, so formulas are shown in their own characters",
        "install quickjs-ng, or use another system: it has no package for this one",
    )
    # writing
    NO_PANGO = (
        Severity.ERROR,
        "the pages can't be set: Pango, the one system library that this needs, is missing",
        "install it with: {command}",
    )
    NO_FONTS = (
        Severity.ERROR,
        "the fonts of printed outputs are missing",
        "install deckbuild again with pip, which brings them along",
    )
    NO_GLYPH = (
        Severity.WARNING,
        "the fonts have no glyph for {characters}; the pages show boxes instead",
        "name a font that has it in deckbuild.toml, [print] fonts; or use another character",
    )
    BAD_FONT = (
        Severity.ERROR,
        "the font can't be used: {why}",
        "name another .ttf or .otf file in deckbuild.toml, [print] fonts",
    )
    UNTAGGED = (
        Severity.INFO,
        "more than {limit} pages are set in parts, without structure for screen readers",
        "--tagged sets them in one piece, which takes longer and more memory",
    )
    NO_PORT = (
        Severity.ERROR,
        "port {port} can't be used: {why}",
        "name another one with --port, or 0 for any",
    )
    WIDE_FORMULA = (
        Severity.WARNING,
        "this formula is too wide for its column, and shown at {size} pt there",
        "break it into lines, with `aligned` for example",
    )
    UNWRITABLE = (
        Severity.ERROR,
        "the output can't be written: {why}",
        "check the folder and its permissions",
    )

    def at(self, source: str, line: int, column: int = 1, **fields: object) -> Diagnostic:
        """This problem at a place, `fields` filling the sentence and the hint."""
        return Diagnostic(
            source=source,
            line=line,
            column=column,
            code=self.slug,
            severity=self.severity,
            message=self.message.format(**fields),
            hint=self.hint.format(**fields),
        )


class Failure(Exception):
    """A step can't go on; carries the diagnostics that say why."""

    def __init__(self, *diagnostics: Diagnostic) -> None:
        super().__init__(*diagnostics)
        self.diagnostics = diagnostics

    def __str__(self) -> str:
        return "; ".join(map(headline, self.diagnostics))


def headline(diagnostic: Diagnostic) -> str:
    """`path:line: severity: message [code]`, on one line."""
    d = diagnostic
    return f"{d.source}:{d.line}: {d.severity}: {' '.join(d.message.split())} [{d.code}]"


def has_errors(diagnostics: Iterable[Diagnostic], strict: bool = False) -> bool:
    """Whether any is an error; with `strict` warnings count as errors."""
    failing = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    return any(d.severity in failing for d in diagnostics)
