"""Format library of the SII's electronic tax documents (DTE). Pure Python, knows nothing of Odoo."""
