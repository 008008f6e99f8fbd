from odoo import api, fields, models
from odoo.exceptions import UserError

from ...sii import clock
from ...sii.errors import CertificateProblem
from ...sii.exchange import envelope as exchange_received
from ...sii.exchange import our_answers as exchange
from ..base.mail_activity import as_html
from ..base.texts.certificate import certificate_problem_text

_ANSWERS = {
    "reception": exchange.reception,
    "result": exchange.result,
    "receipts": exchange.receipts,
}


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

    def _company(self):
        return self.received_id.company_id or super()._company()

    @api.depends("received_id")
    def _compute_company_id(self):
        return super()._compute_company_id()

    @api.depends("received_id.xml_name", "kind")
    def _compute_xml_name(self):
        answers = self.filtered("received_id")
        for delivery in answers:
            delivery.xml_name = f"{delivery.kind}_{delivery.received_id.xml_name}"
        return super(Delivery, self - answers)._compute_xml_name()

    def _note(self, text, answer="", before=None):
        if self.received_id and text:
            return self.received_id._note(text, answer)
        return super()._note(text, answer, before=before)

    def _call_a_person(self):
        if self.received_id:
            return self.received_id._call_a_person(self.failure)
        return super()._call_a_person()

    def _find_address(self):
        if not self.received_id:
            return super()._find_address()
        partner = self.received_id.partner_id.commercial_partner_id
        return partner.l10n_cl_exchange_mailbox or self.received_id.sender

    def _no_address_text(self):
        if self.received_id:
            return self.env._("The supplier has no exchange mailbox.")
        return super()._no_address_text()

    def _write_mail(self):
        if not self.received_id:
            return super()._write_mail()
        received = self.received_id
        self.write(self._file_values(self._sign_answer()))
        company = received.company_id
        mail = self.env["mail.mail"].create(
            {
                "subject": f"{self.xml_name}",
                "body_html": as_html(self._answer_text()),
                "email_from": company.email_formatted,
                "email_to": self.address,
                "reply_to": company.email_formatted,
                "model": received._name,
                "res_id": received.id,
                "auto_delete": False,
                "attachment_ids": [
                    fields.Command.create(
                        {
                            "name": self.xml_name,
                            "raw": self._xml_bytes(),
                            "mimetype": "text/xml",
                            "res_model": "mail.message",
                        }
                    )
                ],
            }
        )
        return mail.mail_message_id

    def _answer_text(self):
        received = self.received_id
        return self.env._(
            "Answer of %(company)s (RUT %(rut)s) to %(document)s.",
            company=received.company_id.name,
            rut=received.receiver_rut,
            document=received.display_name,
        )

    def _sign_answer(self):
        received = self.received_id
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
            signer = issuer._signer_for(self.env._("Answer to a supplier"), received)
            return _ANSWERS[self.kind](
                envelope, answerer, signer, clock.now(), schemas=issuer._schemas()
            )
        except CertificateProblem as problem:
            raise UserError(certificate_problem_text(self.env, problem)) from problem
