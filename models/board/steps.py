from odoo import api, models

from ...sii import states
from ..access.entry import MANAGER


class Board(models.AbstractModel):
    """What a new company still lacks until its first document."""

    _inherit = "l10n_cl.board"

    @api.model
    def _steps(self, issuer):
        """The eight steps with whether each is done; False once a document was emitted."""
        company = self.env.company.sudo()
        emitted = issuer and self.env["l10n_cl.dte"].sudo().search_count(
            [
                ("issuer_id", "=", issuer.id),
                ("environment", "=", issuer.environment),
                ("state", "in", (*states.SIGNED, *states.FINAL)),
            ],
            limit=1,
        )
        if emitted:
            return False
        partner = company.partner_id
        is_whole = company.vat and company.street and partner.city_id
        steps = [
            (self.env._("Company"), is_whole and company.l10n_cl_activity_description),
            (self.env._("Activities"), issuer.acteco_ids),
            (self.env._("Resolution"), issuer.resolution_date),
            (self.env._("Certificate"), issuer.certificate_until and issuer.sender_rut),
            (self.env._("Mails"), issuer.alias_name or partner.email),
            (self.env._("Folios"), issuer and issuer._has_folios()),
            (self.env._("Connection"), issuer.last_answer_at or issuer.boleta_last_answer_at),
            (self.env._("First factura"), False),
        ]
        steps = [{"name": name, "done": bool(done)} for name, done in steps]
        left = [step["name"] for step in steps if not step["done"]]
        return {
            "steps": steps,
            "done": len(steps) - len(left),
            "title": self.env._("1 step to your first factura")
            if len(left) == 1
            else self.env._("%s steps to your first factura", len(left)),
            "next": self.env._("Next: %s", left[0].lower()),
            "action": self._steps_action(),
        }

    def _steps_action(self):
        """The page that leads through them, for whoever may set up; else nothing."""
        if not self.env.user.has_group(MANAGER):
            return False
        return "l10n_cl_sii.issuer_action"
