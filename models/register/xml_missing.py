from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...sii import kinds


class RcvEntry(models.Model):
    """What the register has and the mailbox has not: documents whose XML never came."""

    _inherit = "l10n_cl.rcv.entry"

    xml_missing = fields.Boolean(
        "XML has not come", compute="_compute_xml_missing", search="_search_xml_missing"
    )

    @api.depends("document_type", "number", "counterpart_rut")
    def _compute_xml_missing(self):
        missing = self.search([("id", "in", self.ids), ("xml_missing", "=", True)])
        for entry in self:
            entry.xml_missing = entry in missing

    @api.model
    def _search_xml_missing(self, operator, _values):
        if operator != "in":
            return NotImplemented
        exchanged = kinds.codes(exchanged=True)
        asked = Domain("issue_type", "=", "received") & Domain("document_type", "in", exchanged)
        return asked & Domain.custom(to_sql=_without_xml)


def _without_xml(_model, alias, _query):
    return SQL(
        """NOT EXISTS (SELECT 1 FROM l10n_cl_received_dte came
                        WHERE came.company_id = %(company)s
                          AND came.issuer_rut = %(rut)s
                          AND came.document_code = %(type)s
                          AND came.folio::text = ltrim(%(number)s, '0'))""",
        company=SQL.identifier(alias, "company_id"),
        rut=SQL.identifier(alias, "counterpart_rut"),
        type=SQL.identifier(alias, "document_type"),
        number=SQL.identifier(alias, "number"),
    )
