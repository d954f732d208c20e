# Everything a checkout needs is one of these; `make` alone lists them.
PYTHON ?= python3
VENV_PYTHON := .venv/bin/python
ARGS ?=

.PHONY: help setup run demo test bench soak deb deb-check lock clean
.DEFAULT_GOAL := help

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' Makefile

setup: ## the system libraries, and the locked environment in .venv
	@$(PYTHON) installers/setup.py

# Exit status 1 means that the program has said, in a sentence, why it cannot go on; make has nothing to add.
run: setup ## open dpdesk (ARGS="..." are handed on)
	@$(VENV_PYTHON) -m dpdesk $(ARGS) || [ $$? -eq 1 ]

demo: setup ## open dpdesk with an invented branch in a throw-away desk
	@$(VENV_PYTHON) -m dpdesk demo --window $(ARGS) || [ $$? -eq 1 ]

test: ## lint, floors of the house, and all tests (ARGS="..." go to pytest)
	@$(PYTHON) installers/setup.py --tests
	$(VENV_PYTHON) -m ruff check .
	.venv/bin/lint-imports
	QT_QPA_PLATFORM=offscreen $(VENV_PYTHON) -m pytest $(ARGS)

bench: setup ## the measurements of tests/speed
	@QT_QPA_PLATFORM=offscreen $(VENV_PYTHON) -m tests.speed $(ARGS)

soak: ## as root: thousands of messages, packages and kills through real servers (the README tells which; ARGS go to pytest)
	@$(PYTHON) installers/setup.py --soak
	DPDESK_SOAK=1000 QT_QPA_PLATFORM=offscreen $(VENV_PYTHON) -m pytest --timeout 3600 -rs -s tests/soak $(ARGS)

deb: setup ## a Debian package in dist/ that brings its own Python
	@$(PYTHON) installers/linux/build.py

deb-check: ## as root: try the package in a clean Debian without Python (needs debootstrap)
	@$(PYTHON) installers/linux/check.py

lock: setup ## make requirements.lock anew from pyproject.toml (ARGS=--upgrade for newer versions)
	.tools/bin/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --extra test \
	    --no-emit-index-url --no-header $(ARGS) pyproject.toml --output-file requirements.lock >/dev/null
	.tools/bin/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --constraint requirements.lock \
	    --no-emit-index-url --no-header pyproject.toml installers/linux/requirements.in \
	    --output-file installers/linux/requirements.lock >/dev/null

clean: ## remove what setup and the tests made
	rm -rf .venv .tools .pytest_cache .ruff_cache .hypothesis .import_linter_cache build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
