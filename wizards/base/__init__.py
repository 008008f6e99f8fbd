"""Odoo's own wizards with the Chilean day, and the warning of uninstalling."""

from . import account_payment_register
from . import uninstall
