# Everything a fresh machine needs is git, make and Python; each target makes its own environment.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test test-all format check-format types tests tables docs site pictures bench playground clean

demo: $(VENV)/.installed
	@echo '$$ $(BIN)/hublint check --isolated fixtures/demo'
	@$(BIN)/hublint check --isolated fixtures/demo || true
	@echo
	@echo '$$ $(BIN)/hublint check --isolated --diff fixtures/demo'
	@$(BIN)/hublint check --isolated --diff fixtures/demo || true

test: check-format types tests

test-all: check-format types $(VENV)/.dev
	HUBLINT_TEST_ALL=1 $(BIN)/pytest -n auto

check-format: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(VENV)/.dev
	$(BIN)/mypy

tests: $(VENV)/.dev
	$(BIN)/pytest -n auto

format: $(VENV)/.dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

docs: $(VENV)/.dev
	$(BIN)/python docs/generate.py

tables: $(VENV)/.dev
	$(BIN)/python schemas/refresh.py

# The documentation as a site in build/site; Zensical needs Python 3.11.
site: docs
	$(BIN)/python docs/site_pages.py
	$(BIN)/zensical build --strict

# Screens of real programs; needs Chromium.
pictures: $(VENV)/.dev
	$(BIN)/python docs/pictures/neovim.py
	$(BIN)/python docs/pictures/screens.py
	$(BIN)/python docs/pictures/report.py
	$(BIN)/python docs/pictures/playground.py

bench: $(VENV)/.dev
	$(BIN)/python benchmarks/startup.py

playground: $(VENV)/.installed
	$(BIN)/python playground/build.py build/playground

clean:
	rm -rf $(VENV) build dist playground/node_modules .cache .mypy_cache .pytest_cache .ruff_cache .hypothesis

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.dev: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@ $(VENV)/.installed
