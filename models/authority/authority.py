import base64

from odoo import api, fields, models
from odoo.addons.base.models.ir_model import MODULE_UNINSTALL_FLAG
from odoo.exceptions import AccessError, UserError

from ...sii import clock
from ...sii.authority import file as authority_file
from ...sii.authority.authorities import Recognition
from ...sii.errors import AuthorityProblem
from ..access.entry import MANAGER, entry
from ..access.guard import ALWAYS
from ..base.texts.errors import error_text


class Authority(models.Model):
    """Somebody who issues certificates of persons, as the signer's badge of a document knows it.

    Shipped are those of the register of Ley 19.799. A manager adds others for his company from
    the certificate that they publish; what a certificate states of itself is never typed.
    """

    _name = "l10n_cl.authority"
    _inherit = ["l10n_cl.guard.mixin", "l10n_cl.given.mixin"]
    _description = "Authority that certifies signers"
    _open_to_people = {"active": ALWAYS}
    _people_may_delete = True
    _order = "provider, name, valid_from, id"

    active = fields.Boolean(default=True)
    name = fields.Char(required=True, readonly=True)
    provider = fields.Char(readonly=True)
    provider_rut = fields.Char("Provider's RUT", readonly=True)
    company_id = fields.Many2one(
        "res.company",
        readonly=True,
        index=True,
        ondelete="cascade",
        help="Who added it and believes it; empty: it came with the addon, for all.",
    )
    recognition = fields.Selection(
        [
            (Recognition.ACCREDITED.value, "Accredited (Ley 19.799)"),
            (Recognition.KEY.value, "Known key of simple signatures, not accredited"),
            (Recognition.ADDED.value, "Added by a manager"),
        ],
        "Known as",
        required=True,
        readonly=True,
    )
    purpose = fields.Selection(
        [("signature", "Signatures"), ("time", "Time stamps")],
        required=True,
        readonly=True,
        default="signature",
    )
    accreditation = fields.Char(readonly=True, help="Act by which it was accredited.")
    accredited_since = fields.Date(readonly=True)
    accredited_until = fields.Date(readonly=True, help="Empty: still in force.")
    issuer = fields.Char("Issued by", readonly=True)
    valid_from = fields.Datetime(readonly=True)
    valid_until = fields.Datetime(readonly=True)
    in_force = fields.Boolean(
        compute="_compute_in_force",
        help="Whether its certificate and its accreditation hold today. What it certified while "
        "they did, counts.",
    )
    key_id = fields.Char(readonly=True)
    sha256 = fields.Char("SHA-256", required=True, readonly=True)
    pem = fields.Text("Certificate", required=True, readonly=True)
    file = fields.Binary(
        compute="_compute_file", inverse="_inverse_file", help="The certificate, to be downloaded."
    )
    file_name = fields.Char(compute="_compute_file")

    _one_each = models.UniqueIndex(
        "(sha256, COALESCE(company_id, 0))", "This authority is known already."
    )

    @api.depends("valid_from", "valid_until", "accredited_until")
    def _compute_in_force(self):
        now, today = fields.Datetime.now(), clock.today()
        for authority in self:
            first, last = authority.valid_from or now, authority.valid_until or now
            accredited = authority.accredited_until or today
            authority.in_force = first <= now <= last and today <= accredited

    @api.depends("pem")
    def _compute_file(self):
        for authority in self:
            authority.file = base64.b64encode((authority.pem or "").encode())
            authority.file_name = f"{(authority.sha256 or '')[:12]}.pem"

    def _inverse_file(self):
        """Data files name the certificate's file: ``create`` has read it."""

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._values_of_file(values) for values in vals_list])

    @api.model
    def _values_of_file(self, values):
        """Values with what the file holds in place of the file."""
        data = values.get("file")
        if not data:
            return values
        raw = base64.b64decode(data)
        try:
            [read] = (
                [authority_file.read_key(raw)]
                if authority_file.is_key(raw)
                else authority_file.read(raw)
            )
        except AuthorityProblem as problem:
            raise UserError(error_text(self.env, problem)) from problem
        kept = {name: value for name, value in values.items() if name != "file"}
        return {**self._file_values_of(read), **kept}

    @api.model
    def _file_values_of(self, read):
        """What a file (sii.authority.file.AuthorityFile) holds, as values."""
        return {
            "name": read.name or read.key_id,
            "issuer": read.issuer,
            "key_id": read.key_id,
            "sha256": read.sha256,
            "pem": read.pem,
            "valid_from": read.valid_from and read.valid_from.replace(tzinfo=None),
            "valid_until": read.valid_until and read.valid_until.replace(tzinfo=None),
        }

    @entry("read", MANAGER)
    @api.model
    def add_file(self, data, company_id):
        """Believe the authorities of a file (base64) in a company. Returns their ids.

        Raises UserError with a sentence when the file is no certificate of an authority.
        """
        company = self.env["res.company"].browse(company_id).exists()
        if company not in self.env.user.company_ids:
            raise AccessError(self.env._("You do not work for this company."))
        try:
            found = authority_file.read(base64.b64decode(data))
        except AuthorityProblem as problem:
            raise UserError(error_text(self.env, problem)) from problem
        except (TypeError, ValueError) as problem:
            unread = AuthorityProblem("authority_unreadable")
            raise UserError(error_text(self.env, unread)) from problem
        added = self.browse()
        for read in found:
            added |= self._known(read.sha256, company) or self.sudo().create(
                {**self._file_values_of(read), "recognition": "added", "company_id": company.id}
            )
        return added.ids

    @api.model
    def _known(self, sha256, company):
        own = [("sha256", "=", sha256), ("company_id", "in", [False, company.id])]
        return self.sudo().with_context(active_test=False).search(own, limit=1)

    def write(self, values):
        if not self.env.su:
            self._check_may_change(values)
        return super().write(values)

    def _check_may_change(self, values):
        """The contents of a certificate are fixed; whom a company believes, its manager decides."""
        if set(values) - {"active"}:
            raise AccessError(
                self.env._("What a certificate says cannot be changed: load another file.")
            )
        if not all(authority.company_id for authority in self) and not self.env.user.has_group(
            "base.group_system"
        ):
            raise AccessError(
                self.env._(
                    "This authority came with the addon, for all companies: only an "
                    "administrator of the system archives it."
                )
            )

    # anybody may claim in the context of a call that the module goes; Odoo does so as system
    @api.ondelete(at_uninstall=True)
    def _unlink_only_added(self):
        leaving = self.env.su and self.env.context.get(MODULE_UNINSTALL_FLAG)
        if not leaving and any(not authority.company_id for authority in self):
            raise UserError(self.env._("What came with the addon is archived and not deleted."))

    def _as_known(self, recognised_proves):
        """Arguments of ``sii.authority.authorities.from_pem``.

        recognised_proves: whether a person of a simple signature's key may answer for a company.
        """
        self.ensure_one()
        recognition = Recognition(self.recognition)
        proves = self.purpose == "signature" and (
            recognition != Recognition.KEY or recognised_proves
        )
        return self.pem, self.name, recognition, proves, self.accredited_until or None
