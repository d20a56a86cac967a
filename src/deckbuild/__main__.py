"""The `deckbuild` command, and `python -m deckbuild`: how both end where something besides the documents fails.

All else is imported below the guard, since it may be what is missing. Nobody is shown a traceback: what a system,
a terminal or an installation does is one sentence with what to do next, and the traceback of a mistake of ours
goes into a file that can be sent to us.
"""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress

_PACKAGES = {
    "PIL": "pillow",
    "docx": "python-docx",
    "markdown_it": "markdown-it-py",
    "quickjs": "quickjs-ng",
}
"""Packages whose module has another name."""


def main() -> None:
    """Run the command line, and end with its status: 1 where it could not run to its end."""
    try:
        gc.disable()  # nothing that is loaded now goes away, so nobody needs to look for what does
        from deckbuild.cli import main as run

        gc.freeze()
        gc.enable()
        run()
    except KeyboardInterrupt:
        _end("interrupted")
    except ImportError as error:
        _end(*_missing(error))
    except MemoryError:
        _end("there is not enough memory", "build fewer documents at once, or close other programs")
    except OSError as error:
        _end(*_refused(error))
    except Exception:
        _end(*_mistake())
    finally:
        gc.freeze()  # Python would look through all values for cycles before it ends, a tenth of a short command


def package_of(module: str) -> str:
    """The name by which pip installs a module of one of our dependencies."""
    return _PACKAGES.get(module, module.lower().replace("_", "-"))


def _missing(error: ImportError) -> tuple[str, str]:
    module = (error.name or "").partition(".")[0]
    if not module or module == "deckbuild":
        return f"the installation is damaged: {error}", "install deckbuild again"
    package = package_of(module)
    fault = "is missing" if isinstance(error, ModuleNotFoundError) else f"can't be loaded ({error})"
    return (
        f"the Python package {package} {fault}",
        f"install it: {sys.executable} -m pip install --upgrade {package}",
    )


def _refused(error: OSError) -> tuple[str, str]:
    from pathlib import Path

    try:
        Path.cwd()
    except OSError:
        return "the current folder does not exist any more", "change into another one"
    name = os.fsdecode(error.filename) if isinstance(error.filename, str | bytes) else "input or output"
    return f"{name}: {error.strerror or error}", "check the disk, the folder and its permissions"


def _mistake() -> tuple[str, str]:
    """Where the traceback of an error that nobody foresaw lies."""
    import tempfile
    import traceback

    from deckbuild import __version__

    kind, value, _ = sys.exc_info()
    what = f"deckbuild {__version__} made a mistake: {kind.__name__ if kind else ''}: {value}"
    text = f"deckbuild {__version__}, Python {sys.version}\n{traceback.format_exc()}"
    try:
        with tempfile.NamedTemporaryFile(
            "w", prefix="deckbuild-", suffix=".log", delete=False, encoding="utf-8", errors="backslashreplace"
        ) as file:
            file.write(text)
    except OSError:
        return what, "please report it, with the document if you can"
    return what, f"please report it with {file.name}, and with the document if you can"


def _end(message: str, hint: str = "") -> None:
    """Say so on one line, what to do on another one, and end with status 1; a closed terminal hears nothing."""
    lines = [f"deckbuild: error: {' '.join(message.split())}", *([f"  = {hint}"] if hint else [])]
    with suppress(OSError, ValueError):
        if sys.stderr:
            print(*lines, sep="\n", file=sys.stderr)
            sys.stderr.flush()
    with suppress(OSError, ValueError):
        if sys.stdout:  # what it still holds can't be written: Python would try again, and end with 120
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(1)


if __name__ == "__main__":
    main()
