"""Sending, following and judging."""
