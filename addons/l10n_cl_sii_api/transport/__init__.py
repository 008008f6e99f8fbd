"""The wire to programs; nothing here knows Odoo."""
