"""The certificate of who signs for a company: loaded once, by whoever manages the issuer."""

import base64
import binascii

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_date

from ...sii import clock
from ...sii.errors import CertificateProblem
from ...sii.signature import certificates
from ..access.entry import entry
from ..base.obstacle import Obstacle
from ..base.texts.errors import error_text


class Issuer(models.Model):
    _inherit = "l10n_cl.issuer"

    certificate_holder = fields.Char(
        "Certificate of", compute="_compute_certificate", compute_sudo=True
    )
    certificate_until = fields.Datetime(
        "Valid until", compute="_compute_certificate", compute_sudo=True
    )

    @api.depends("certificate_id.subject_common_name", "certificate_id.date_end")
    def _compute_certificate(self):
        for issuer in self:
            issuer.certificate_holder = issuer.certificate_id.subject_common_name
            issuer.certificate_until = issuer.certificate_id.date_end

    def _former_signer_ruts(self, vals):
        """Of those whose certificate, and not whose sender, these values change."""
        return {} if "certificate_id" not in vals or "sender_rut" in vals else self._signer_ruts()

    def _signer_ruts(self):
        """issuer -> RUT in its certificate, of those whose certificate has one."""
        holders = {issuer: issuer.sudo().certificate_id._l10n_cl_holder() for issuer in self}
        return {issuer: holder.rut for issuer, holder in holders.items() if holder and holder.rut}

    def _forget_signer_ruts(self, former):
        """The RUT that was read from a former certificate is not that of a new one without any."""
        for issuer in self.filtered(lambda each: each in former):
            holder = issuer.sudo().certificate_id._l10n_cl_holder()
            if holder and not holder.rut and issuer.sender_rut == former[issuer]:
                issuer.sender_rut = False

    def _take_keys(self):
        """The key of a certificate that was made in Odoo's own form is moved into the vault."""
        moved = self.sudo().certificate_id._l10n_cl_take_keys()
        if moved:  # its file leaves the disk at once and not tonight
            self.env.ref("base.autovacuum_job").sudo()._trigger()
        for issuer in self.filtered(lambda each: each.sudo().certificate_id in moved):
            text = self.env._(
                "The private key of the certificate “%s” was moved to where only the system "
                "signs with it. Odoo's certificate keeps the public part.",
                issuer.sudo().certificate_id.name,
            )
            issuer.sudo().message_post(body=text)
            self.env["l10n_cl.trace"]._leave("key_loaded", issuer.company_id, text, issuer)

    @entry("write", "l10n_cl_sii.group_manager")
    def load_certificate(self, file, password):
        """Sign with a person's certificate from now on; nothing of file and password is kept but
        the key, in the vault.

        file: the .pfx or .p12 file, base64. Returns owner, rut (False when the certificate has
        none), valid_until (ISO, UTC) and last_day (as the user's language writes dates). Raises
        UserError: it cannot be used, and why.
        """
        self.ensure_one()
        try:
            data = base64.b64decode(file or "", validate=True)
        except (binascii.Error, ValueError, TypeError):
            raise UserError(self.env._("The certificate file did not arrive whole.")) from None
        try:
            opened = certificates.open_pfx(data, str(password or ""))
        except CertificateProblem as problem:
            raise UserError(error_text(self.env, problem)) from None
        return self.sudo()._sign_with(opened)

    def _sign_with(self, opened):
        signer = opened.signer
        certificate = self.env["certificate.certificate"].create(
            {
                "name": signer.holder or self.env._("Certificate of %s", self.company_id.name),
                "content": base64.b64encode(opened.certificate),
                "company_id": self.company_id.id,
            }
        )
        certificate._l10n_cl_keep_key(opened.key)
        former, self.certificate_id = self.certificate_id, certificate
        (former - former._l10n_cl_signing())._l10n_cl_forget_key()
        until = signer.valid_until
        day = format_date(self.env, until.astimezone(clock.CHILE).date())
        text = self.env._(
            "The certificate of %(owner)s (RUT %(rut)s) was loaded; it ends on %(end)s.",
            owner=signer.holder,
            rut=signer.rut or "-",
            end=day,
        )
        self.message_post(body=text)
        self.env["l10n_cl.trace"]._leave("key_loaded", self.company_id, text, self)
        return {
            "owner": signer.holder,
            "rut": signer.rut or False,
            "valid_until": fields.Datetime.to_string(until.replace(tzinfo=None)),
            "last_day": day,
        }

    def _key_obstacles(self):
        """A key that cannot be opened; one that signs in this process is open."""
        if not self._certificate_problem():
            return []
        problem = self.sudo().certificate_id.l10n_cl_key_id._problem()
        return [Obstacle(str(problem), self)] if problem else []

    def _certificate_problem(self):
        """Why nothing can be signed or sent with the certificate; empty when it can."""
        try:
            self._signer()
        except CertificateProblem as problem:
            return error_text(self.env, problem)
        return ""
