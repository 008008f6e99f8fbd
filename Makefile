.PHONY: setup test lint conformance

setup:
	@scripts/setup

test: setup
	@scripts/test

lint: setup
	@scripts/test lint

conformance: setup
	@scripts/test conformance
