"""Odoo's certificate holds what everybody may see; its private key lies in the vault."""

import base64

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import NO_ACCESS

from ...sii.errors import CertificateProblem
from ...sii.signature import certificates
from ..base.texts.errors import error_text


class Certificate(models.Model):
    """In: a certificate that an issuer signs with. Out: its key in the vault, the rest public.

    Never leaves such a key, or its password, in Odoo's own records.
    """

    _inherit = "certificate.certificate"

    l10n_cl_key_id = fields.Many2one(
        "l10n_cl.vault",
        "Key in the vault",
        readonly=True,
        copy=False,
        groups=NO_ACCESS,
        index="btree_not_null",
        ondelete="restrict",
    )

    def _compute_pem_certificate(self):
        """Why a Chilean company's file cannot be read, in our words."""
        result = super()._compute_pem_certificate()
        for certificate in self.filtered("loading_error"):
            if certificate.country_code == "CL":
                certificate.loading_error = certificate._l10n_cl_loading_error()
        return result

    def _l10n_cl_loading_error(self):
        content = base64.b64decode(self.with_context(bin_size=False).content)
        try:
            certificates.open_pfx(content, self.pkcs12_password or "")
        except CertificateProblem as problem:
            return error_text(self.env, problem)
        return self.loading_error

    def write(self, vals):
        """Another file, password or key of a certificate that signs: its owner is read anew, and
        the key is taken into the vault as well."""
        changed = {"content", "pkcs12_password", "private_key_id"} & vals.keys()
        former = self._l10n_cl_issuers()._signer_ruts() if changed else {}
        result = super().write(vals)
        if changed:
            issuers = self._l10n_cl_issuers()
            issuers._forget_signer_ruts(former)
            issuers._take_keys()
        self._l10n_cl_retry_emissions(vals)
        return result

    def unlink(self):
        """Its key goes with it."""
        kept = self.sudo().l10n_cl_key_id
        result = super().unlink()
        kept._drop()
        return result

    def _l10n_cl_signing(self):
        """Those of these certificates that an issuer signs with."""
        return self._l10n_cl_issuers().certificate_id & self.sudo()

    def _l10n_cl_issuers(self):
        """Who signs with these certificates, archived ones too."""
        issuers = self.env["l10n_cl.issuer"].sudo().with_context(active_test=False)
        return issuers.search([("certificate_id", "in", self.ids)])

    def _l10n_cl_holder(self):
        """Whose it is (sii.Holder); None without a certificate that can be read."""
        pem = self.with_context(bin_size=False).pem_certificate
        try:
            return certificates.holder(base64.b64decode(pem)) if pem else None
        except CertificateProblem:
            return None

    def _l10n_cl_take_keys(self):
        """Move private keys into the vault; returns the certificates whose key was moved.

        What is left here is the public certificate. The key's own record is deleted, and whoever
        else signs with it does so from the vault too.
        """
        moved = self.browse()
        every = self.sudo().with_context(active_test=False, bin_size=False)
        keys = every.private_key_id
        for certificate in every | every.search([("private_key_id", "in", keys.ids)]):
            if key := certificate.private_key_id:
                certificate._l10n_cl_keep_key(self._l10n_cl_plain(key))
                moved |= certificate
            certificate._l10n_cl_strip()
        # the files go with the rows, at the next cleaning of the filestore
        keys.unlink()
        return moved

    def _l10n_cl_plain(self, key):
        pem = base64.b64decode(key.pem_key or b"")
        try:
            return certificates.plain_key(pem, key.password or "")
        except CertificateProblem as problem:
            raise UserError(error_text(self.env, problem)) from None

    def _l10n_cl_keep_key(self, pem):
        """Keep this key in the vault, in place of another one."""
        former = self.l10n_cl_key_id
        self.l10n_cl_key_id = self.env["l10n_cl.vault"]._put(f"certificate {self.id}", pem)
        self.flush_recordset(["l10n_cl_key_id"])
        former._drop()

    def _l10n_cl_forget_key(self):
        """Nobody signs with it any more."""
        kept = self.l10n_cl_key_id
        self.l10n_cl_key_id = False
        self.flush_recordset(["l10n_cl_key_id"])
        kept._drop()

    def _l10n_cl_strip(self):
        """Leave nothing in the record but what its public certificate states."""
        if self.pem_certificate and (
            self.content != self.pem_certificate or self.pkcs12_password or self.private_key_id
        ):
            self.write(
                {
                    "content": self.pem_certificate,
                    "pkcs12_password": False,
                    "private_key_id": False,
                }
            )
