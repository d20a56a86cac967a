"""Problems as data: every code with its severity, its sentence and what to do next, in one place."""

from __future__ import annotations

from enum import Enum

from deckbuild.model import Diagnostic, Severity
from deckbuild.report.headline import headline

LONGEST = 400
"""Characters of each text that a message quotes: five lines of a terminal."""


class Code(Enum):
    """A kind of problem. The value is its severity, message and hint; both texts take named fields.

    `PATH` at the end of a command in a hint becomes what the user's own command was given.
    """

    def __init__(self, severity: Severity, message: str, hint: str) -> None:
        self.severity = severity
        self.message = message
        self.hint = hint

    @property
    def slug(self) -> str:
        """The code as users write it: `not-text`."""
        return self.name.lower().replace("_", "-")

    # reading a file
    NOT_TEXT = (Severity.ERROR, "this is not a text file ({why})", "pass only text documents, or convert it")
    TOO_LARGE = (
        Severity.ERROR,
        "the file has more than {limit:,} bytes, the most that is read",
        "split the document into several files",
    )
    TOO_LONG = (
        Severity.ERROR,
        "the document has {count:,} {what}; at most {limit:,} are read",
        "split the document into several files",
    )
    TANGLED = (
        Severity.ERROR,
        "a paragraph has {count:,} {what}; at most {limit:,} are read",
        "split it with blank lines",
    )
    BAD_NAME = (
        Severity.ERROR,
        "the name of this file is not valid UTF-8",
        "rename the file",
    )
    UNREADABLE = (
        Severity.ERROR,
        "the file can't be read: {why}",
        "check its permissions, or leave it out by `exclude` in deckbuild.toml",
    )
    WRONG_FORMAT = (
        Severity.ERROR,
        "the file is not what its name says: {why}",
        "repair it, or export it again with the program that it comes from",
    )
    NO_DOCUMENTS = (
        Severity.ERROR,
        "there are no documents here{seen}",
        "put {suffixes} files into this folder, or name a file",
    )
    UNREAD = (
        Severity.NOTICE,
        "{what} {verb} not read: {names}",
        "{way}",
    )
    NO_NOTES = (
        Severity.ERROR,
        "no notes were found in any document",
        "`deckbuild list --what ledger` shows what became of each line",
    )
    LOOKS_LIKE_NOTES = (
        Severity.NOTICE,
        "{made} {count:,} {what} {look} most like questions",
        "{way}",
    )
    EMPTY_FILE = (Severity.WARNING, "the file is empty", "delete it, or write something in it")
    NOT_UTF8 = (
        Severity.WARNING,
        "{lines} not UTF-8; read as {encoding}, in which the text makes the most sense",
        "if so, convert it: iconv -f {encoding} -t UTF-8 {file} > NEW; if not, put the right encoding there",
    )
    BROKEN_UTF8 = (
        Severity.WARNING,
        "{lines} not valid UTF-8; � stands for what was lost",
        "type these characters again",
    )
    CONTROL_CHARACTERS = (
        Severity.WARNING,
        "{lines} control characters, which are left out",
        "delete them; where they stand for letters, as in pages copied from a PDF, write those again",
    )
    UNKNOWN_ENCODING = (
        Severity.ERROR,
        "this document is not UTF-8, and makes no sense in any other encoding (closest: {likely})",
        "convert it: iconv -f ENCODING -t UTF-8 {file} > NEW (`iconv -l` lists encodings)",
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
        "“deckbuild: {mark}” is not a known directive",
        "use one of: {words}; `id` and `ignore` take a value",
    )
    IDLE_MARK = (
        Severity.WARNING,
        "the directive “{mark}” is followed by nothing it could apply to",
        "put it on the line before the question",
    )
    EMBEDDED_NOTE = (
        Severity.WARNING,
        "“{note}” is embedded here, but cards show only its name",
        "write here what the card needs, or link to it instead of embedding it",
    )
    UNSHOWN_MACRO = (
        Severity.NOTICE,
        "the macro “{macro}” shows nothing on a card",
        "write here what the card needs",
    )
    REPEATED_ID = (
        Severity.ERROR,
        "the id “{id}” is already used by the note at {place}",
        "give each note an id of its own",
    )
    # mathematics
    GUESSED_FORMULA = (
        Severity.WARNING,
        "“{text}” was read as {latex}, which is a guess: {why}",
        "if that is wrong, give its LaTeX, or keep it as text, under [formulas] in deckbuild.toml",
    )
    UNSET_FORMULA = (
        Severity.WARNING,
        "“{text}” looks like a formula but was left as text: {why}",
        "give its LaTeX, or keep it as text, under [formulas] in deckbuild.toml",
    )
    BAD_LATEX = (
        Severity.WARNING,
        "the LaTeX “{text}” can't be typeset: {why}",
        "fix it; until then its source is shown",
    )
    UNCHECKED_LATEX = (
        Severity.WARNING,
        "the document has more than {most:,} characters of LaTeX; the rest is not checked",
        "split the document into several files",
    )
    SLOW_LATEX = (
        Severity.WARNING,
        "the LaTeX “{text}” is shown as it was typed: {why}",
        "shorten the formulas above it that can't be typeset, or split the document into several files",
    )
    WRONG_FORMULA = (
        Severity.WARNING,
        "“{text}” is not {name}: {why}",
        "fix the formula or its name before you learn it",
    )
    JOINED_CELLS = (
        Severity.WARNING,
        "a | inside LaTeX, code, brackets or a word split this table row; its cells were joined again",
        "put a backslash before the bar, or write \\vert in LaTeX",
    )
    CUT_ROW = (
        Severity.WARNING,
        "this row has more cells than its table has columns; what its last cells say is left out",
        "add a column to the header and the line below it, or put a backslash before a bar that parts no cells",
    )
    OPEN_CLOZE = (
        Severity.WARNING,
        "a cloze that begins here is never closed; its text is shown as it stands",
        "write }} where the hidden text ends, in the same paragraph",
    )
    UNTOLD_FOOTNOTE = (
        Severity.WARNING,
        "the document has no text for the footnote [^{label}]; only its mark is shown",
        "add a line [^{label}]: with what it says, or take the mark away",
    )
    DRAWING = (
        Severity.WARNING,
        "cards and paper show the source of this {language} drawing, not the drawing",
        "export it as SVG or PNG and show that file instead",
    )
    NEAR_FORMULA = (
        Severity.INFO,
        "“{text}” was nearly read as a formula: {why}",
        "if it is a formula, give its LaTeX under [formulas] in deckbuild.toml",
    )
    # collection
    BAD_SETTINGS = (Severity.ERROR, "the settings can't be used: {why}", "fix deckbuild.toml")
    IDLE_SETTING = (
        Severity.WARNING,
        "the setting {name} has no effect: {why}",
        "remove it, or check its spelling and place",
    )
    OUTSIDE = (
        Severity.ERROR,
        "{what} is outside the collection, and is not used",
        "copy it into the collection, or name it on the command line",
    )
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
        "“{question}” may be an edit of “{known}” or a new note",
        "run `deckbuild identity --same {place} {guid} PATH` if it is an edit, else `… --new {place}`; or settle all"
        " with `deckbuild identity --review PATH`",
    )
    NO_SUCH_NOTE = (
        Severity.ERROR,
        "there is no {what} {name}",
        "`deckbuild list` shows notes with their lines, deckbuild.lock their guids",
    )
    NO_SUCH_DECK = (
        Severity.ERROR,
        "no note is in a deck “{name}”",
        "the lock knows these decks: {decks}",
    )
    REMOVALS = (
        Severity.ERROR,
        "this document lost {lost} of {notes}{cause}",
        "if that is intended, build with --accept-removals; if not, `deckbuild explain` shows why",
    )
    LOCK_EXISTS = (
        Severity.ERROR,
        "a lock already exists, and it is better than one restored from a package",
        "to replace it anyway, use --force",
    )
    LOCK_LOST = (
        Severity.ERROR,
        "the lock is gone, but this package was built before: without it all notes are new ones to Anki",
        "run `deckbuild lock --from-apkg {package} PATH`; if the package is another collection's, or learners may"
        " begin anew, move it away",
    )
    LOCK_IS_OUTPUT = (
        Severity.ERROR,
        "the lock and an output would be one file",
        "name another file with --lock, or another folder with -o",
    )
    BAD_PACKAGE = (
        Severity.ERROR,
        "the package can't be used: {why}",
        "use an .apkg file written by `deckbuild build`",
    )
    BAD_EXPORT = (
        Severity.ERROR,
        "the export can't be used: {why}",
        "in Anki, export the old deck as .apkg, or as notes in plain text with “Include unique identifier”",
    )
    ONLY_PRINTED = (
        Severity.ERROR,
        "an Anki deck can only be printed: its cards are in Anki already, with their history",
        "build it by itself, with --only sheet,booklet,cutouts",
    )
    SETTLED_TWICE = (
        Severity.ERROR,
        "the {what} is settled twice, but each note has exactly one record",
        "give each note a guid of its own, and use --new for the others, in the same command",
    )
    NOT_COMPARED = (
        Severity.WARNING,
        "so many notes have changed at once that {count} could not be compared with the new ones",
        "if some of them were only reworded, give them ids with `<!-- deckbuild: id NAME -->`",
    )
    DECK_KEPT = (
        Severity.WARNING,
        "the notes of {count} stay in the deck “{old}”, although the name is “{name}” now: Anki never moves"
        " cards it has",
        "rename the deck in Anki, and ask every learner to do so; then run"
        ' `deckbuild lock --deck "{old}" "{name}" PATH`',
    )
    LOCK_CHANGES = (
        Severity.ERROR,
        "the lock would change ({changes}), which --locked forbids",
        "build without --locked and commit deckbuild.lock",
    )
    BAD_MODEL = (
        Severity.ERROR,
        "the file can't be used: {why}",
        "create it again with `deckbuild read` and `deckbuild collate`",
    )
    # images
    MISSING_IMAGE = (
        Severity.WARNING,
        "the file {url} does not exist; cards show its alt text or name",
        "fix the path (relative to the document)",
    )
    REMOTE_IMAGE = (
        Severity.WARNING,
        "the file {url} is on the web and is not fetched; cards show its alt text or name",
        "save it next to the document and link to the file",
    )
    OUTSIDE_IMAGE = (
        Severity.WARNING,
        "the file {url} is outside the collection and is not read; cards show its alt text or name",
        "copy it into the collection, or put deckbuild.toml in a folder that contains both",
    )
    LARGE_IMAGE = (
        Severity.WARNING,
        "the file {url} has {size}, more than the limit ({limit}); cards show its alt text or name",
        "make it smaller",
    )
    BROKEN_IMAGE = (
        Severity.WARNING,
        "the image {url} is broken or too large to show; its alt text or name is shown instead",
        "save it again, as PNG or JPEG with at most 40 million pixels, or as plain SVG",
    )
    UNPRINTABLE_IMAGE = (
        Severity.WARNING,
        "the image {name} has more than 8 bits per channel; its alt text or a placeholder is printed",
        "save it again with 8 bits per channel",
    )
    WORDS_OF_DRAWING = (
        Severity.WARNING,
        "the drawing {name} holds HTML such as a table, of which only the words are printed; cards show all",
        "export it without HTML (in draw.io: without formatted text), or as PNG",
    )
    NOT_AN_IMAGE = (
        Severity.WARNING,
        "the file {url} is not an image or recording that every Anki can show; cards show its alt text or name",
        "convert it to PNG, JPEG, GIF, WebP or SVG, or to MP3 or MP4",
    )
    # mathematics
    NO_MATHJAX = (
        Severity.WARNING,
        "the engine that runs MathJax is missing, so formulas are shown as they were typed",
        "install quickjs-ng, if there is a package for this system",
    )
    # writing
    NO_PANGO = (
        Severity.ERROR,
        "pages can't be typeset: Pango, the only system library needed, is missing",
        "install it with: {command}",
    )
    NO_FONTS = (
        Severity.ERROR,
        "the fonts for printed output are missing",
        "reinstall deckbuild with pip, which includes them",
    )
    NO_GLYPH = (
        Severity.WARNING,
        "the fonts have no glyph for {characters}; boxes are printed instead",
        "add a font that has them to [print] fonts in deckbuild.toml, or use other characters",
    )
    NO_SCRIPT_FONT = (
        Severity.WARNING,
        "there are no fonts for {scripts} text; boxes are printed instead",
        "run `{command}`, or name a font of your own in [print] fonts in deckbuild.toml",
    )
    BAD_FONT = (
        Severity.ERROR,
        "the font can't be used: {why}",
        "use another .ttf, .otf or .ttc file in [print] fonts in deckbuild.toml",
    )
    BAD_TEMPLATE = (
        Severity.ERROR,
        "the template can't be used: {why}",
        "fix it, or remove it from the folder set by [print] templates",
    )
    LARGE_TABLE = (
        Severity.WARNING,
        "this table is too large for paper ({size}), and is not printed",
        "split it into smaller tables if you want it on paper",
    )
    ENDLESS_PAGES = (
        Severity.ERROR,
        "the pages can't be laid out: {why}",
        "remove what is unusual from your own styles, templates and pictures, or print fewer documents at once",
    )
    UNTAGGED = (
        Severity.INFO,
        "more than {limit} pages are typeset in parts, without structure for screen readers",
        "--tagged typesets them in one piece, which takes more time and memory",
    )
    NO_PORT = (
        Severity.ERROR,
        "port {port} can't be used: {why}",
        "choose another with --port; 0 means any free port",
    )
    WIDE_FORMULA = (
        Severity.WARNING,
        "this formula is too wide for its column and is printed at {size} pt there",
        "break it into several lines, for example with `aligned`",
    )
    UNPRINTED_FORMULA = (
        Severity.WARNING,
        "“{text}” is printed as it was typed: it is too large, takes too long to be set, or has signs without a glyph",
        "make it smaller or split it; Anki may still show it on cards",
    )
    UNWRITABLE = (
        Severity.ERROR,
        "the output can't be written: {why}",
        "check the folder and its permissions",
    )

    def at(self, source: str, line: int, column: int = 0, **fields: object) -> Diagnostic:
        """This problem at a place, `fields` filling the sentence, long ones shortened, and the hint."""
        short = {key: _shortened(value) for key, value in fields.items()}
        return Diagnostic(
            source=source,
            line=line,
            column=column,
            code=self.slug,
            severity=self.severity,
            message=self.message.format(**short),
            hint=self.hint.format(**fields),
        )


def _shortened(value: object) -> object:
    """A text whose middle is left out where it is too long to be read in a message."""
    if not isinstance(value, str) or len(value) <= LONGEST:
        return value
    return f"{value[: LONGEST * 3 // 4]} … {value[-LONGEST // 4 :]}"


class Failure(Exception):
    """A step can't go on; carries the diagnostics that say why."""

    def __init__(self, *diagnostics: Diagnostic) -> None:
        super().__init__(*diagnostics)
        self.diagnostics = diagnostics

    def __str__(self) -> str:
        return "; ".join(map(headline, self.diagnostics))
