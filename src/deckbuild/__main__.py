"""Lets `python -m deckbuild` run the command line."""

from deckbuild.cli import main

main()
