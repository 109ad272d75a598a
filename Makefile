# The only entry points. `make` lists them.

PYTHON ?= python3
BIN := .venv/bin
UV_VERSION := 0.13.9
SCALE ?= 0
# What apt provides, by the program that shows it is there.
APT := $(if $(filter 0,$(shell id -u)),apt-get,sudo apt-get)
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help run test test-sqlite test-postgresql lint fix bench docs messages clean

help:  ## List these commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1 \t\2/p' $(MAKEFILE_LIST) | expand -t 26

run: .venv/ready  ## Serve the sample site with real comments on http://127.0.0.1:8000 (PREMOD_PORT changes the port)
	$(BIN)/premod serve --demo

test: test-sqlite test-postgresql  ## Run every test, in a real browser and on both databases

test-sqlite: .venv/ready .venv/browser .venv/node
	$(BIN)/pytest $(T)

test-postgresql: .venv/ready .venv/postgresql .venv/node
	$(BIN)/python tests/support/postgresql.py $(BIN)/pytest -m "not browser" tests/comments tests/api tests/console tests/reader tests/test_crash.py tests/test_tampering.py

lint: .venv/ready  ## Check style, types, layers, migrations and generated files
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/django-admin makemigrations --check --dry-run --settings premod.project.settings
	$(BIN)/premod openapi | diff docs/openapi.json -
	$(BIN)/python docs/generate.py --check

fix: .venv/ready  ## Put style right where a tool can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: .venv/ready  ## Write the generated parts of docs/ and the translations' compiled files again
	$(BIN)/premod openapi > docs/openapi.json
	$(BIN)/python docs/generate.py

bench: .venv/ready .venv/wrk  ## Measure against Isso; SCALE=1000000 measures with a million comments, too
	$(BIN)/python benchmarks/run.py --scale $(SCALE) --out docs/performance.md

clean:  ## Remove what these commands made, except the data in var/
	rm -rf .venv dist benchmarks/out .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

.venv/ready: pyproject.toml uv.lock
	$(PYTHON) -c 'import sys; sys.exit("premod needs Python 3.11 or newer") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv .venv || { $(APT) update -q && $(APT) install -qy --no-install-recommends python3-venv && $(PYTHON) -m venv .venv; }
	$(BIN)/python -m pip install --quiet uv==$(UV_VERSION)
	$(BIN)/uv sync --quiet --frozen --inexact
	touch $@

.venv/browser: .venv/ready
	command -v chromium >/dev/null && fc-list | grep -q NotoSansArabic && ldconfig -p | grep -q libatomic.so.1 \
	  || { $(APT) update -q && $(APT) install -qy --no-install-recommends chromium libatomic1 fontconfig fonts-noto-core fonts-noto-color-emoji; }
	touch $@

.venv/postgresql: .venv/ready
	ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || { $(APT) update -q && $(APT) install -qy --no-install-recommends postgresql; }
	touch $@

.venv/node: .venv/ready
	command -v node >/dev/null || { $(APT) update -q && $(APT) install -qy --no-install-recommends nodejs; }
	touch $@

.venv/wrk: .venv/ready
	command -v wrk >/dev/null || { $(APT) update -q && $(APT) install -qy --no-install-recommends wrk; }
	touch $@
