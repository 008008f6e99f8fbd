from odoo import models

from ...sii import clock, kinds
from ...sii.books import consumo_folios


class Issuer(models.Model):
    """The folios of boletas, and of the notes over them, that a day used up (PROTOCOL 4.5)."""

    _inherit = "l10n_cl.issuer"

    def _consumo_folios(self, day, sequence):
        """The signed summary (ConsumoFolios) of a day, as bytes.

        sequence: 1 for the first of that day, higher for each that replaces it. Raises
        InvalidDocument and CertificateProblem.
        """
        self.ensure_one()
        return consumo_folios.write(
            self._caratula(),
            day,
            [document._used_folio() for document in self._documents_of_day(day)],
            sequence,
            self._signer_for(self.env._("Daily summary of folios (RCOF)"), self),
            clock.now(),
            schemas=self._schemas(),
        )

    def _documents_of_day(self, day):
        """Those that the summary lists; what the SII rejected is none yet."""
        found = self.env["l10n_cl.dte"].search(
            [
                ("issuer_id", "=", self.id),
                ("environment", "=", self.environment),
                ("document_code", "in", kinds.codes(daily_summary=True)),
                ("issued_on", "=", day),
                ("state", "not in", ("pending", "rejected", "foreign", "elsewhere")),
            ],
            order="document_code, folio",
        )
        return found.filtered(lambda document: document._is_boleta() or document._is_over_boleta())


class Dte(models.Model):
    _inherit = "l10n_cl.dte"

    def _is_over_boleta(self):
        references = self.payload["document"]["references"]
        return any(kinds.of(each["document_type"]).is_boleta for each in references)

    def _used_folio(self):
        totals = self.payload["document"]["totals"]
        return consumo_folios.UsedFolio(
            kind=self.document_code,
            folio=self.folio,
            total=totals["total"],
            net=totals["net"] or 0,
            vat=totals["vat"] or 0,
            exempt=totals["exempt"] or 0,
            voided=self.state == "void",
        )
