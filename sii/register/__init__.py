"""The register of purchases and sales (RCV) and fee receipts: CSV, facade or program.

A new field: its name in ``row.py``, its column of the CSV in ``columns.py``, its name at the SII's
site in ``facade.py``. Odoo keeps it in ``models/register/entry_figures.py`` and shows it in
``views/register/rcv_entry_form_views.xml``.
"""
