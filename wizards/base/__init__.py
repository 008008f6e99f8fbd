"""Odoo's own wizards with the Chilean day, and what uninstalling says."""

from . import account_payment_register
from . import uninstall
