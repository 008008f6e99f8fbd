from odoo import fields, models

from ...sii import kinds, rut, states
from ...sii.codes import SII_RUT


class Dte(models.Model):
    """The mails of a document: planned, let go or dropped as its state changes."""

    _inherit = "l10n_cl.dte"

    delivery_ids = fields.One2many("l10n_cl.delivery", "dte_id", "Mails", readonly=True)

    def _mails_follow_state(self, before):
        """The customer gets it once it is sure to be one: boletas when signed, others when the SII
        has accepted them. What the SII rejected nobody gets."""
        state, boletas = self[:1].state, self.filtered("is_boleta")
        if state in states.LEGAL:
            waiting = self.delivery_ids.filtered(lambda delivery: delivery.state == "waiting")
            waiting._move_to("to_send")
            for document in self - boletas:
                document._deliver_to_all()
        elif state == "signed" and before == "pending":
            for document in boletas:
                document._deliver_to_customer()
        elif state in states.DEAD:
            for document in self:
                document._drop_deliveries()

    def _deliver_to_all(self):
        self._deliver_to_customer()
        if self.issuer_id.exchange_auto and self._is_exchanged():
            self.env["l10n_cl.delivery"]._plan(self, "exchange")

    def _customer_address(self):
        """Where the customer gets it, or False."""
        return self._source()._l10n_cl_mailed_to().email

    def _deliver_to_customer(self):
        """Once: not when somebody has already sent it, or is about to."""
        sent = self.delivery_ids.filtered(lambda d: d.kind == "customer" and d.state != "dropped")
        # nobody expects a mail to the passer-by who bought with a boleta
        expected = bool(self._customer_address()) or not kinds.of(self.document_code).is_boleta
        if self.issuer_id.mail_auto and expected and not sent:
            self.env["l10n_cl.delivery"]._plan(self, "customer")

    def _drop_deliveries(self):
        """What was rejected is no invoice: nobody gets it, and whoever got it gets the next one."""
        going = self.delivery_ids.filtered(lambda row: row.state not in ("sending", "dropped"))
        if going.filtered(lambda row: row.state in ("waiting", "to_send")):
            self._source().message_post(body=self.env._("The mail to the customer was not sent."))
        going._move_to("dropped", failure=False)

    def _is_exchanged(self):
        """Whether its receiver must get the document by exchange: boletas never are."""
        self.ensure_one()
        taxpayer = rut.is_valid(self.receiver_rut or "") and self.receiver_rut != SII_RUT
        return taxpayer and not kinds.of(self.document_code).is_boleta
