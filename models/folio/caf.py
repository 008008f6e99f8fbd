import base64
import logging

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import NO_ACCESS
from odoo.tools import SQL, ormcache

from ...sii.dte.caf import Caf as SiiCaf
from ...sii.errors import CafProblem
from ..access.guard import ALWAYS, BIRTH
from ..access.unforeseen import unforeseen
from ..access.vault import VaultClosed
from ..base import document_type as document_types
from ..base.big_integer import BigInteger
from ..base.texts.errors import error_text

_logger = logging.getLogger(__name__)


class Caf(models.Model):
    """A range of folios that the SII authorised, with the key that stamps them (PROTOCOL 7)."""

    _name = "l10n_cl.caf"
    _description = "Folio authorisation (CAF)"
    _inherit = ["l10n_cl.guard.mixin", "l10n_cl.given.mixin"]
    _order = "issuer_id, document_code, first"
    _check_company_auto = True
    _check_company_domain = models.check_company_domain_parent_of
    # what the file states cannot be typed, neither when it is loaded nor later
    _open_to_people = {"active": ALWAYS, "file": BIRTH, "issuer_id": BIRTH}
    _people_may_delete = True

    active = fields.Boolean(default=True)
    issuer_id = fields.Many2one(
        "l10n_cl.issuer",
        required=True,
        ondelete="restrict",
        check_company=True,
        default=lambda self: self.env.company.l10n_cl_issuer_id,
    )
    company_id = fields.Many2one(related="issuer_id.company_id", store=True, index=True)
    file = fields.Binary(
        "CAF file",
        store=False,
        help="The XML file as downloaded from the SII. It is kept where only the system reads it.",
    )
    # what the SII signed, without the key that stamps
    xml = fields.Binary(attachment=True, readonly=True, copy=False, groups="base.group_system")
    key_id = fields.Many2one(
        "l10n_cl.vault", readonly=True, copy=False, groups=NO_ACCESS, ondelete="restrict"
    )
    issuer_rut = fields.Char("RUT", readonly=True)
    # of the day it was loaded: an issuer that moves to production leaves its folios behind
    environment = fields.Selection(
        selection=lambda self: (
            self.env["l10n_cl.issuer"]._fields["environment"]._description_selection(self.env)
        ),
        readonly=True,
    )
    document_type_id = fields.Many2one("l10n_latam.document.type", readonly=True)
    document_code = BigInteger("Type", readonly=True)
    first = BigInteger("First folio", readonly=True)
    last = BigInteger("Last folio", readonly=True)
    authorised_on = fields.Date(readonly=True)
    expires_on = fields.Date("Last day of use", readonly=True)
    dte_ids = fields.One2many("l10n_cl.dte", "caf_id", readonly=True)

    @api.depends("document_type_id", "first", "last")
    def _compute_display_name(self):
        for caf in self:
            name = f"{caf.document_type_id.name} {caf.first}-{caf.last}"
            caf.display_name = name if caf.last else self.env._("New CAF")

    def _usable_on(self, day):
        """Whether the SII still takes this CAF's folios on a day (PROTOCOL 7.3)."""
        return not self.expires_on or day <= self.expires_on

    @api.model_create_multi
    def create(self, vals_list):
        """Each CAF is read from its file; what the file states cannot be typed."""
        with self._ranges_kept_apart():
            self.check_access("create")
            self._check_given(vals_list)
            for vals in vals_list:
                self._check_people(vals, birth=True)
            prepared = [self._values_from_file(vals) for vals in vals_list]
            cafs = super(Caf, self.sudo()).create(prepared).sudo(self.env.su)
            cafs._check_no_overlap()
            for caf in cafs:
                text = self.env._("Folios were loaded: %s", caf.display_name)
                self.env["l10n_cl.trace"]._leave("key_loaded", caf.company_id, text, caf)
        cafs._l10n_cl_retry_emissions()
        return cafs

    def _values_from_file(self, vals):
        issuer = self.env["l10n_cl.issuer"].browse(vals.get("issuer_id"))
        issuer = issuer or self.env.company.l10n_cl_issuer_id
        if not issuer:
            raise ValidationError(self.env._("Set up the company's SII issuer first."))
        if not vals.get("file"):
            raise ValidationError(self.env._("Choose the CAF file that you downloaded."))
        try:
            data = base64.b64decode(vals["file"])
            caf = SiiCaf.read(data, issuer._caf_authorities())
        except CafProblem as problem:
            raise ValidationError(error_text(self.env, problem)) from problem
        except Exception as error:  # pylint: disable=broad-except
            _logger.exception("a CAF file could not be read")
            raise ValidationError(unforeseen(self.env, error)) from error
        self._check_belongs(caf, issuer)
        return {
            "issuer_id": issuer.id,
            **self._kept_file(data, caf),
            "issuer_rut": caf.issuer_rut,
            "environment": issuer.environment,
            "document_type_id": self._document_type(caf.kind).id,
            "document_code": caf.kind,
            "first": caf.first,
            "last": caf.last,
            "authorised_on": caf.authorised_on,
            "expires_on": caf.expires_on,
        }

    def _kept_file(self, data, caf):
        """The file as it came into the vault; what everybody may see of it beside the record."""
        row = self.env["l10n_cl.vault"]._put(f"CAF {caf.kind} {caf.first}-{caf.last}", data)
        return {"key_id": row.id, "xml": base64.b64encode(caf.public_xml())}

    def _check_belongs(self, caf, issuer):
        """A CAF is of one company and one environment; both mistakes are frequent."""
        if caf.issuer_rut != issuer.company_rut:
            raise ValidationError(
                self.env._(
                    "This CAF belongs to RUT %(theirs)s, the company's RUT is %(ours)s. "
                    "Download the file of this company.",
                    theirs=caf.issuer_rut,
                    ours=issuer.company_rut or self.env._("not set"),
                )
            )
        if caf.environment and caf.environment != issuer.environment:
            raise ValidationError(
                self.env._(
                    "This CAF is of the SII's other environment (key %(idk)s). Folios of "
                    "certification are worth nothing in production, and the reverse.",
                    idk=caf.idk,
                )
            )

    def _document_type(self, code):
        document_type = document_types.of_code(self.env, code)
        if not document_type:
            raise ValidationError(self.env._("Document type %s is not known to Odoo.", code))
        return document_type

    @api.ondelete(at_uninstall=False)
    def _unlink_only_unused(self):
        if self.env["l10n_cl.dte"].sudo().search_count([("caf_id", "in", self.ids)], limit=1):
            raise ValidationError(
                self.env._("Folios of this CAF have been used. Archive it instead.")
            )
        if any(self.sudo().mapped("reserved")):
            raise ValidationError(
                self.env._("Folios of this CAF are reserved for a job that goes on.")
            )

    def unlink(self):
        """Its key goes with it, and what is free of it."""
        kept = self.sudo().key_id
        if self:
            self.env.cr.execute(
                SQL(
                    "DELETE FROM l10n_cl_dte WHERE state = 'free' AND caf_id IN %s",
                    tuple(self.ids),
                )
            )
        result = super().unlink()
        kept._drop()
        return result

    # the file never changes; parameters of the system (the authorities) clear this cache
    @ormcache("self.id", "issuer.environment", "self._key_mark()", cache="stable")
    def _open(self, issuer):
        """The CAF with its stamping key, for the code that stamps. Read once a process.

        issuer: its own. Raises CafProblem.
        """
        self.ensure_one()
        if not (row := self.sudo().key_id):
            raise CafProblem("caf_private_key_missing")
        try:
            data = row._take()
        except VaultClosed as closed:
            raise CafProblem(closed.code, **closed.data) from None
        return SiiCaf.read(data, issuer._caf_authorities())

    def _key_mark(self):
        return self.env["l10n_cl.vault"]._mark()
