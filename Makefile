# Everything from nothing: needs Python 3.11 or newer with pip, and make.
# `make help` lists what can be asked for.

PYTHON ?= python3
BIN := .venv/bin
.DEFAULT_GOAL := help
.PHONY: help run test lint format setup

help:  ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1	/p' Makefile | expand -t 10

run: .venv/base.stamp  ## the whole site with demo data (DATA=FILE for real trees, OA_PORT=8001, OA_TOXICITY=off); Ctrl-C ends it
	@OA_DEMO=1 exec $(BIN)/python manage.py run $(if $(DATA),--data "$(DATA)")

test: .venv/dev.stamp .venv/toxicity.stamp  ## every test
	@$(BIN)/python -m pytest -n auto

lint: .venv/dev.stamp  ## ruff, mypy, import layers
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m mypy
	$(BIN)/lint-imports

format: .venv/dev.stamp  ## put the code into shape
	$(BIN)/python -m ruff check --fix .
	$(BIN)/python -m ruff format .

setup: .venv/dev.stamp  ## only the environment; then .venv/bin/python manage.py … works

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
