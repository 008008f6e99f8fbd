"""The house's machinery: brings up Python, Odoo 19 and PostgreSQL, runs the tests and the demo."""
