import base64
from functools import lru_cache

from odoo import api, fields, models
from odoo.addons.l10n_cl_sii.models.access.entry import MANAGER, entry
from odoo.addons.l10n_cl_sii.models.access.guard import ALWAYS
from odoo.addons.l10n_cl_sii.models.base.big_integer import BigInteger
from odoo.addons.l10n_cl_sii.models.base.texts.errors import error_text
from odoo.addons.l10n_cl_sii.sii.certification import content as certification_content
from odoo.addons.l10n_cl_sii.sii.certification import file as certification_file
from odoo.addons.l10n_cl_sii.sii.certification.sets import SetKind
from odoo.addons.l10n_cl_sii.sii.errors import CertificationSetProblem
from odoo.exceptions import UserError

_read = lru_cache(maxsize=16)(certification_file.read)


class CertificationSet(models.Model):
    """A set of the SII's file. The file itself is kept: cases are read from it, never retyped."""

    _name = "l10n_cl.certification.set"
    _description = "Test set of the SII"
    _inherit = ["l10n_cl.guard.mixin", "l10n_cl.given.mixin"]
    _open_to_people = {"active": ALWAYS, "notification": ALWAYS}
    _order = "id"
    _check_company_auto = True

    active = fields.Boolean(default=True)
    certification_id = fields.Many2one(
        "l10n_cl.certification", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="certification_id.company_id", store=True, index=True)
    kind = fields.Selection(
        [
            (SetKind.BASIC.value, "Basic set"),
            (SetKind.EXEMPT.value, "Exempt invoices"),
            (SetKind.BOLETA.value, "Boletas"),
            (SetKind.SALES_BOOK.value, "Sales book"),
            (SetKind.PURCHASE_BOOK.value, "Purchase book"),
        ],
        required=True,
        readonly=True,
    )
    attention = BigInteger("Attention number", readonly=True)
    file = fields.Binary("Set file", attachment=True, readonly=True, required=True)
    file_name = fields.Char(readonly=True)
    case_ids = fields.One2many("l10n_cl.certification.case", "set_id", "Cases", readonly=True)
    envio_id = fields.Many2one("l10n_cl.envio", "Envelope", readonly=True, copy=False)
    track_id = fields.Char(related="envio_id.track_id")
    state = fields.Selection(
        [
            ("new", "To do"),
            ("sent", "On its way"),
            ("accepted", "Accepted"),
            ("faulty", "With objections"),
        ],
        compute="_compute_state",
        help="What the SII answered to the envelope. The set itself passes only after its progress "
        "is declared on the portal.",
    )

    @api.depends("kind", "attention")
    def _compute_display_name(self):
        names = dict(self._fields["kind"]._description_selection(self.env))
        for each in self:
            each.display_name = f"{names.get(each.kind)} {each.attention or ''}".strip()

    @api.depends("envio_id.dte_ids.state", "case_ids.move_id")
    def _compute_state(self):
        for each in self:
            states = set(each.sudo().envio_id.dte_ids.mapped("state"))
            if not states:
                each.state = "new"
            elif states == {"accepted"}:
                each.state = "accepted"
            elif states <= {"signed", "sent", "accepted"}:
                each.state = "sent"
            else:
                each.state = "faulty"

    @api.model
    def _load(self, certification, data, file_name):
        """The sets of a file, in the place of those of the same kind loaded before.

        Returns the titles of the sets that the assistant cannot do. Raises UserError.
        """
        try:
            found = _read(data)
            values = [self._values(certification, each, data, file_name) for each in found.sets]
        except CertificationSetProblem as problem:
            raise UserError(error_text(self.env, problem)) from problem
        kinds = [each.kind.value for each in found.sets]
        certification.set_ids.filtered(lambda each: each.kind in kinds).active = False
        self.sudo().create(values)
        return found.unsupported

    @api.model
    def _values(self, certification, test_set, data, file_name):
        cases = self.env["l10n_cl.certification.case"]
        return {
            "certification_id": certification.id,
            "kind": test_set.kind.value,
            "attention": test_set.attention,
            "file": base64.b64encode(data),
            "file_name": file_name,
            "case_ids": [
                fields.Command.create(cases._values(test_set, case)) for case in test_set.cases
            ],
        }

    @entry("read", MANAGER)
    def action_open(self):
        """Button: the cases of this set."""
        return self._get_records_action()

    def _test_set(self):
        """This set as the file has it (sii CertificationSet)."""
        self.ensure_one()
        found = _read(base64.b64decode(self.with_context(bin_size=False).file))
        return next(
            each
            for each in found.sets
            if (each.kind.value, each.attention) == (self.kind, self.attention)
        )

    def _content(self, case):
        """What the document of a case must contain (sii Content)."""
        test_set = self._test_set()
        return certification_content.content(test_set, test_set.case(case.name))
