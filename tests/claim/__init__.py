"""Acceptance and claims."""
