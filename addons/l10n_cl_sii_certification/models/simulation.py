from odoo import api, fields, models
from odoo.addons.l10n_cl_sii.models.access.entry import MANAGER, entry
from odoo.addons.l10n_cl_sii.sii import kinds
from odoo.exceptions import UserError

from .emit import ON_ITS_WAY

# How many documents the SII wants in the envelope (PROTOCOL 11, step 2).
_LEAST, _MOST = 10, 100
_CODES = kinds.texts(issued=True, is_boleta=False)


class Certification(models.Model):
    """The simulation: ordinary documents of the company in one envelope (PROTOCOL 11, step 2)."""

    _inherit = "l10n_cl.certification"

    simulation_move_ids = fields.Many2many(
        "account.move",
        string="Documents",
        check_company=True,
        domain="[('state', '=', 'draft'), ('company_id', '=', company_id), "
        f"('l10n_latam_document_type_id.code', 'in', {_CODES})]",
        help="10 to 100 drafts like what the company issued in the last two months, of every type "
        "that it asks for.",
    )
    simulation_envio_id = fields.Many2one(
        "l10n_cl.envio", "Envelope of the simulation", readonly=True, copy=False
    )
    simulation_track_id = fields.Char(related="simulation_envio_id.track_id")
    simulation_state = fields.Char("The SII says", compute="_compute_simulation_state")
    simulation_samples = fields.Binary("Printed samples", attachment=True, readonly=True)
    simulation_samples_name = fields.Char(default="muestras_simulacion.zip", readonly=True)

    @api.depends_context("lang")
    @api.depends("simulation_envio_id.dte_ids.state")
    def _compute_simulation_state(self):
        for certification in self:
            documents = certification.sudo().simulation_envio_id.dte_ids
            accepted = documents.filtered(lambda document: document.state == "accepted")
            certification.simulation_state = documents and self.env._(
                "%(accepted)s of %(all)s documents accepted without objection.",
                accepted=len(accepted),
                all=len(documents),
            )

    @entry("write", MANAGER)
    def action_simulate(self):
        """Button: post the chosen drafts by their dates and send them in one envelope.

        All in one transaction: what is refused leaves neither documents nor folios taken.
        """
        self.ensure_one()
        self._check_environment()
        self._check_simulation()
        moves = self.simulation_move_ids._l10n_cl_in_order()
        moves.action_post()
        sealed = {"simulation_envio_id": self._seal(moves).id, "simulation_samples": False}
        self.sudo().write(sealed)
        self.env["l10n_cl.envio"]._wake("send")

    def _check_simulation(self):
        if self.simulation_envio_id.sudo().state in ON_ITS_WAY:
            raise UserError(self.env._("The simulation is on its way: wait for the SII's answer."))
        moves = self.simulation_move_ids
        if not _LEAST <= len(moves) <= _MOST:
            raise UserError(
                self.env._(
                    "The SII wants %(least)s to %(most)s documents in the simulation: choose as "
                    "many drafts (now %(chosen)s).",
                    least=_LEAST,
                    most=_MOST,
                    chosen=len(moves),
                )
            )
        wrong = moves.filtered(
            lambda move: (
                move.state != "draft"
                or not move._l10n_cl_is_electronic()
                or kinds.of(move.l10n_latam_document_type_id.code).is_boleta
            )
        )
        if wrong:
            raise UserError(
                self.env._(
                    "The simulation takes drafts of invoices and notes; these are none: "
                    "%(documents)s. For another try, choose new ones.",
                    documents=", ".join(wrong.mapped("display_name")),
                )
            )

    @entry("write", MANAGER)
    def action_print_simulation(self):
        """Button: print one document of each type of the simulation into a zip."""
        self.ensure_one()
        moves = self.sudo().simulation_envio_id.dte_ids.move_id
        by_type = moves.grouped("l10n_latam_document_type_id").values()
        self.sudo().simulation_samples = self._zipped(alike[:1] for alike in by_type)
