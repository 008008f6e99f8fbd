"""What belongs to the certification goes over to the addon that has it now, with its rows."""

import logging

from odoo.tools import SQL, sql

_logger = logging.getLogger(__name__)

_OLD, _NEW = "l10n_cl_sii", "l10n_cl_sii_certification"
# external ids of data, and how those begin that Odoo makes of models, fields, constraints, ...
_DATA = (
    "certification_action",
    "certification_exchange_action",
    "certification_exchange_view_form",
    "certification_load_action",
    "certification_load_view_form",
    "certification_set_view_form",
    "certification_view_form",
    "menu_certification",
    "rule_certification_case_company",
    "rule_certification_company",
    "rule_certification_set_company",
    "rule_certification_step_company",
)
_BEGINNINGS = (
    "access_certification",
    "constraint_l10n_cl_certification",
    "field_account_bank_statement_line__l10n_cl_certification_",
    "field_account_move__l10n_cl_certification_",
    "field_l10n_cl_certification_",
    "model_inherit__l10n_cl_certification_",
    "model_l10n_cl_certification",
    "selection__l10n_cl_certification_",
)


def migrate(cr, version):
    """Where no company ever began one, Odoo removes what no addon loads any more."""
    if not _has_begun(cr):
        # the rules go with their models; what may not be updated keeps its name for ever
        cr.execute(
            "DELETE FROM ir_model_data WHERE module = %s AND name ^@ 'rule_certification'", (_OLD,)
        )
        return
    cr.execute(
        """UPDATE ir_model_data SET module = %s
            WHERE module = %s AND (name = ANY(%s) OR name ^@ ANY(%s))""",
        (_NEW, _OLD, list(_DATA), list(_BEGINNINGS)),
    )
    cr.execute("SELECT id FROM ir_module_module WHERE name = %s", (_NEW,))
    if not cr.rowcount:
        _logger.warning(
            "A certification was begun in this database, and the addon %s is not in the addons "
            "path. Nothing of it is lost: put the addon there and install it.",
            _NEW,
        )
        return
    (new,) = cr.fetchone()
    # who owns constraints and tables of links decides what goes with an uninstallation
    for table in ("ir_model_constraint", "ir_model_relation"):
        cr.execute(
            SQL(
                """UPDATE %s SET module = %s
                    WHERE position('l10n_cl_certification' IN name) > 0
                      AND module = (SELECT id FROM ir_module_module WHERE name = %s)""",
                SQL.identifier(table),
                new,
                _OLD,
            )
        )
    cr.execute(
        "UPDATE ir_module_module SET state = 'to install' WHERE id = %s AND state = 'uninstalled'",
        (new,),
    )


def _has_begun(cr):
    if not sql.table_exists(cr, "l10n_cl_certification"):
        return False
    cr.execute("SELECT 1 FROM l10n_cl_certification LIMIT 1")
    return bool(cr.rowcount)
