"""Value added tax (IVA)."""

from decimal import Decimal

VAT_RATE = Decimal(19)
"""Percent, since 2003-10 (DL 825, art. 14).

One rate for all days: ``rules/totals.py`` refuses any other, notes over older documents included.
"""
