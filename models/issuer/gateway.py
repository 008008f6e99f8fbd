"""From records to the library's signers and gateways: the one place that reads keys."""

import base64
from contextlib import nullcontext
from dataclasses import replace
from functools import lru_cache

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import ormcache

from ...sii import libraries, rut
from ...sii.codes import SII_RUT, Environment
from ...sii.dte import caf as sii_caf
from ...sii.dte.envelope import Caratula
from ...sii.errors import CertificateProblem
from ...sii.signature import certificates
from ...sii.transport.boleta.gateway import BoletaGateway
from ...sii.transport.endpoints import Endpoints
from ...sii.transport.gateway import Gateway
from ...sii.transport.register.honoraria import HonorariaGateway
from ...sii.transport.register.rcv import RegisterGateway
from ..access import vault_keys as base_vault_keys
from ..base.queue.run import current
from .channels import BOLETA, DTE, HONORARIA, REGISTER

_PARAMETER_BASE_URL = "l10n_cl_sii.base_url"
_PARAMETER_AUTHORITY = "l10n_cl_sii.caf_authority."
_GATEWAYS = {
    DTE: Gateway,
    BOLETA: BoletaGateway,
    REGISTER: RegisterGateway,
    HONORARIA: HonorariaGateway,
}


@lru_cache(maxsize=32)
def _load_signer(certificate_pem, kept, keys):
    """Opened once a process, and anew when the server's keys are others."""
    return certificates.from_pem(certificate_pem, base_vault_keys.unseal(kept, keys))


class Issuer(models.Model):
    """In: an issuer. Out: its signer, the cover of what it sends, its channels to the SII.

    Never leaves a key in a record or a log; a copy of the database gets no channel.
    """

    _inherit = "l10n_cl.issuer"

    def _signer(self):
        """The key that signs for this issuer; a run keeps it. Raises CertificateProblem when it
        cannot be used."""
        self.ensure_one()
        run = current(self.env)
        return run.keep(("signer", self.id), self._open_signer) if run else self._open_signer()

    def _open_signer(self):
        for package, reason in libraries.unfit().items():
            raise CertificateProblem("library_unfit", package=package, reason=reason)
        signer = self._kept_signer(self.sudo().certificate_id)
        if not signer.rut and self.sender_rut:
            return replace(signer, rut=rut.canonical(self.sender_rut))
        return signer

    # another file is another moment, another key another row, in the same transaction too
    @ormcache(
        "certificate.id",
        "certificate.write_date",
        "certificate.l10n_cl_key_id.id",
        "self.env['l10n_cl.vault']._mark()",
        cache="stable",
    )
    def _kept_signer(self, certificate):
        """The signer of a certificate, read once a process."""
        pem = certificate.with_context(bin_size=False).pem_certificate
        if not pem:
            raise CertificateProblem("certificate_missing")
        if not certificate.l10n_cl_key_id:
            raise CertificateProblem("key_missing")
        try:
            keys = base_vault_keys.known()
            return _load_signer(base64.b64decode(pem), certificate.l10n_cl_key_id.kept, keys)
        except base_vault_keys.KeyProblem as problem:
            raise CertificateProblem(problem.code, **problem.data) from None

    def _signer_for(self, what, record):
        """The key that signs, and a line for the managers on who had ``what`` signed.

        Tax documents and envelopes have it in their own history. Raises CertificateProblem.
        """
        signer = self._signer()
        self.env["l10n_cl.trace"]._leave("signature", self.company_id, what, record)
        return signer

    def _caratula(self, receiver_rut=SII_RUT):
        """The cover of what goes out in this issuer's name, to the SII unless stated otherwise."""
        self.ensure_one()
        return Caratula(
            issuer_rut=self.company_rut,
            sender_rut=rut.canonical(self.sender_rut),
            resolution_date=self.resolution_date,
            resolution_number=self.resolution_number,
            receiver_rut=receiver_rut,
        )

    def _gateway(self, channel=DTE):
        """A channel to the SII of this issuer's environment, spoken to with its certificate: a
        context manager. A run keeps its connections until it ends.

        The only door to the SII: it is shut in a copy of the database (UserError).
        """
        self.ensure_one()
        if self.is_shut:
            raise UserError(self._copy_text())
        environment, base_url = Environment(self.environment), self._base_url()

        def connect():
            return _GATEWAYS[channel](Endpoints(environment, override=base_url), self._signer())

        run = current(self.env)
        if not run:
            return connect()
        return nullcontext(run.keep_open((channel, self.id, environment, base_url), connect))

    def _base_url(self):
        """Address that stands in for all of the SII's hosts; None in the real world."""
        return self.env["ir.config_parameter"].sudo().get_param(_PARAMETER_BASE_URL) or None

    def _caf_authorities(self):
        """IDK -> key that may have signed this issuer's CAFs.

        Beside the SII's own two: those of simulators, never in production.
        """
        self.ensure_one()
        authorities = dict(sii_caf.AUTHORITIES)
        if self.environment == Environment.PRODUCTION:
            return authorities
        parameters = (
            self.env["ir.config_parameter"]
            .sudo()
            .search_fetch([("key", "=like", f"{_PARAMETER_AUTHORITY}%")], ["key", "value"])
        )
        for parameter in parameters:
            idk = int(parameter.key.removeprefix(_PARAMETER_AUTHORITY))
            authorities[idk] = sii_caf.authority_from_pem(parameter.value.encode())
        return authorities
