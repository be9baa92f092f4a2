# Samvaro. `make help` tells what there is. All paths are relative: make and spaces do not mix.
# With GNU make 3.81 and later, so also on a plain macOS.

VENV_PYTHON := .venv/bin/python
# More for pytest: make test ARGS="-k waiting_list -x"
ARGS ?=

.PHONY: all install lock demo demo-reset test check bench drill help
.DEFAULT_GOAL := all

all: install help

install: ## build or update .venv from requirements/*.txt
	@scripts/install

lock: ## compile requirements/*.txt anew from pyproject.toml
	@scripts/lock

demo: install ## try it out: everything on this computer, with a demo association
	@$(VENV_PYTHON) -m samvaro.demo

demo-reset: install ## throw the demo data away
	@$(VENV_PYTHON) -m samvaro.demo reset

test: install ## all tests, on real services and in a real browser
	@$(VENV_PYTHON) -m tests.chromium
	@$(VENV_PYTHON) -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder $(ARGS)

check: install ## formatting, lint, types, templates, imports, migrations, settings
	@$(VENV_PYTHON) -m tests.check

bench: install ## the benchmarks, each as a ratio; also written to bench/results/latest.json
	@$(VENV_PYTHON) -m bench

drill: install ## the long fault drills, each ending in a printed identity
	@$(VENV_PYTHON) -m tests.drill

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' Makefile
