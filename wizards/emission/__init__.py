"""Invoicing an order, and emitting what was paid."""

from . import sale_make_invoice_advance
from . import pay_and_emit
