# All that is needed: make, pip and Python >= 3.11 (`make PYTHON=python3.13` takes another).
# Everything else is installed into .venv, as locked in requirements/.

PYTHON ?= python3
UV ?= uv
VENV := .venv
BIN := $(VENV)/bin

# Locked means locked: every file by its hash, and no build tool but the ones installed first.
PIP := PIP_REQUIRE_VIRTUALENV=1 PIP_DISABLE_PIP_VERSION_CHECK=1 $(BIN)/python -m pip -qq
INSTALL := $(PIP) install --no-deps --no-build-isolation --use-pep517
COMPILE := $(UV) --no-config pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-annotate --custom-compile-command 'make lock'

# What tests/browser needs: a Chromium, the system's or `make test CHROMIUM=/path/to/it`, a Chinese font, and what
# Playwright's own Node needs. LACKS has Debian's names of what is not there; without fc-list, a machine with a Chromium
# is taken to have a font.
BROWSER = $(shell for name in "$(CHROMIUM)" chromium chromium-browser google-chrome; do command -v "$$name" && break; done)
FONT = $(shell command -v fc-list >/dev/null || echo unknown; fc-list :lang=zh file 2>/dev/null | head -n 1)
DRIVER = $(shell $(BIN)/python -m playwright --version 2>/dev/null)
AS_ROOT = $(shell test "$$(id -u)" = 0 || echo sudo -n)

# Stamps: the virtual environment with what runs softsite; softsite itself; what its tests need; what its audit needs.
RUNTIME := $(VENV)/runtime.stamp
SOFTSITE := $(VENV)/softsite.stamp
TOOLS := $(VENV)/tools.stamp
AUDITORS := tests/audit/node_modules/.package-lock.json

# Installs what LACKS names; HELP says what to do where apt cannot.
define install_lacking
@lacks="$(strip $(LACKS))"; test -z "$$lacks" || { \
	echo "installing $$lacks"; \
	$(AS_ROOT) apt-get -qq update && $(AS_ROOT) env DEBIAN_FRONTEND=noninteractive \
		apt-get -qq install --no-install-recommends $$lacks >/dev/null; \
} || { \
	echo "apt could not install: $$lacks. $(HELP)" >&2; \
	exit 1; }
endef

.DELETE_ON_ERROR:
.PHONY: help site test chromium audit auditors programs lint format soak bench lock clean

help: ## these lines
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/make \1\t\2/p' Makefile | expand -t 14

site: $(SOFTSITE) ## build this repository's own site into output/
	@$(BIN)/softsite build

test: lint chromium ## all that must pass before a change lands
	@$(BIN)/python -m pytest

chromium: LACKS = $(if $(BROWSER),$(if $(FONT),,fonts-noto-cjk),chromium fonts-noto-cjk) $(if $(DRIVER),,libatomic1)
chromium: HELP = tests/browser needs Chromium or Chrome and a Chinese font: make test CHROMIUM=/path/to/it
chromium: $(TOOLS) ## see to it that there is a browser for the tests: the system's, or one from apt
	$(install_lacking)

audit: chromium $(AUDITORS) ## Lighthouse and the Nu HTML checker on the sample site
	@$(BIN)/python -m tests.audit

auditors: $(AUDITORS) ## see to it that there is what the audit needs, from npm and apt

programs: LACKS = $(if $(shell command -v java),,default-jre-headless) $(if $(shell command -v npm),,nodejs npm)
programs: HELP = make audit needs Java 17 or newer, and Node 18 or newer with npm
programs: ## see to it that there are Java and Node for the audit: the system's, or those from apt
	$(install_lacking)

lint: $(TOOLS) ## style and types
	@$(BIN)/ruff check --quiet
	@$(BIN)/ruff format --quiet --check --output-format concise || { echo "make format mends these" >&2; exit 1; }
	@$(BIN)/mypy --no-error-summary

format: $(TOOLS) ## lay out the code, and mend what can be mended without a thought
	@$(BIN)/ruff check --quiet --fix --exit-zero
	@$(BIN)/ruff format

soak: $(TOOLS) ## long random runs
	@$(BIN)/python -m pytest -m soak

bench: $(TOOLS) ## speed, beside Hugo's
	@$(BIN)/python -m tests.bench

lock: ## new lock files for pyproject.toml and the audit's package.json; `make lock UPGRADE=--upgrade` takes the newest releases
	@command -v $(UV) >/dev/null || { echo "make lock needs uv: pip install uv, or make lock UV=/path/to/uv" >&2; exit 1; }
	$(COMPILE) $(UPGRADE) pyproject.toml --group backend --group dev --output-file requirements/dev.txt
	$(COMPILE) $(UPGRADE) pyproject.toml --group backend --constraint requirements/dev.txt \
		--output-file requirements/build.txt
	$(COMPILE) $(UPGRADE) --group pyproject.toml:backend --constraint requirements/dev.txt \
		--output-file requirements/backend.txt
	npm install --prefix tests/audit --package-lock-only --omit-lockfile-registry-resolved --no-audit --no-fund

clean: ## remove everything that was made
	rm -rf $(VENV) tests/audit/node_modules output .softsite build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis .benchmarks
	find softsite tests -name __pycache__ -type d -prune -exec rm -rf {} +

# A lock file that changed: a new environment, so that nothing of the old one is left.
$(RUNTIME): requirements/backend.txt requirements/build.txt requirements/dev.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "softsite needs Python 3.11 or newer, and '$(PYTHON)' is not: make PYTHON=python3.12, for example" >&2; \
		exit 1; }
	@echo "preparing $(VENV)"
	@$(PYTHON) -m venv --clear $(VENV) || { rm -rf $(VENV); \
		echo "'$(PYTHON) -m venv' failed: Python's venv and ensurepip are needed (Debian: apt install python3-venv)" >&2; \
		exit 1; }
	@$(INSTALL) --require-hashes --only-binary :all: -r requirements/backend.txt
	@$(INSTALL) --require-hashes -r requirements/build.txt
	@touch $@

$(SOFTSITE): $(RUNTIME) pyproject.toml
	@$(INSTALL) --editable .
	@touch $@

$(TOOLS): $(SOFTSITE) requirements/dev.txt
	@echo "installing what the tests need"
	@$(INSTALL) --require-hashes -r requirements/dev.txt
	@touch $@

# Lighthouse and the checker, without what only other systems need or what would be built here.
$(AUDITORS): tests/audit/package.json tests/audit/package-lock.json | programs
	@echo "installing what the audit needs"
	@npm ci --prefix tests/audit --omit=optional --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel error >/dev/null
	@touch $@
