from odoo import api, fields, models
from odoo.exceptions import UserError

from ...sii import clock
from ...sii.errors import CertificateProblem
from ...sii.exchange import envelope as exchange_received
from ...sii.exchange import our_answers as exchange
from ..base.texts.errors import error_text
from ..delivery.mails import KINDS


class Delivery(models.Model):
    """Our signed answers to a supplier's document, on their way to its exchange mailbox."""

    _inherit = "l10n_cl.delivery"

    kind = fields.Selection(
        selection_add=[
            ("reception", "Supplier: receipt (RespuestaDTE)"),
            ("result", "Supplier: result (RespuestaDTE)"),
            ("receipts", "Supplier: goods received (EnvioRecibos)"),
        ],
        ondelete={"reception": "cascade", "result": "cascade", "receipts": "cascade"},
    )
    received_id = fields.Many2one(
        "l10n_cl.received.dte",
        "Received document",
        readonly=True,
        index="btree_not_null",
        ondelete="cascade",
    )

    _one_answer_each = models.UniqueIndex(
        "(received_id, kind)", "This answer is on its way to the supplier already."
    )
    _about_something = models.Constraint(
        "CHECK (dte_id IS NOT NULL OR received_id IS NOT NULL)",
        "A mail is about a document that we issued or received.",
    )

    @api.model
    def _plan_answer(self, received, kind):
        """Put an answer to a supplier into the queue, once."""
        if received.delivery_ids.filtered(lambda row: row.kind == kind):
            return
        self.create({"received_id": received.id, "kind": kind, "state": "none"})._start()


class Answer:
    """A signed answer to a supplier, as an object of `delivery.mails`. In goes a delivery.

    sign: the writer of sii.exchange.our_answers that makes it.
    """

    def __init__(self, sign):
        self._sign = sign

    def about(self, delivery):
        return delivery.received_id

    def xml_name(self, delivery):
        return f"{delivery.kind}_{delivery.received_id.xml_name}"

    def address(self, delivery):
        partner = delivery.received_id.partner_id.commercial_partner_id
        return partner.l10n_cl_exchange_mailbox or delivery.received_id.sender

    def no_address_text(self, delivery):
        return delivery.env._("The supplier has no exchange mailbox.")

    def call_a_person(self, delivery):
        delivery.received_id._call_a_person(delivery.failure)

    def dismiss(self, delivery):
        """A change of the received document's own state sends away who was called."""

    def write_mail(self, delivery):
        signed = self._signed(delivery)
        text = self._text(delivery)
        return delivery._write_file_mail(delivery.received_id, delivery.xml_name, text, signed)

    def _text(self, delivery):
        received = delivery.received_id
        return delivery.env._(
            "Answer of %(company)s (RUT %(rut)s) to %(document)s.",
            company=received.company_id.name,
            rut=received.receiver_rut,
            document=received.display_name,
        )

    def _signed(self, delivery):
        received = delivery.received_id
        issuer = received._issuer()
        company = received.company_id
        answerer = exchange.Answerer(
            rut=issuer.company_rut,
            address=", ".join(filter(None, [company.street, company.partner_id.city_id.name])),
            phone=company.phone or "",
            email=company.email or "",
        )
        envelope = exchange_received.single(
            received._document(),
            name=received.file_name,
            envelope_id=received.envelope_id or "",
            digest=received.envelope_digest or "",
            accepted=not received._is_claimed(),
        )
        try:
            signer = issuer._signer_for(delivery.env._("Answer to a supplier"), received)
            return self._sign(envelope, answerer, signer, clock.now(), schemas=issuer._schemas())
        except CertificateProblem as problem:
            raise UserError(error_text(delivery.env, problem)) from problem


KINDS["reception"] = Answer(exchange.reception)
KINDS["result"] = Answer(exchange.result)
KINDS["receipts"] = Answer(exchange.receipts)
