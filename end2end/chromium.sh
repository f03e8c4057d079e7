#!/usr/bin/env bash
# Makes sure there is a Chromium and prints its path; nothing where it is Playwright's own.
#
# CHROMIUM=PATH names one.
set -euo pipefail
cd "$(dirname "$0")"

say() { printf '%s\n' "$*" >&2; }

find_chromium() {
  local name
  for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome-stable google-chrome; do
    [ -n "$name" ] && command -v "$name" && return
  done
  return 1
}

install_from_packages() {
  command -v apt-get >/dev/null || return 1
  local as_root=()
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || return 1
    as_root=(sudo)
  fi
  say "installing Chromium"
  "${as_root[@]}" apt-get update -q >&2 &&
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends chromium >&2
}

find_chromium && exit
install_from_packages && find_chromium && exit
npx playwright install --with-deps chromium >&2 && exit

say "The journeys need a browser, and none of these worked: a chromium in PATH,"
say "apt-get install chromium, npx playwright install chromium. Name one with CHROMIUM=PATH."
exit 1
