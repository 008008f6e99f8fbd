"""Authorities of certificates."""
