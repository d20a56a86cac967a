"""deckbuild: study documents as they are found, rendered to Anki decks and printable sheets."""

__version__ = "0.1.0"
