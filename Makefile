.PHONY: setup run test lint crash conformance bench

setup:
	@scripts/setup

# Ends when the document is accepted with SERVE=0; makes the demo anew with FRESH=1.
run: setup
	@scripts/run

test: setup
	@scripts/test

lint: setup
	@scripts/test lint

# Kills Odoo's processes at every commit of a document's way: takes minutes and a calm machine.
crash: setup
	@scripts/test crash

conformance: setup
	@scripts/test conformance

bench: setup
	@PYTHONPATH=scripts .odoo/venv/bin/python -m benchmarks
