"""Runs inside Odoo: a register of many entries, and a program that may read it."""

import json

_COLUMNS = """company_id, identity, external_id, issue_type, number, date, tax_period, currency,
              document_type, counterpart_rut, counterpart_name, net_amount, vat_amount,
              exempt_amount, total_amount, invoice_status, is_services_invoice, is_summary,
              create_date, write_date"""
_ROWS = """SELECT %s, 'received|33|' || n || '|60000000-K', 'inv_' || n, 'received', n::text,
                  date '2020-01-01' + n %% 2000, '06/2026', 'CLP', 33, '60000000-K',
                  'Proveedor Ñuñoa', 10000, 1900, 0, 11900, 'registered', false, false, now(), now()
             FROM generate_series(%s, %s) AS n"""


def set_up(env, mark):
    """Print the key of a program of the company."""
    values = {"name": "Bench", "company_id": env.company.id}
    client = env["l10n_cl.api.client"].create(values)
    print(mark + json.dumps(f"{client.api_key}:{client._issue_secret()}"))
    env.cr.commit()


def fill(env, first, last):
    """Entries of these numbers, as a database that grew has them: with its statistics."""
    query = f"INSERT INTO l10n_cl_rcv_entry ({_COLUMNS}) {_ROWS}"
    env.cr.execute(query, [env.company.id, first, last])
    env.cr.execute("ANALYZE l10n_cl_rcv_entry")
    env.cr.commit()
