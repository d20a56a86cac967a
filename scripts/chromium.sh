#!/bin/sh
# Makes sure that the tests find Chromium. As root on Debian it installs it; elsewhere tests of pages are skipped.
for name in chromium chromium-browser google-chrome; do
    ! command -v $name >/dev/null || exit 0
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends \
        chromium fonts-dejavu-core >/dev/null && exit 0
fi
echo "Tests of cards and pages in a browser are skipped: there is no Chromium" >&2
exit 1
