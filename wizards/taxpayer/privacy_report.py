import base64
import json

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import json_default

from ...models.access.entry import MANAGER, entry
from ...sii import codes
from ...sii import rut as ruts

# RUTs that many share: who gives none, who lives abroad
_OF_NOBODY = {codes.ANONYMOUS_RUT, "55555555-5", "44444444-4"}


class PrivacyReport(models.TransientModel):
    """What the present company holds of a person, to hand over, and the erasure that they ask for.

    Of another company nothing is shown, whoever asks.
    """

    _name = "l10n_cl.privacy.report"
    _description = "Personal data of a taxpayer"
    _inherit = ["l10n_cl.wizard.mixin"]

    rut = fields.Char("RUT")
    email = fields.Char("E-mail")
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, default=lambda self: self.env.company
    )
    file = fields.Binary("Report", readonly=True, attachment=False)
    file_name = fields.Char(readonly=True)
    told = fields.Text("What was done", readonly=True)

    @entry("write", MANAGER)
    def action_report(self):
        """Button: make the report (JSON, UTF-8) for download."""
        company = self._checked_company()
        held = self.env["l10n_cl.privacy"]._held(company, self.rut, self.email)
        text = json.dumps(
            {
                "company": company.name,
                "rut": self.rut or None,
                "email": self.email or None,
                "made_at": fields.Datetime.now(),
                "held": held,
            },
            default=json_default,
            ensure_ascii=False,
            indent=2,
        )
        count = sum(len(section["records"]) for section in held)
        self.sudo().write(
            {
                "file": base64.b64encode(text.encode()),
                "file_name": "datos_personales.json",
                "told": self.env._("%s records are held.", count),
            }
        )
        return self._again()

    @entry("write", MANAGER)
    def action_erase(self):
        """Button: erase what no tax law keeps; shows what went and what stays."""
        company = self._checked_company()
        texts = self.env["l10n_cl.privacy"]._erase(company, self.rut, self.email)
        self.sudo().write({"told": "\n".join(texts), "file": False})
        return self._again()

    def _checked_company(self):
        """The company asked about: one that the user works in."""
        self.ensure_one()
        if not self.rut and not self.email:
            raise UserError(self.env._("Say whose data: give a RUT, an e-mail, or both."))
        if ruts.is_valid(self.rut or "") and ruts.canonical(self.rut) in _OF_NOBODY:
            raise UserError(
                self.env._("%s stands for buyers without a RUT: it is nobody's.", self.rut)
            )
        company = self.company_id
        if company not in self.env.user.company_ids:
            raise UserError(self.env._("You do not work in %s.", company.sudo().name))
        return company

    def _again(self):
        return self._get_records_action(target="new", name=self.env._("Personal Data of a Person"))
