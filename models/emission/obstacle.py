from odoo import models
from odoo.tools.misc import format_date

from ...sii import rut
from ..base import document_type as document_types
from ..base.obstacle import Obstacle
from ..base.today import today
from ..taxpayer.buyer import FACTURA_FIELDS


class EmissionRequest(models.Model):
    """What keeps a request from becoming a document, before anything is made."""

    _inherit = "l10n_cl.emission.request"

    def _obstacle(self):
        """The first Obstacle why it could not be emitted now, or None."""
        self.ensure_one()
        if not self.policy_id:
            return self._policy_obstacle()
        if self.order_id.state == "cancel":
            text = self.env._(
                "%s is cancelled, but this was paid. Pay the money back, or take the order up.",
                self.order_id.name,
            )
            return Obstacle(text, self.order_id, "order_cancelled")
        if self.order_id.state != "sale":
            text = self.env._(
                "%s is a quotation: confirm it, and its document is emitted.", self.order_id.name
            )
            return Obstacle(text, self.order_id, "order_not_confirmed")
        return self._foreseen_obstacle() or self._rate_obstacle()

    def _foreseen_obstacle(self):
        """The first Obstacle that can be known before the payment or the date comes."""
        return (
            self._issuer_obstacle()
            or self._buyer_obstacle()
            or self._folio_obstacle()
            or self._goods_obstacle()
            or self._transport_obstacle()
        )

    def _issuer_obstacle(self):
        if obstacles := self.company_id._l10n_cl_emission_obstacles():
            first = obstacles[0]
            return Obstacle(first.text, first.record or self.company_id, "issuer_not_ready")
        return None

    def _policy_obstacle(self):
        text = self.env._(
            "There is no emission policy, neither on the order nor on the company. Set one up."
        )
        return Obstacle(text, self.company_id, "policy_missing")

    def _buyer_obstacle(self):
        partner = self.partner_id
        data = partner._l10n_cl_invoice_information()
        factura = self._document() == "invoice"
        if factura:
            data["business_name"] = partner._l10n_cl_razon_social()
            missing = [name for name in FACTURA_FIELDS if not data[name]]
            code = "buyer_incomplete"
        else:
            asked = [("rut", self.policy_id.ask_rut), ("address", self.policy_id.ask_address)]
            asked.append(("commune", self.policy_id.ask_address))
            missing = [name for name, needed in asked if needed and not data[name]]
            code = "buyer_data_asked"
        if missing:
            return Obstacle(self._missing_text(missing), partner, code, missing[0])
        # A boleta that asks for no RUT goes to nobody when the one that was given is wrong.
        if (factura or self.policy_id.ask_rut) and not rut.is_valid(data["rut"]):
            text = self.env._(
                "%(rut)s of %(buyer)s is not a valid RUT: check the digit after the dash.",
                rut=data["rut"],
                buyer=partner.display_name,
            )
            return Obstacle(text, partner, "rut_invalid", "rut")
        return None

    def _missing_text(self, missing):
        labels = {
            "rut": self.env._("RUT"),
            "business_name": self.env._("business name"),
            "activity": self.env._("giro"),
            "address": self.env._("address"),
            "commune": self.env._("commune"),
            "region": self.env._("region"),
        }
        return self.env._(
            "%(buyer)s: these data are missing: %(fields)s. Complete the contact.",
            buyer=self.partner_id.display_name,
            fields=", ".join(labels[name] for name in missing),
        )

    def _obstacle_if_paid_on(self, day):
        """What a payment of that day would meet; None when it would be emitted."""
        if self.state == "done" or self.given_up:
            return None
        if not self.policy_id:
            return self._policy_obstacle()
        return self._foreseen_obstacle() or self._rate_obstacle(day)

    def _rate_obstacle(self, day=None):
        day = day or self._pesos_day()
        if self.statement_id._pesos_on(day) is not None:
            return None
        text = self.env._(
            "%(currency)s has no rate on %(day)s: load it under Currencies.",
            currency=self.currency_id.name,
            day=format_date(self.env, day),
        )
        return Obstacle(text, self.currency_id, "rate_missing")

    def _folio_obstacle(self):
        code = self.policy_id._codes(self._document())
        issuer = self.company_id.l10n_cl_issuer_id
        if issuer._folios_left(code):
            return None
        document_type = document_types.of_code(self.env, code)
        text = self.env["account.move"]._l10n_cl_no_folio_text(document_type, 1, 0)
        return Obstacle(text, issuer, "no_folios")

    def _pesos_day(self):
        """The day whose rate counts: of the payment, or else of the due date."""
        return self.statement_id.paid_on or self.due_on or today(self.company_id)
