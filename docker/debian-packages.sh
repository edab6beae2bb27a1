#!/bin/sh
# Installs the Debian packages that the tests run for real. Quiet where all are there; says what is missing where it may not install.
set -eu
missing=""
need() { command -v "$1" >/dev/null 2>&1 || [ -x "$1" ] || missing="$missing $2"; }
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$missing postgresql"
need antiword antiword
need soffice libreoffice-writer-nogui
need tesseract "tesseract-ocr tesseract-ocr-vie"
need redis-server redis-server
need mvn maven
ls -d /usr/lib/jvm/*17* >/dev/null 2>&1 || missing="$missing openjdk-17-jre-headless"
need unzip unzip
need chromium chromium
need /usr/sbin/nginx nginx-light
need openssl openssl
ls /usr/share/fonts/truetype/noto/NotoSans-Regular.ttf >/dev/null 2>&1 || missing="$missing fonts-noto-core"
[ -z "$missing" ] && exit 0
if [ "$(id -u)" = 0 ]; then as_root=""; elif command -v sudo >/dev/null; then as_root="sudo"; else
  echo "Thiếu gói Debian (missing Debian packages):$missing"; exit 2
fi
echo "Đang cài gói Debian (installing Debian packages):$missing"
export DEBIAN_FRONTEND=noninteractive
$as_root apt-get update -qq
# shellcheck disable=SC2086 # a list of packages
$as_root apt-get install -y -qq --no-install-recommends $missing >/dev/null
