"""The model as JSON and back; a round trip is the identity."""

from __future__ import annotations

from typing import TypeVar

import msgspec

from deckbuild.model import SCHEMA, Document, Library

Value = TypeVar("Value", Document, Library)


class CodecError(ValueError):
    """A file is not the JSON form of the value asked for; the message says what is wrong, and where."""


def encode(value: Document | Library) -> bytes:
    """Compact JSON in UTF-8 with a final newline; the same value gives the same bytes."""
    return msgspec.json.encode(value, order="deterministic") + b"\n"


def decode(data: bytes, kind: type[Value]) -> Value:
    """The value whose JSON form `data` is. Raises `CodecError` for anything else."""
    try:
        schema = msgspec.json.decode(data, type=_Head).schema
    except msgspec.MsgspecError as error:
        raise CodecError(f"not a model file: {error}") from error
    if schema != SCHEMA:
        raise CodecError(f"model schema {schema}; this version of deckbuild reads schema {SCHEMA}")
    try:
        return msgspec.json.decode(data, type=kind)
    except msgspec.MsgspecError as error:
        raise CodecError(f"not a {kind.__name__.lower()}: {error}") from error


class _Head(msgspec.Struct, frozen=True):
    schema: int = SCHEMA
