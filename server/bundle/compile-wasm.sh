#!/usr/bin/env bash
# Compiles the islands to wasm. rustup's target is used where it is there or can be
# fetched; elsewhere Debian's compiler, which has the standard library's source beside it.
#
# WASM_TOOLCHAIN=rustup|debian forces one of the two.
set -euo pipefail

target=wasm32-unknown-unknown
# Lints ask for less optimisation than a small program needs.
unset RUSTC_WORKSPACE_WRAPPER
wanted=${WASM_TOOLCHAIN:-any}

say() { printf '%s\n' "$*" >&2; }

has_standard_library() {
  compgen -G "$(rustc --print target-libdir --target "$target" 2>/dev/null)/libstd-*.rlib" >/dev/null
}

rustup_has_target() {
  has_standard_library && return
  command -v rustup >/dev/null || return 1
  say "fetching the wasm target with rustup"
  timeout 120 rustup target add "$target" >&2 && has_standard_library
}

debian_is_complete() {
  [ -x /usr/bin/cargo ] && [ -x /usr/bin/rustc ] && [ -d /usr/share/doc/rust-web-src ] &&
    [ -x /usr/bin/wasm-ld-22 ]
}

install_from_debian() {
  debian_is_complete && return
  command -v apt-get >/dev/null || return 1
  local as_root=()
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || { say "apt-get needs root, and there is no sudo"; return 1; }
    as_root=(sudo)
  fi
  say "installing Debian's compiler with the standard library's source"
  "${as_root[@]}" apt-get update -q >&2 &&
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends \
      rustc-web cargo-web rust-web-src lld-22 >&2 &&
    debian_is_complete
}

compile() {
  # Only this build sees the islands' own code, so here its warnings are held.
  local held=()
  [ -z "${CI:-}" ] || held=(-- -D warnings)
  cargo rustc --lib --package app --no-default-features --features hydrate \
    --target "$target" --profile wasm-release --target-dir target/front "$@" "${held[@]}"
}

if [ "$wanted" != debian ] && rustup_has_target; then
  compile "$@"
elif [ "$wanted" != rustup ] && install_from_debian; then
  # The two halves share nothing but Cargo.lock, so they need not share a compiler.
  export PATH=/usr/bin:$PATH RUSTC_BOOTSTRAP=1 CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=wasm-ld-22
  unset RUSTUP_TOOLCHAIN RUSTC RUSTC_WRAPPER
  compile -Zbuild-std=std,panic_abort "$@"
else
  say "The islands need Rust's $target target, and neither way to it worked:"
  say "  rustup target add $target"
  say "  apt-get install rustc-web cargo-web rust-web-src lld-22   (Debian 12 or later)"
  exit 1
fi
