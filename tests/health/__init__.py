"""Findings, comparison, watchdog."""
