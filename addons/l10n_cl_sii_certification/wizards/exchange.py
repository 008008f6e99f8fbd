import base64

from odoo import fields, models
from odoo.addons.l10n_cl_sii.models.access.entry import MANAGER, entry
from odoo.addons.l10n_cl_sii.models.base.texts.errors import errors_as_user_errors
from odoo.addons.l10n_cl_sii.sii import clock
from odoo.addons.l10n_cl_sii.sii.errors import (
    UnsafeXml,
)
from odoo.addons.l10n_cl_sii.sii.exchange import envelope as exchange_received
from odoo.addons.l10n_cl_sii.sii.exchange import our_answers as exchange
from odoo.exceptions import UserError

_ANSWERS = {
    "reception": exchange.reception,
    "receipts": exchange.receipts,
    "result": exchange.result,
}


class CertificationExchange(models.TransientModel):
    """The envelope that the SII mails in the exchange step, and the three answers to it."""

    _name = "l10n_cl.certification.exchange"
    _inherit = ["l10n_cl.wizard.mixin"]
    _description = "Answer the SII's envelope of the exchange step"

    certification_id = fields.Many2one("l10n_cl.certification", required=True)
    file = fields.Binary("Envelope (EnvioDTE)", required=True)
    file_name = fields.Char()
    reception = fields.Binary("Receipt (RespuestaDTE)", readonly=True)
    reception_name = fields.Char(default="1_recepcion.xml")
    receipts = fields.Binary("Receipt of goods (EnvioRecibos)", readonly=True)
    receipts_name = fields.Char(default="2_recibos.xml")
    result = fields.Binary("Result (RespuestaDTE)", readonly=True)
    result_name = fields.Char(default="3_resultado.xml")

    @entry("write", MANAGER)
    def action_answer(self):
        """Write and sign the three answers, to be downloaded."""
        self.ensure_one()
        self.certification_id._check_environment()
        with errors_as_user_errors(self.env):
            try:
                answers = self._answers()
            except UnsafeXml as problem:
                raise UserError(
                    self.env._("This is no envelope of tax documents (%s).", problem.code)
                ) from problem
            self.write(answers)
        return {**self._get_records_action(), "target": "new", "name": self.env._("Three Answers")}

    def _answers(self):
        issuer = self.certification_id.company_id.l10n_cl_issuer_id.sudo()
        received = exchange_received.receive(
            base64.b64decode(self.file), self.file_name or "EnvioDTE.xml", issuer.company_rut
        )
        signer = issuer._signer_for(self.env._("Answers of the exchange"), self.certification_id)
        now, schemas = clock.now(), issuer._schemas()
        return {
            name: base64.b64encode(
                answer(received, self._answerer(issuer), signer, now, schemas=schemas)
            )
            for name, answer in _ANSWERS.items()
        }

    def _answerer(self, issuer):
        company = self.certification_id.company_id
        return exchange.Answerer(
            rut=issuer.company_rut,
            address=", ".join(filter(None, [company.street, company.partner_id.city_id.name])),
            contact=self.env.user.name,
            phone=company.phone or "",
            email=company.email or "",
        )
