#!/bin/sh
# Runs the README's two commands in a bare Debian root: nothing but git, make, python3 and python3-venv.
# Usage, as root on Debian with mmdebstrap installed: scripts/check-bare-debian.sh [SUITE]
set -eu
suite=${1:-bookworm}
project=$(cd "$(dirname "$0")/.." && pwd)
root=$(mktemp -d)

cleanup() {
    umount -R "$root/proc" "$root/dev" 2>/dev/null || true
    rm -rf --one-file-system "$root"
}
trap cleanup EXIT
trap 'exit 1' INT TERM HUP

mmdebstrap --quiet --variant=minbase --include=git,make,python3,python3-venv,ca-certificates "$suite" "$root"
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev" && mount --make-rslave "$root/dev"
cp /etc/resolv.conf "$root/etc/resolv.conf"
# A host that reaches package indexes through a proxy of its own lends its settings and certificates.
for file in /etc/pip.conf /etc/ssl/certs/ca-certificates.crt; do
    [ ! -f "$file" ] || cp "$file" "$root$file"
done

git clone --quiet --no-hardlinks "$project" "$root/deckbuild"
echo "bare: $(chroot "$root" dpkg-query -f '.\n' -W | wc -l) packages, $(chroot "$root" python3 --version)"
chroot "$root" env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 \
    sh -euc 'cd /deckbuild; make; ls -l build/*.apkg build/*.pdf; make -q; git status --short; make test'
