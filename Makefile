# The only way anything is run, by people and by CI. `make audit` and `make test` set up all they need.
PYTHON ?= python3
VENV := .venv/bin
export PYTHONDONTWRITEBYTECODE :=

.PHONY: audit test check docs up bench delivery setup doctor

audit: setup  ## judge the reference: reports/audit/index.html
	@$(VENV)/seamwright audit

up: setup  ## boot the reference and stay
	@$(VENV)/seamwright up

doctor: setup
	@$(VENV)/seamwright doctor

# Tests of the reference's own promises in time: what else the machine does would be found late.
ALONE := tests/reference_impl $(addprefix tests/end_to_end/test_,delivery.py lost_answers.py smtp_rejects.py)

test: setup  ## every test, over real parts
	@$(VENV)/python -m pytest --numprocesses 2 --dist loadfile --no-loadscope-reorder $(addprefix --ignore=,$(ALONE))
	@$(VENV)/python -m pytest $(ALONE)

bench: setup  ## reports/bench.json
	@$(VENV)/python -m tests.benchmarks

SEED ?= 1
delivery: setup  ## 1,000 emails while parts fail and the worker is killed: each arrives once (SEED=1)
	@$(VENV)/python -m chaos.delivery --seed $(SEED)

docs: setup  ## what is published of the contract set: schemas, OpenAPI, TypeScript, API reference
	@$(VENV)/seamwright contracts generate

check:  ## ruff, pyright strict, import-linter, published files that are up to date
	@$(PYTHON) scripts/set_up.py check
	@$(VENV)/ruff check
	@$(VENV)/ruff format --check
	@$(VENV)/lint-imports
	@$(VENV)/pyright
	@$(VENV)/seamwright contracts check

setup:
	@$(PYTHON) scripts/set_up.py
