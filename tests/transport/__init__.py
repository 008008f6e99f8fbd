"""Goods that travel with an invoice."""
