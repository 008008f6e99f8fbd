import csv

from odoo.tools import file_open


def migrate(cr, version):
    """Activity codes that were typed by hand become those of the SII's list, which comes along."""
    with file_open("l10n_cl_sii/data/taxpayer/l10n_cl.acteco.csv") as file:
        codes = [row["code"] for row in csv.DictReader(file)]
    cr.execute(
        """INSERT INTO ir_model_data (module, model, name, res_id, noupdate)
           SELECT 'l10n_cl_sii', 'l10n_cl.acteco', 'acteco_' || code, id, FALSE
             FROM l10n_cl_acteco
            WHERE code = ANY(%s)
               ON CONFLICT DO NOTHING""",
        [codes],
    )
