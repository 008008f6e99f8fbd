"""What the law has a taxpayer keep for six years stays when the addon goes (arts. 17 and 200 CT).

Odoo deletes a model's files with the model. Each signed XML becomes a plain attachment instead: of
its invoice or bill where it has one, else one that stands alone under its name.
"""

from odoo.tools import SQL

_FOLIO = "concat({0}.issuer_rut, '_T', {0}.document_code, 'F', {0}.folio{1}, '.xml')"
# Model -> what its file is called, how it is described, and the invoice that it belongs to; with
# the tables beside it that these are read from.
_KEPT = {
    "l10n_cl.dte": (
        SQL(_FOLIO.format("r", "")),
        SQL("concat_ws(', ', r.state, e.track_id)"),
        SQL("r.move_id"),
        SQL("LEFT JOIN l10n_cl_envio e ON e.id = r.envio_id"),
    ),
    "l10n_cl.envio": (
        SQL("concat('envio_', coalesce(r.track_id, r.id::text), '.xml')"),
        SQL("r.state"),
        SQL("NULL"),
        SQL(),
    ),
    # answers to suppliers: receipts and results
    "l10n_cl.delivery": (
        SQL("concat(r.kind, '_', r.id, '.xml')"),
        SQL("r.state"),
        SQL("NULL"),
        SQL(),
    ),
    "l10n_cl.received.dte": (
        SQL(_FOLIO.format("r", "")),
        SQL("r.state"),
        SQL("r.bill_id"),
        SQL(),
    ),
    "l10n_cl.received.file": (
        SQL(_FOLIO.format("d", ", '_', left(r.xml_sha256, 8)")),
        SQL("d.state"),
        SQL("d.bill_id"),
        SQL("JOIN l10n_cl_received_dte d ON d.id = r.received_id"),
    ),
}


def keep_documents(env):
    """Hook: before the addon's tables go."""
    env["l10n_cl.envio"]._unpack_all()
    env.flush_all()
    for model, (name, text, move, beside) in _KEPT.items():
        env.cr.execute(
            SQL(
                """UPDATE ir_attachment a
                      SET name = %(name)s, description = concat_ws(': ', %(label)s, %(text)s),
                          res_field = NULL, company_id = coalesce(a.company_id, m.company_id),
                          res_model = CASE WHEN m.id IS NULL THEN NULL ELSE 'account.move' END,
                          res_id = coalesce(m.id, 0), public = FALSE
                     FROM %(table)s r %(beside)s LEFT JOIN account_move m ON m.id = %(move)s
                    WHERE a.res_model = %(model)s AND a.res_field = 'xml' AND a.res_id = r.id""",
                name=name,
                label=env[model]._description,
                text=text,
                table=SQL.identifier(env[model]._table),
                beside=beside,
                move=move,
                model=model,
            )
        )
    env.invalidate_all()
