# Everything from nothing: needs Python 3.11 or newer with pip, and make.
# `make help` lists what can be asked for.

PYTHON ?= python3
BIN := .venv/bin
# Every machine builds the pages with the same Node.js, which pip has put beside Python, whatever else is installed.
WITH_NODE := PATH="$(CURDIR)/$(BIN):$$PATH"
PACKAGES := frontend/node_modules/.build.stamp
ALL_PACKAGES := frontend/node_modules/.all.stamp
.DEFAULT_GOAL := help
.PHONY: help run test lint format setup chromium pooler lighthouse words tiny bench bench-compare

help:  ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1	/p' Makefile | expand -t 10

run: .venv/base.stamp $(if $(filter off,$(OA_PAGES)),,frontend/dist/index.html)  ## the whole site with demo data (DATA=FILE for real trees, OA_PORT=8001, OA_TOXICITY=off); Ctrl-C ends it
	@OA_DEMO=1 exec $(BIN)/python manage.py run $(if $(DATA),--data "$(DATA)")

test: .venv/dev.stamp .venv/trainers.stamp $(ALL_PACKAGES) frontend/dist/index.html chromium  ## every test
	@cd frontend && $(WITH_NODE) npm test --silent
	@$(BIN)/python -m pytest -n auto --dist loadgroup

lint: .venv/dev.stamp $(ALL_PACKAGES)  ## ruff, mypy, import layers; prettier, eslint, tsc
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m mypy
	$(BIN)/lint-imports
	cd frontend && $(WITH_NODE) npm run --silent lint

format: .venv/dev.stamp $(ALL_PACKAGES)  ## put the code into shape
	$(BIN)/python -m ruff check --fix .
	$(BIN)/python -m ruff format .
	cd frontend && $(WITH_NODE) npm run --silent format

lighthouse: chromium $(ALL_PACKAGES)  ## Lighthouse on a site that runs (OA_SITE=http://localhost:8000), as one of the demo people
	@cd frontend && $(WITH_NODE) CHROME_PATH="$$(cd .. && $(BIN)/python -m tests.e2e.chromium)" OA_LIGHTHOUSE_OUT="$(CURDIR)/lighthouse" node scripts/lighthouse.mjs

setup: .venv/dev.stamp $(ALL_PACKAGES) frontend/dist/index.html  ## only the environment; then .venv/bin/python manage.py … works

bench: .venv/dev.stamp .venv/toxicity.stamp  ## how fast it is on this machine, in tables (20 minutes; e.g. TREES=1000,66000 VOLUNTEERS=1,16 PARTS="cycles reads"; all of it: docs/scaling.md)
	@$(BIN)/python -W ignore -m tests.bench $(PARTS) $(if $(TREES),--trees $(TREES)) $(if $(GROWING),--growing $(GROWING)) \
		$(if $(SECONDS),--seconds $(SECONDS)) $(if $(VOLUNTEERS),--volunteers $(VOLUNTEERS)) \
		$(if $(WEB),--web $(WEB)) $(if $(JSON),--json "$(JSON)")

bench-compare: .venv/dev.stamp  ## two runs of the bench side by side, with ratios (A=FILE B=FILE, of bench-results/)
	@test -f "$(A)" -a -f "$(B)" || { echo "Which two? Type: make bench-compare A=bench-results/… B=bench-results/…"; exit 1; }
	@$(BIN)/python -m tests.bench.compare "$(A)" "$(B)"

tiny: .venv/toxicity.stamp  ## a tiny toxicity model of our own, trained in seconds, for sites and tests without internet
	@$(BIN)/python -W ignore -m tests.screening.tiny "$${OA_DATA_DIR:-.data}/tiny-detoxify"

words: .venv/dev.stamp  ## bring the server's translations up to date with the code (docs/translating.md)
	@$(BIN)/python manage.py words

# A stamp is newer than the list it was installed from, or the list is installed again.
PIP := $(BIN)/python -m pip --disable-pip-version-check install --no-input

# Debian's python3 comes without ensurepip unless python3-venv is there; its pip can fill an environment from outside.
.venv/made.stamp:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed. If it has another name, type: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	@echo "Making .venv"
	@$(PYTHON) -m venv --clear .venv 2>/dev/null \
		|| { $(PYTHON) -m venv --clear --without-pip .venv && $(PYTHON) -m pip --python .venv/bin/python install pip; }
	@touch $@

.venv/base.stamp: requirements/base.txt .venv/made.stamp
	@echo "Installing what the site runs on"
	@$(PIP) -r requirements/base.txt
	@touch $@

.venv/dev.stamp: requirements/dev.txt .venv/base.stamp
	@echo "Installing what the tests and linters need"
	@$(PIP) -r requirements/dev.txt
	@touch $@

.venv/toxicity.stamp: requirements/toxicity.txt .venv/base.stamp
	@echo "Installing the toxicity models' libraries (about 1 GB; takes minutes)"
	@$(PIP) -r requirements/toxicity.txt
	@touch $@

.venv/trainers.stamp: requirements/trainers.txt .venv/toxicity.stamp
	@echo "Installing what trains with data sets, for the tests"
	@$(PIP) -r requirements/trainers.txt
	@touch $@

.venv/node.stamp: requirements/frontend.txt .venv/made.stamp
	@echo "Installing Node.js into .venv"
	@$(PIP) -r requirements/frontend.txt
	@touch $@

# The site needs only what builds its pages; tests and linters need all packages, and building with all is as good.
NODE_LISTS := frontend/package.json frontend/package-lock.json frontend/.npmrc | .venv/node.stamp
NPM_CI := cd frontend && $(WITH_NODE) npm ci --loglevel=error --no-progress
NO_NPM := { \
	echo "The packages of the web app could not be installed: see above. Where npm's registry can't be reached,"; \
	echo "name another: npm_config_registry=https://… make $(MAKECMDGOALS)"; \
	echo "The API works without: OA_PAGES=off make run"; exit 1; }

$(ALL_PACKAGES): $(NODE_LISTS)
	@echo "Installing what the web app is built, tested and linted with"
	@$(NPM_CI) || $(NO_NPM)
	@touch $(PACKAGES) $@

ifeq ($(filter-out run,$(MAKECMDGOALS)),)
$(PACKAGES): $(NODE_LISTS)
	@echo "Installing what the web app is built with"
	@$(NPM_CI) --omit=dev || $(NO_NPM)
	@touch $@
else
$(PACKAGES): $(ALL_PACKAGES)
endif

# Folders too: theirs is the date that changes when a file goes away.
PAGES_SOURCES := $(shell find frontend/src frontend/public frontend/index.html frontend/vite.config.ts ! -name '*.test.*')
frontend/dist/index.html: $(PAGES_SOURCES) $(PACKAGES)
	@echo "Building the web app"
	@cd frontend && $(WITH_NODE) npm run --silent build -- --logLevel warn
	@touch $@

# Debian's, where this user may install it. Without any the tests would not be all tests, so make stops here.
chromium: .venv/dev.stamp
	@$(BIN)/python -m tests.e2e.chromium >/dev/null

pooler: .venv/dev.stamp  ## PgBouncer from Debian, where this user may install it: one test needs it and is skipped without
	-@$(BIN)/python -m tests.scale.pooler  # none to be had: the test is skipped
