#!/bin/sh
# Makes sure that WeasyPrint finds Pango. Usage: system-deps.sh PYTHON
# As root on Debian it installs what is missing; elsewhere it says the one line that does. Never uses sudo.
python=$1

# Without libharfbuzz-subset WeasyPrint works, warns, and is three times slower.
if "$python" -W error:HarfBuzz:DeprecationWarning -c 'import weasyprint' >/dev/null 2>&1; then
    exit 0
fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 >/dev/null
fi
"$python" -c 'import weasyprint' >/dev/null 2>&1 && exit 0
echo "For the sheet, install Pango: $("$python" -m deckbuild.paper.press.pango)" >&2
exit 1
