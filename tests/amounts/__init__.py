"""Amounts to the peso."""
