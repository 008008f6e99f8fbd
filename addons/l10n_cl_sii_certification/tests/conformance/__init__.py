"""Held against the SII's own test sets: make conformance."""
