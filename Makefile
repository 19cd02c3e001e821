# Everything runs in .venv and .tox inside this checkout; a first call makes them.
#
#   make certify                             certify the embedded reference server
#   make certify BASE_URL=https://host/2.4.9 certify another one (API_USERNAME, API_PASSWORD exported)
#   make certify TARGET=partner.toml         the same, with a target file
#   make test                                all of the project's own tests
#   make proof                               the rest of the proof that verdicts can be trusted
#
# tox makes the environment of a run, and make starts the run itself: so a signal to make reaches it,
# and make waits for its clean-up. make ends with 2 whenever a recipe fails; the run's own exit code
# is in make's last line ("Error 13"), in the run's conclusion, and in reports/run.json.
#
# ARGS are further arguments of pytest: ARGS="--allow-writes --ca-bundle ca.pem".

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SAID = $(if $(BASE_URL),--base-url=$(BASE_URL)) $(if $(TARGET),--target=$(TARGET)) $(ARGS)

.DEFAULT_GOAL := help
.PHONY: help venv certify smoke test proof rulebook examples costs docs clean

help: ## show what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

certify: $(VENV)/ready ## certify the embedded reference server, or BASE_URL=... / TARGET=... with ARGS=...
	@$(BIN)/tox run -qq --notest -e certify
	@exec .tox/certify/bin/pytest suites --require=full $(SAID)

smoke: $(VENV)/ready ## the read-only smoke run, with the same variables
	@$(BIN)/tox run -qq --notest -e smoke
	@exec .tox/smoke/bin/pytest suites -m smoke $(SAID)

# The self-tests of whole runs, which take longest and often wait, begin first; the faults, which keep
# each core busy, come last, so that none is idle at the end. The check of the rule book is part of docs.
test: $(VENV)/ready ## all of our own tests: self-tests, lint, typing, rule book, docs, install, faults
	$(BIN)/tox run-parallel --parallel 2 --parallel-no-spinner --parallel-live \
		-e runs,lint,typing,docs,install,selftests,faults

proof: $(VENV)/ready ## the rest of the proof: every variant, surrounding and hostile server ends as stated, every assertion is needed
	$(BIN)/tox run -e variants,assertions,surroundings,hostile

rulebook: $(VENV)/ready ## write rulebook.md anew after a rule was added or changed
	$(BIN)/tox run -qq -e rulebook -- write

examples: $(VENV)/ready ## write docs/examples.json anew: what each rule says of one of its faults
	$(BIN)/tox run -qq -e examples

docs: $(VENV)/ready ## build the documentation: build/docs/html/index.html
	$(BIN)/tox run -qq -e docs

costs: $(VENV)/ready ## record anew what each rule costs, for --plan, after rules were added or changed
	$(BIN)/pytest suites -q -p no:cacheprovider --record-costs=full
	$(BIN)/pytest suites -q -p no:cacheprovider --record-costs=full --profile=quick
	$(BIN)/pytest suites -q -p no:cacheprovider --record-costs=read-only

venv: $(VENV)/ready ## pytest and python -m reference in .venv, for use by hand

clean: ## remove what was made
	rm -rf $(VENV) .tox .mypy_cache .ruff_cache .pytest_cache build *.egg-info

$(VENV)/ready: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Python 3.11 or newer is needed: make PYTHON=python3.12 ..." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable . 'tox>=4.26,<5'
	@touch $@
