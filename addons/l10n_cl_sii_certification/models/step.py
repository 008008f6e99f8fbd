from odoo import api, fields, models
from odoo.addons.l10n_cl_sii.models.access.guard import ALWAYS
from odoo.addons.l10n_cl_sii.sii.certification.sets import SetKind

_DOCUMENT_SETS = (SetKind.BASIC.value, SetKind.EXEMPT.value, SetKind.BOLETA.value)


class CertificationStep(models.Model):
    """One of the SII's official steps (PROTOCOL 11); most are done on its portal, by hand."""

    _name = "l10n_cl.certification.step"
    _description = "Step of the certification"
    _inherit = ["l10n_cl.guard.mixin", "l10n_cl.given.mixin"]
    _open_to_people = {"is_done": ALWAYS}
    _order = "code"

    certification_id = fields.Many2one(
        "l10n_cl.certification", required=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="certification_id.company_id", store=True, index=True)
    code = fields.Selection(
        [
            ("0", "Application (postulación)"),
            ("1", "Test sets"),
            ("2", "Simulation"),
            ("3", "Exchange"),
            ("4", "Printed samples"),
            ("5", "Declaration of compliance"),
            ("6", "Authorisation"),
        ],
        "Step",
        required=True,
        readonly=True,
    )
    is_done = fields.Boolean("Done")
    help_text = fields.Char("What to do", compute="_compute_help_text")
    known_text = fields.Char("What is known", compute="_compute_known_text")

    _one_of_each = models.UniqueIndex("(certification_id, code)", "This step is there already.")

    @api.model
    def _make_for(self, certification):
        codes = self._fields["code"].get_values(self.env)
        self.create([{"certification_id": certification.id, "code": code} for code in codes])

    @api.depends_context("lang")
    @api.depends("code")
    def _compute_help_text(self):
        texts = {
            "0": self.env._("Apply on the SII's portal; declare the users and the mailboxes."),
            "1": self.env._(
                "Load the set file, make its documents and books, and declare their track IDs "
                "(“declarar avance”)."
            ),
            "2": self.env._(
                "Send 10 to 100 documents like those of the last two months in one envelope, and "
                "declare its track ID."
            ),
            "3": self.env._("Load the envelope that the SII mails, and send it the three answers."),
            "4": self.env._("Download the printed samples and upload them on the portal."),
            "5": self.env._("The legal representative declares on the portal."),
            "6": self.env._("Take the resolution to the issuer and load folios of production."),
        }
        for step in self:
            step.help_text = texts.get(step.code)

    @api.depends_context("lang")
    @api.depends("certification_id.set_ids.state", "certification_id.simulation_state")
    def _compute_known_text(self):
        for step in self:
            certification = step.certification_id
            sets = certification.set_ids.filtered(lambda each: each.kind in _DOCUMENT_SETS)
            texts = {"1": sets and step._sets_text(sets), "2": certification.simulation_state}
            step.known_text = texts.get(step.code)

    def _sets_text(self, sets):
        accepted = sets.filtered(lambda each: each.state == "accepted")
        return self.env._(
            "The SII accepted %(accepted)s of %(all)s sets without objection.",
            accepted=len(accepted),
            all=len(sets),
        )
