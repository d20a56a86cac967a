"""Documents and libraries as files between the steps that make runs."""

from __future__ import annotations

import hashlib
from pathlib import Path

from msgspec.structs import replace

from deckbuild.collection.collection import Collection
from deckbuild.collection.documents import is_own
from deckbuild.commands.context import Context, read_documents
from deckbuild.machine import files
from deckbuild.model import Document, codec
from deckbuild.report.diagnostics import Code, Failure
from deckbuild.report.report import shown_path

LARGEST = 1_000_000_000
"""Bytes of a model file, which takes 16 times as many as a document of short questions: 320 MB for one of 20 MB."""


def write_models(context: Context, folder: Path, changed: set[Path] | None) -> None:
    """A model file for each document, in `folder` under the document's own name, and their list beside it.

    With `changed` the other documents keep the model they have. A model whose document is gone is deleted.
    The list, `folder` with `.list`, changes only when a model does: the next step waits for nothing else.
    """
    collection = context.collection
    collection.refuse_links_outside(folder)
    if files.lies_in(collection.root, folder):
        why = "models need a folder of their own"
        raise Failure(Code.UNWRITABLE.at(shown_path(folder), 1, why=why))
    wanted = {_model_path(collection, folder, file): file for file in collection.files}
    for path, file in wanted.items():
        collection.refuse_links_outside(path)
        if changed is None or file in changed or not path.is_file():
            for document in read_documents(_alone(context, file)):
                files.write(path, codec.encode(document))
    for path in folder.rglob("*.json"):
        if path not in wanted and is_own(path):
            path.unlink()
    if not context.report.failed:
        digests = (f"{hashlib.sha256(p.read_bytes()).hexdigest()}  {p}\n" for p in sorted(wanted))
        files.write(folder.with_name(f"{folder.name}.list"), "".join(digests).encode())


def load_models(collection: Collection, folder: Path) -> list[Document]:
    """The document of each file of a collection, from the models in a folder.

    Raises `Failure` for a model that is missing or broken: a library without one of its documents would pass
    for one whose notes are gone.
    """
    return [load_model(_model_path(collection, folder, file), Document) for file in collection.files]


def load_model(path: Path, kind: type[codec.Value]) -> codec.Value:
    """The document or library in a model file. Raises `Failure` if there is none."""
    try:
        return codec.decode(files.read(path, LARGEST), kind)
    except OSError as error:
        raise Failure(Code.BAD_MODEL.at(str(path), 1, why=error.strerror)) from error
    except RecursionError as error:
        raise Failure(Code.BAD_MODEL.at(str(path), 1, why="it is nested too deeply")) from error
    except codec.CodecError as error:
        raise Failure(Code.BAD_MODEL.at(str(path), 1, why=error)) from error


def _model_path(collection: Collection, folder: Path, file: Path) -> Path:
    return folder / f"{collection.source(file)}.json"


def _alone(context: Context, file: Path) -> Context:
    return replace(context, collection=replace(context.collection, files=(file,)))
