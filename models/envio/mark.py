from odoo import models
from odoo.fields import Domain

from ...sii.codes import Environment


class Queue(models.AbstractModel):
    _inherit = "l10n_cl.queue.mixin"

    # whether it goes to others than the SII, who would get it from the copy as well
    _tells_others = False

    def _allowed(self):
        """A copy finds out before anything leaves it, and then production waits."""
        issuers = self.env["l10n_cl.issuer"]
        at_home = issuers._look_at_mark()
        allowed = super()._allowed()
        if self._tells_others and (shut := issuers._shut_companies()):
            allowed = [*allowed, ("company_id", "not in", shut.ids)]
        if not at_home and "issuer_id" in self._fields:
            allowed = [*allowed, ("issuer_id.environment", "!=", Environment.PRODUCTION.value)]
        return allowed


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
