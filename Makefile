.PHONY: setup run test lint audit crash thousand scale conformance bench

setup:
	@scripts/setup

# Ends when the document is accepted with SERVE=0; makes the demo anew with FRESH=1.
run: setup
	@scripts/run

test: setup
	@scripts/test

lint: setup
	@scripts/test lint

# Known advisories for the pinned packages; no network.
audit: setup
	@scripts/audit

# Kills Odoo's processes at every commit of a document's way: takes minutes and a calm machine.
crash: setup
	@scripts/test crash

# A thousand buyers pay by eight clients while processes are killed and the SII is down; tells its figures.
thousand: setup
	@scripts/test thousand

# A month's end of 20,000 drafts under Odoo's default limits, killed twice; fewer with SCALE_DRAFTS=2000.
scale: setup
	@scripts/test scale

conformance: setup
	@scripts/test conformance

bench: setup
	@PYTHONPATH=scripts .odoo/venv/bin/python -m benchmarks
