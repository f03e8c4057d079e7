# The two commands are `make serve` and `make test`; `make help` names the rest.
# A machine needs git, make, a C compiler, Node 20 and Rust; what else is missing is
# installed here. Nothing is done twice: a second run only does what has changed.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
MAKEFLAGS += --no-builtin-rules

export CARGO_TARGET_DIR := $(CURDIR)/target
locked := $(if $(CI),--locked)
done := target/made

program := target/debug/anker
site := target/site/manifest.json
tools := server/bundle/node_modules/.package-lock.json
journeys := end2end/node_modules/.package-lock.json

files_in = $(shell find $(1) -type f -not -path '*/node_modules/*' 2>/dev/null)
manifests := Cargo.toml Cargo.lock
app_sources := $(call files_in,app) $(manifests)
sources := $(app_sources) $(call files_in,server)
site_sources := $(call files_in,style public server/bundle)

##@ The two commands
.PHONY: serve test
serve: build ## Build what is missing and start the portal on http://127.0.0.1:3000
	@exec $(program) serve

# The lints look on while the tests are built: a check of its own would go through every
# dependency a second time. The arguments are the way `cargo clippy` hands them on.
test: export RUSTC_WORKSPACE_WRAPPER := clippy-driver
test: export CLIPPY_ARGS := -Dwarnings__CLIPPY_HACKERY__
test: machine ## Everything that must pass; says at the end what took the time
	@: > $(done)/times
	@$(call timed,formatting,cargo fmt --all --check)
	@$(call timed,lints and building the tests,cargo test $(locked) --workspace --all-targets --no-run --quiet)
	@$(call timed,the site,$(MAKE) --no-print-directory build)
	@$(call timed,unit and integration tests,cargo test $(locked) --workspace --quiet)
	@$(call timed,journeys in a browser,$(MAKE) --no-print-directory journeys)
	@awk -F'\t' '{ printf "%6d s  %s\n", $$1, $$2; sum += $$1 } END { printf "%6d s  altogether\n", sum }' $(done)/times

##@ Beside them
.PHONY: help dev journeys screenshots lighthouse bench quality fuzz release build site wasm tools machine
help: ## This list
	@awk -F':.*## ' '/^##@ /{ printf "\n%s\n", substr($$0, 5) } /^[a-z-]+:.*## /{ printf "  make %-12s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

dev: build ## Rebuild and reload on every change
	@exec target/debug/bundle develop

journeys: build $(journeys) ## The journeys in a real browser
	@chromium=$$(end2end/chromium.sh); cd end2end; npm run --silent types; CHROMIUM=$$chromium npx playwright test $(JOURNEYS)

screenshots: build $(journeys) ## Every page on a phone and a desk, into end2end/screenshots
	@chromium=$$(end2end/chromium.sh); cd end2end; CHROMIUM=$$chromium npx playwright test --config screenshots.config.ts

lighthouse: release $(journeys) ## Lighthouse on a phone: home, search, offer, case
	@chromium=$$(end2end/chromium.sh); cd end2end; CHROMIUM=$$chromium npm run --silent lighthouse

bench: machine site ## Benchmarks on made-up offers, printed and written to bench/
	cargo bench $(locked) --workspace --bench portal $(if $(BENCH),-- $(BENCH))

quality: machine ## How good the search is on judged queries
	@cargo run $(locked) --release --quiet --package search --example quality

# It begins with the sample content and the judged queries: from nothing, the fuzzer hardly finds a line that can be imported.
fuzz: ## Any bytes at the doors of import and search, a minute each (needs cargo-fuzz)
	@if cargo +nightly --version >/dev/null 2>&1; then nightly=+nightly; else nightly=; export RUSTC_BOOTSTRAP=1; fi; \
	mkdir -p server/fuzz/corpus/import server/fuzz/corpus/query; \
	cat server/sample/*.jsonl | split --lines=1 --suffix-length=4 - server/fuzz/corpus/import/sample-; \
	cat server/search/quality/queries-*.jsonl | sed -E 's/^\{"q": "([^"]*)".*/q=\1/' | split --lines=1 --suffix-length=4 - server/fuzz/corpus/query/judged-; \
	for target in import query; do \
	  cargo $$nightly fuzz run --fuzz-dir server/fuzz $$target -- -max_total_time=60 -max_len=8192 -len_control=0 || exit 1; done

release: machine site ## One file to copy to a server: target/release/anker
	cargo build $(locked) --release --workspace --bin anker --features server/embedded-site
	@ls -lh target/release/anker | awk '{ print $$9 ": " $$5 }'

build: $(program) site ## Build the program and its site

##@ Parts
site: $(site) ## The site in target/site: wasm, styles and public files

wasm: $(done)/wasm ## The islands as wasm

tools: $(tools) ## The tools that make the wasm small

.PHONY: develop-build
develop-build: $(program) $(done)/wasm $(tools)
	@target/debug/bundle site --reload
	@rm -f $(done)/site

$(program) target/debug/bundle &: $(sources) | machine
	cargo build $(locked) --workspace
	@touch $(program) target/debug/bundle

$(done)/wasm: $(app_sources) server/bundle/compile-wasm.sh | machine
	server/bundle/compile-wasm.sh $(locked)
	@touch $@

# A site of `make dev` is made again for the others, without its reload script.
$(site): $(done)/site
$(done)/site: $(done)/wasm $(tools) $(site_sources) target/debug/bundle
	target/debug/bundle site
	@touch $@

server/bundle/node_modules/.package-lock.json end2end/node_modules/.package-lock.json: \
%/node_modules/.package-lock.json: %/package.json %/package-lock.json | machine
	npm ci --prefix $* --no-audit --no-fund
	@touch $@

machine: $(done)/machine
$(done)/machine:
	@need() { command -v "$$1" >/dev/null || { echo "$$2" >&2; exit 1; }; }; \
	need cc "A C compiler is missing: apt-get install build-essential"; \
	need cargo "Rust is missing: install it with rustup"; \
	need npm "Node 20 with npm is missing"; \
	node -e 'process.exit(Number(process.versions.node.split(".")[0]) >= 20 ? 0 : 1)' \
	  || { echo "Node is older than 20: $$(node --version)" >&2; exit 1; }
	@mkdir -p $(done) && touch $@

# Runs a step and notes how long it took.
timed = echo "== $(1)"; begin=$$SECONDS; $(2); printf '%d\t%s\n' $$((SECONDS - begin)) "$(1)" >> $(done)/times
