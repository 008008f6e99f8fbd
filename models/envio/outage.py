from odoo import models
from odoo.fields import Domain

from ..issuer.outage import PREFIXES


class Envio(models.Model):
    _inherit = "l10n_cl.envio"

    def _due(self, *states):
        answering = Domain.OR(
            Domain("channel", "=", channel)
            & Domain(f"issuer_id.{prefix}unreachable_since", "=", False)
            for channel, prefix in PREFIXES.items()
        )
        return [*super()._due(*states), *answering]

    def _sii_answered(self):
        if self.issuer_id._is_news(self.channel):
            # what the SII said must not be lost to a conflict over the issuer's row
            self._commit()
            self.issuer_id._sii_answered(self.channel)

    def _sii_did_not_answer(self):
        self._commit()
        self.issuer_id._sii_did_not_answer(self.channel)


class Dte(models.Model):
    _inherit = "l10n_cl.dte"

    def _waiting_text(self):
        return self.issuer_id._pause_text(self._channel()) or super()._waiting_text()
