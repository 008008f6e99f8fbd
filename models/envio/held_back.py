from odoo import models
from odoo.fields import Domain

from ...sii.codes import Environment
from ..issuer.outage import PREFIXES


class Envio(models.Model):
    """Which envelopes are due, and what an exchange with the SII shows of the SII itself.

    Nothing goes through a channel that does not answer, nor to production from a copy of the
    database: it waits, and no try is used up.
    """

    _inherit = "l10n_cl.envio"

    def _due(self, *states):
        return [*super()._due(*states), *self._channel_answers(), *self._at_home()]

    def _channel_answers(self):
        return Domain.OR(
            Domain("channel", "=", channel)
            & Domain(f"issuer_id.{prefix}unreachable_since", "=", False)
            for channel, prefix in PREFIXES.items()
        )

    def _at_home(self):
        """Those that this database, and not the one that it is a copy of, may send."""
        current = self.env["l10n_cl.mark"].sudo()._current()
        at_home = Domain("issuer_id.environment", "!=", Environment.PRODUCTION.value)
        if current is not None:
            at_home |= Domain("issuer_id.database_mark", "=", current or False)
        return at_home

    def _sii_answered(self):
        """Of one channel of one issuer."""
        if self.issuer_id._is_news(self.channel):
            # the answer of the SII must not be lost to a conflict over the issuer's row
            self._commit()
            self.issuer_id._sii_answered(self.channel)

    def _sii_did_not_answer(self):
        self._commit()
        self.issuer_id._sii_did_not_answer(self.channel)
