"""Emission on payment, checkout."""
