from odoo import models
from odoo.fields import Domain

from ...sii.codes import Environment


class Envio(models.Model):
    _inherit = "l10n_cl.envio"

    def _due(self, *states):
        current = self.env["l10n_cl.mark"].sudo()._current()
        at_home = Domain("issuer_id.environment", "!=", Environment.PRODUCTION.value)
        if current is not None:
            at_home |= Domain("issuer_id.database_mark", "=", current or False)
        return [*super()._due(*states), *at_home]

    def _may_leave(self):
        """Before an upload the folios are noted in the mark's file: a backup that is restored
        over this database is behind it, and found out."""
        if not super()._may_leave():
            return False
        if not self.issuer_id.is_copy:
            sent = [(document._mark_key(), document.folio) for document in self.dte_ids]
            self.issuer_id._note_sent(sent)
        return True


class Dte(models.Model):
    _inherit = "l10n_cl.dte"

    def _mark_key(self):
        return f"{self.issuer_rut} {self.environment} {self.document_code}"
