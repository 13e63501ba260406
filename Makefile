# Every command of the project. `make` alone lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Processes that the tests are shared out among.
TESTERS ?= 2
INSTALLED := $(VENV)/.installed
.DEFAULT_GOAL := help
.PHONY: help demo serve check test schema golden migration chaos bench bench-quick clean

help: ## List the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

$(INSTALLED): pyproject.toml constraints.txt
	@test -d $(VENV) || $(PYTHON) -m venv $(VENV)
	@echo "installing into $(VENV) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@

demo: $(INSTALLED) ## Run the main job on a sample of orders, and say what it made and where
	@$(BIN)/invoicing demo

serve: $(INSTALLED) ## Serve the API on an embedded SQLite in var/, with GraphiQL at /graphql
	@$(BIN)/invoicing migrate
	@$(BIN)/invoicing serve

check: $(INSTALLED) ## Lint, format, types, import contracts, schema.graphql
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/invoicing schema --check schema.graphql

test: $(INSTALLED) ## All tests, on SQLite and on a PostgreSQL that comes along; pass ARGS for pytest
	$(BIN)/pytest -q -n $(TESTERS) --dist worksteal $(ARGS)

schema: $(INSTALLED) ## Write schema.graphql anew from the code
	$(BIN)/invoicing schema > schema.graphql

golden: $(INSTALLED) ## Write the golden files and the generated docs anew; review the difference
	UPDATE_GOLDEN=1 $(BIN)/pytest -q tests/architecture/test_documents.py tests/architecture/test_numbering_guide.py tests/unit/tax

migration: $(INSTALLED) ## Write a migration for both databases from the models: make migration NAME=add_x
	$(BIN)/python -m app.commands.migration $(NAME)

ROUNDS ?= 20
chaos: $(INSTALLED) ## Kill processes and the database under load, and check that nothing is lost: make chaos ROUNDS=20
	$(BIN)/python -m tests.chaos --rounds $(ROUNDS) $(ARGS)

bench: $(INSTALLED) ## Measure against floors on a million invoices; writes bench/results.json (some minutes)
	$(BIN)/python -m bench

bench-quick: $(INSTALLED) ## The same on little data, under two minutes
	$(BIN)/python -m bench --quick

clean: ## Remove what the commands have made, the virtual environment too
	rm -rf $(VENV) demo-output var bench/.postgraphile build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache *.egg-info
