# Frontdesk. `make help` lists what there is; each target is one line of what it does.
SHELL := /bin/bash
.DELETE_ON_ERROR:

UV := $(shell command -v uv 2>/dev/null || echo .uv/bin/uv)
PY := .venv/bin/python
export PYTHONPATH := .
export RASA_TELEMETRY_ENABLED := false
export TF_CPP_MIN_LOG_LEVEL := 3
export PYTHONWARNINGS := ignore
export VIRTUAL_ENV := $(CURDIR)/.venv

.PHONY: help run test train check chat say find letters staff channel-check bench bench-console format lock clean install install-test

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1|\2/' | column -t -s '|'

run: install ## install what is needed, train when needed, start everything
	@$(PY) -m frontdesk.commands.train
	@$(PY) -m frontdesk.commands.run

test: install-test check ## every check and every test that can run here
	@$(PY) -m frontdesk.commands.train
	$(PY) -m pytest $(ARGS)

train: install ## train the assistant now (ARGS=--force: even when nothing changed)
	@$(PY) -m frontdesk.commands.train $(ARGS)

check: install-test ## formatting, lint, types, layers, and Rasa's own validation
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	.venv/bin/djade --check $$(git ls-files '*.html')
	$(PY) -m mypy
	.venv/bin/lint-imports --no-cache | tail -12; exit $${PIPESTATUS[0]}
	@$(PY) -m frontdesk.commands.validate

chat: install ## talk to the assistant in this terminal
	@$(PY) -m frontdesk.commands.train
	@$(PY) -m frontdesk.commands.chat

say: install ## what is understood: make say TEXT="my lower back hurts"
	@$(PY) -m frontdesk.commands.train
	@$(PY) -m frontdesk.commands.say "$(TEXT)"

find: install ## what is read of somebody's health, and why: make find TEXT="on warfarin"
	@$(PY) -m frontdesk.commands.find "$(TEXT)"

letters: install ## what could not be delivered to the booking system (KEY=...: send one again)
	@$(PY) -m frontdesk.commands.letters $(KEY)

staff: install ## an account for one of the staff: make staff NAME=maya ROLE=manager (or receptionist, reader)
	@$(PY) manage.py migrate --verbosity 0
	@$(PY) manage.py staff "$(NAME)" --role "$(or $(ROLE),manager)" --called "$(CALLED)"

channel-check: install ## does a channel work from end to end: make channel-check NAME=telegram (ARGS=--register)
	@$(PY) -m frontdesk.commands.channel_check $(NAME) $(ARGS)

bench: install-test ## measure against the default Rasa bot (about 45 minutes the first time)
	@$(PY) -m frontdesk.commands.train
	@$(PY) -m benchmarks $(ARGS)

bench-console: install-test ## measure the staff console with 100,000 conversations (ARGS=--quick: few)
	@$(PY) -m frontdesk.commands.train
	@$(PY) -m benchmarks.console $(ARGS)

format: install-test ## put the code into shape
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

lock: $(UV) ## write the lock files anew from pyproject.toml
	$(UV) pip compile pyproject.toml --python-version 3.10 --generate-hashes --no-header --no-emit-index-url -o requirements.lock
	$(UV) pip compile pyproject.toml --extra test --python-version 3.10 --generate-hashes --no-header --no-emit-index-url -c requirements.lock -o requirements-test.lock

clean: ## remove what was trained, installed and kept on this machine (conversations too)
	rm -rf .venv .uv .local .rasa .cache .hypothesis .pytest_cache .mypy_cache .ruff_cache results
	find models -mindepth 1 ! -name README.md -delete

install: .venv/run.stamp
install-test: .venv/test.stamp

.uv/bin/uv:
	@echo "Installing uv into this folder ..."
	@python3 -m venv .uv && .uv/bin/pip install --quiet --disable-pip-version-check uv

.venv/bin/python: | $(UV)
	@$(UV) venv --quiet --python 3.10 .venv

.venv/run.stamp: requirements.lock | .venv/bin/python
	@echo "Installing the packages of $< ..."
	@$(UV) pip sync --quiet --require-hashes $<
	@touch $@

.venv/test.stamp: requirements-test.lock .venv/run.stamp
	@echo "Installing the packages of $< ..."
	@$(UV) pip sync --quiet --require-hashes $<
	@touch $@
