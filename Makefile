# run · test · check · bless · tools · local · pages · bench · shop · build · deploy · destroy
# Everything that is needed is installed through the ordinary package clients.

HOST := target/release/kefu-local
SITES := frontend/node_modules/.built
SITE_SOURCES := $(shell find frontend/apps frontend/packages -type f \
	-not -path '*/node_modules/*' -not -path '*/dist/*' -not -path '*/test-results/*' 2>/dev/null)
SUITE := tests/suite.sh
# Named together, programs and tests, so that they are compiled once: features depend on what is built together.
TESTED := -p domain -p common -p put-shop -p local -p tests -p bench

.PHONY: run test check bless tools local pages bench shop build deploy destroy help
.DEFAULT_GOAL := help

help: ## says what there is
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

run: local ## starts the whole system on loopback and prints where to click
	@exec $(HOST)

local: $(SITES) ## builds the local host and the pages
	@cargo build --release --quiet -p local

pages: $(SITES) ## builds the pages

frontend/node_modules/.installed: frontend/package-lock.json
	@cd frontend && npm ci --ignore-scripts --no-audit --no-fund
	@touch $@

$(SITES): frontend/node_modules/.installed docs/openapi.json $(SITE_SOURCES)
	@cd frontend && npm run --silent api && npm run --silent build
	@touch $@

tools: ## installs what the tests need: Chromium, a second engine, what checks the template
	@bash tests/tools.sh

check: frontend/node_modules/.installed ## formatting, lints, types
	@cargo fmt --all --check
	@cargo clippy --release --workspace --all-targets --quiet -- -D warnings
	@cd frontend && npm run --silent check && npm run --silent lint

bless: ## writes docs/openapi.json and the snapshots anew from the code
	@KEFU_BLESS=1 INSTA_UPDATE=always cargo test --release --quiet $(TESTED)
	@cd frontend && npm run --silent api

test: ## runs every test, browser included
	@rm -f target/suites.txt target/rights-used.txt target/mutants.txt
	@$(SUITE) "set-up"           $(MAKE) --no-print-directory tools frontend/node_modules/.installed
	@$(SUITE) "compile"          cargo build --release --quiet --bins --tests $(TESTED)
	@$(SUITE) "pages: build"     $(MAKE) --no-print-directory pages
	@$(SUITE) "functions"        $(MAKE) --no-print-directory build
	@$(SUITE) "lints and types"  $(MAKE) --no-print-directory check
	@$(SUITE) "deploy: dry run"  bash infra/dry-run.sh
	@$(SUITE) "rust"             cargo test --release --no-fail-fast $(TESTED)
	@cat target/mutants.txt
	@$(SUITE) "rights"           .tools/check/bin/python infra/rights.py
	@$(SUITE) "pages: policy"    .tools/check/bin/python infra/pages.py
	@$(SUITE) "pages: unit"      npm test --prefix frontend
	@$(SUITE) "browser"          npm run --silent e2e --prefix frontend
	@echo "Minutes per suite:" && cat target/suites.txt

bench: ## measures speed, CPU and memory; BENCH_ARGS="--stored 1000000" for a million
	@cargo build --release --quiet --bins --tests $(TESTED)
	@target/release/bench $(BENCH_ARGS)

shop: ## makes or changes a shop of the running local host, or of a stage: make shop FILE=shop.json STAGE=dev
ifeq ($(STAGE),)
	@curl --fail-with-body --silent --show-error -H 'content-type: application/json' \
		--data @$(FILE) http://127.0.0.1:$${KEFU_PORT:-8787}/local/shops
else
	@bash infra/tools.sh check
	@.tools/check/bin/python infra/stage.py $(STAGE) shop $(FILE)
endif

build: pages ## builds all functions for Lambda, once, and the pages, and prints their sizes: make build ARCH=arm64
	@bash infra/build.sh
	@npm run --silent size --prefix frontend

deploy: ## builds, checks and deploys a stage: make deploy STAGE=dev
	@bash infra/deploy.sh $(STAGE)

destroy: ## takes a stage away, without what people wrote: make destroy STAGE=dev
	@bash infra/destroy.sh $(STAGE) $(SURE)
