#!/bin/sh
# Makes sure that the tests find Chromium. As root on Debian it installs it; elsewhere tests of pages are skipped.

# Playwright's driver needs libatomic, which a bare system lacks.
has_browser() {
    for name in chromium chromium-browser google-chrome; do
        ! command -v $name >/dev/null || return 0
    done
    return 1
}
if has_browser && { [ "$(uname)" != Linux ] || ldconfig -p | grep -q libatomic.so.1; }; then
    exit 0
fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends \
        chromium fonts-dejavu-core libatomic1 >/dev/null && exit 0
fi
has_browser && exit 0
echo "Tests of cards and pages in a browser are skipped: there is no Chromium" >&2
exit 1
