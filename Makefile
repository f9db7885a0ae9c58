# Recipes. `make` alone lists them. Everything that people and CI run stands here.

PYTHON ?= python3
PORT ?= 8000
export PORT

VENV := .venv
BIN := $(VENV)/bin
QUIET_PIP := -m pip install -qq --disable-pip-version-check --no-input
STYLED := src tests conftest.py scripts bench

.DEFAULT_GOAL := help
.PHONY: help run bench-analysis demo-reset test test-fast test-libraries test-faces test-postgres e2e check fix lock screenshots analysis-plots clean

help: ## List the recipes
	@awk 'BEGIN { FS = ":.*## " } /^[a-z0-9-]+:.*## / { printf "make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# --- Use -----------------------------------------------------------------------------------------------------------
run: $(VENV)/.run ## Set everything up and serve the demo on 127.0.0.1:8000 (PORT=… changes it)
	@exec $(BIN)/loftet demo --serve

demo-reset: $(VENV)/.run ## Take the demo away and build it anew
	@$(BIN)/loftet demo --reset

# --- Test ----------------------------------------------------------------------------------------------------------
test: $(VENV)/.dev ## Set up and pass the whole suite: fast, libraries, faces, as processes, on PostgreSQL, in a browser
	@scripts/install-test-system.sh
	@$(BIN)/python scripts/run_tests.py fast libraries faces processes postgres browser

test-fast: $(VENV)/.dev ## The suite to run while you work: the steps and the guards, on SQLite
	@$(BIN)/python scripts/run_tests.py fast

test-libraries: $(VENV)/.dev ## Analysis, ledger and papers
	@$(BIN)/python scripts/run_tests.py libraries

test-faces: $(VENV)/.dev ## The pages and the commands, on SQLite and without a browser
	@$(BIN)/python scripts/run_tests.py faces

test-postgres: $(VENV)/.dev ## The same suite on a throw-away PostgreSQL
	@$(BIN)/python scripts/run_tests.py postgres

e2e: $(VENV)/.dev ## The journeys in a browser
	@$(BIN)/python scripts/run_tests.py browser

check: $(VENV)/.dev ## Say what is wrong with style, types, imports, migrations and locks; change nothing
	@$(BIN)/python scripts/run_checks.py

fix: $(VENV)/.dev ## Mend what can be mended by itself
	@$(BIN)/ruff check --quiet --fix $(STYLED)
	@$(BIN)/ruff format --quiet $(STYLED)

bench-analysis: $(VENV)/.dev ## Measure the analysis library beside its rivals and limits (half an hour)
	@PYTHONPATH=. $(BIN)/python -m bench.analysis

# --- Keep ----------------------------------------------------------------------------------------------------------
LOCK := uv pip compile --quiet --universal --generate-hashes --no-header --no-emit-index-url --python-version 3.11

lock: $(VENV)/.dev ## Compile the two locks anew from pyproject.toml
	@$(BIN)/$(LOCK) --extra build pyproject.toml -o requirements.lock
	@$(BIN)/$(LOCK) --extra build --extra dev -c requirements.lock pyproject.toml -o requirements-dev.lock

screenshots: $(VENV)/.dev ## Take the pictures of the documentation from a demo of their own
	@$(BIN)/python scripts/screenshots.py

analysis-plots: $(VENV)/.dev ## Draw the plots of the analysis library's reference pages
	@$(BIN)/python scripts/analysis_plots

clean: ## Remove the environment and everything that is made by tools; your data in var stays
	@rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache build dist
	@find src tests scripts -name __pycache__ -type d -prune -exec rm -rf {} +

# --- The environment: made once, made again when a lock changes ----------------------------------------------------
$(VENV)/.made:
	@scripts/make-venv.sh "$(PYTHON)" $(VENV)
	@touch $@

$(VENV)/.run: $(VENV)/.made requirements.lock pyproject.toml
	@echo "Installing what Löftet needs (once) …"
	@$(BIN)/python $(QUIET_PIP) --require-hashes -r requirements.lock
	@$(BIN)/python $(QUIET_PIP) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements-dev.lock
	@echo "Installing what the tests need (once) …"
	@$(BIN)/python $(QUIET_PIP) --require-hashes -r requirements-dev.lock
	@touch $@
