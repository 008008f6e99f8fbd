"""Format library of the SII's electronic tax documents (DTE): pure Python, no Odoo."""
