from odoo import api, fields, models
from odoo.fields import Domain

from ...sii import kinds
from ...sii.dte.envelope import BOLETA_LIMIT
from ..issuer.channels import BOLETA, DTE


class Envio(models.Model):
    """Boletas have a door of their own at the SII, which may be shut while the other is open."""

    _inherit = "l10n_cl.envio"

    channel = fields.Selection(
        [(DTE, "Invoices and notes (DTEUpload)"), (BOLETA, "Boletas (REST)")],
        required=True,
        default=DTE,
        readonly=True,
        index=True,
        help="The SII's service that it goes through.",
    )


class Dte(models.Model):
    _inherit = "l10n_cl.dte"

    is_boleta = fields.Boolean("Boleta", compute="_compute_is_boleta", search="_search_is_boleta")

    @api.depends("document_code")
    def _compute_is_boleta(self):
        for document in self:
            document.is_boleta = kinds.of(document.document_code).is_boleta

    @api.model
    def _search_is_boleta(self, operator, values):
        if operator != "in":
            return NotImplemented
        boletas = Domain("document_code", "in", kinds.codes(is_boleta=True))
        return Domain.OR(boletas if value else ~boletas for value in values)

    def _is_boleta(self):
        return kinds.of(self.document_code).is_boleta

    def _channel(self):
        """The channel that tells of this document: of its envelope, else of its kind.

        Boletas of a certification set go with the facturas (PROTOCOL 11).
        """
        self.ensure_one()
        return self.envio_id.channel or (BOLETA if self._is_boleta() else DTE)

    def _fellows(self):
        """Boletas that wait like this one and may share its envelope, locked; this one is not
        among them.

        The service for boletas names each document it found fault with (PROTOCOL 4.2), the one
        for facturas only counts them: those go alone.
        """
        self.ensure_one()
        if not self._is_boleta():
            return self.browse()
        alike = [
            ("id", "!=", self.id),
            ("company_id", "=", self.company_id.id),
            ("issuer_id", "=", self.issuer_id.id),
            ("environment", "=", self.environment),
            ("document_code", "in", kinds.codes(is_boleta=True)),
        ]
        domain = [*self._to_seal(), *alike]
        found = self.search(domain, limit=BOLETA_LIMIT - 1, order="document_code, folio")
        return found.try_lock_for_update(allow_referencing=True).filtered_domain(domain)
