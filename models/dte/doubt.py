from odoo import models

from ...sii.errors import Busy, TransportError
from ...sii.signature import signature_value
from ...sii.transport.signature_status import ODD_ANSWERS
from ..issuer.channels import DTE


class Dte(models.Model):
    """The SII holds a document with the data of ours: is it ours?

    Another system may have used the folio for an equal one: same customer, day and total, as
    boletas for nobody in particular often are. Only the signature shows it (PROTOCOL 3.4), or a
    track id that the SII gave for our envelope. Without either nothing is believed and nothing is
    sent.
    """

    _inherit = "l10n_cl.dte"

    def _ask_status(self):
        """What the SII holds of this document (sii.DocumentStatus). Speaks to the SII."""
        self.ensure_one()
        with self.issuer_id._gateway(self._channel()) as gateway:
            return gateway.document_status(
                self.issuer_rut,
                self.receiver_rut,
                self.document_code,
                self.folio,
                self.issued_on,
                self.amount_total,
            )

    def _ask_whether_ours(self):
        """What the SII holds (sii.DocumentStatus): ``is_ours`` when it is this very document,
        ``is_held`` alone when that could not be found out. Speaks to the SII."""
        status = self._ask_status()
        if not status.is_held:
            return status
        compared = self._ask_signature()
        # that it holds nothing contradicts its answer before: it does not know this kind
        return compared if compared and (compared.is_ours or compared.is_foreign) else status

    def _ask_signature(self):
        """The SII's answer about this document with its signature; None: nothing that helps.

        The service is the one of facturas. Whether it knows boletas is not written anywhere: what
        goes wrong with them there is no outage of their own service.
        """
        apart = self._channel() != DTE
        if apart and self.issuer_id._pause_text(DTE):
            return None
        try:
            with self.issuer_id._gateway(DTE) as gateway:
                return gateway.signature_status(
                    self.issuer_rut,
                    self.receiver_rut,
                    self.document_code,
                    self.folio,
                    self.issued_on,
                    self.amount_total,
                    signature_value.of(self._xml_bytes()),
                )
        except TransportError as error:
            odd = isinstance(error, Busy) and error.code in ODD_ANSWERS
            if not odd and not apart:
                raise
            return None
