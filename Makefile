# Everything is done by ./dev, which also works where there is no make.
.DEFAULT_GOAL := help
.PHONY: help run test bench drill check clean

help: ## list these targets
	@grep -hE '^[a-z]+:.*## ' Makefile | sed -E 's/:.*## /|/' | awk -F'|' '{printf "  make %-7s %s\n", $$1, $$2}'

run: ## set up, make a demo show on first start, serve it on http://127.0.0.1:8000 (PORT=, DATABASE_URL=)
	@./dev run

test: ## every test on SQLite and on PostgreSQL, and in a real browser (ARGS="tests/desk -k keep")
	@./dev test $(ARGS)

bench: ## the figures that are goals, measured (ARGS="--home"); not 0 when one is missed
	@./dev bench $(ARGS)

drill: ## faults, crashes, crowds and planted words, on a real server behind nginx (ARGS="tests/drills/drill_bursts.py")
	@./dev drill $(ARGS)

check: ## lint, types, templates, migrations, import law, production settings
	@./dev check

clean: ## remove what set-up and tests have made; var/, where the show is, stays
	@./dev clean
