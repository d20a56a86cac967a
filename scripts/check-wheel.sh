#!/bin/sh
# Builds the source distribution and, from it, the wheel; installs the wheel into a fresh virtual environment,
# and uses it from an empty folder. Usage: scripts/check-wheel.sh [FOLDER], where to leave the two files.
set -eu
project=$(cd "$(dirname "$0")/.." && pwd)
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
trap 'exit 1' INT TERM HUP
dist=${1:-$root/dist}

"$project/.venv/bin/python" -m build --outdir "$dist" "$project" >"$root/build.log" || { cat "$root/build.log"; exit 1; }
python3 -m venv "$root/venv"
PATH=$root/venv/bin:$PATH
pip install --quiet --disable-pip-version-check "$dist"/*.whl
pip check --disable-pip-version-check
mkdir "$root/empty"
cd "$root/empty"

deckbuild --version
printf '# Bees\n\n## Q: How many legs has a bee?\n**Answer:** Six, $2 \\cdot 3$.\n' >bees.md
deckbuild check --strict bees.md
deckbuild build bees.md --only deck,sheet,preview
test -s build/bees.apkg && test -s build/bees-sheet.pdf && test -s build/bees-preview.html
python - <<'CALLS'
from importlib.metadata import distribution
from importlib.resources import files

import deckbuild

package = files("deckbuild")
assert (package / "py.typed").is_file()
licences = {file.name for file in distribution("deckbuild").files or () if "licenses" in file.parts}
assert licences == {"LICENSE", "Apache-2.0.txt", "Bitstream-Vera.txt", "OFL-1.1.txt"}, licences
assert deckbuild.read_document("bees.md").title == "Bees"
library = deckbuild.build_library("bees.md", locked=True)
with open("build/bees.apkg", "rb") as built:
    assert deckbuild.render(library, "deck") == built.read()
CALLS
echo "the wheel works: $(cd "$dist" && ls -- *.whl)"
