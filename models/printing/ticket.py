import math

from odoo import models
from odoo.exceptions import UserError

from ...sii.codes import ANONYMOUS_RUT
from ...sii.printing import sheet, words

# Characters in a row of the paper, and how high things are on it, with some to spare.
_ROW_LENGTH = 38
_LABEL_LENGTH = 26
_ROW = 3.6
_FIXED, _STAMP = 50, 50
_QR = 42


class AccountMove(models.Model):
    """The document on a roll of paper 80 mm wide (PROTOCOL 6.3), read from its signed XML."""

    _inherit = "account.move"

    def _l10n_cl_check_tickets(self):
        """A ticket stands for what is signed; before that there is nothing to stamp."""
        for move in self:
            if not move._l10n_cl_printed_dte():
                raise UserError(
                    self.env._(
                        "%s is not signed: there is no ticket of it. Confirm it first; what the "
                        "SII rejected is corrected and confirmed again.",
                        move.display_name,
                    )
                )

    def _l10n_cl_sheet(self):
        """The sii.Sheet of the signed document."""
        return sheet.read(self._l10n_cl_printed_dte()._xml_bytes())

    def _l10n_cl_ticket_values(self):
        """What the ticket's template shows."""
        self.ensure_one()
        content = self._l10n_cl_sheet()
        return {
            "sheet": content,
            "words": words,
            "named": content.receiver.rut != ANONYMOUS_RUT,
            "office": self._l10n_cl_sii_office(),
            "resolution": self._l10n_cl_resolution_legend(),
            "stamp": self._l10n_cl_stamp_image(),
            "stamp_qr": self._l10n_cl_qr_image(),
            "page_qr": self._l10n_cl_prints_ticket_page() and self._l10n_cl_page_qr(),
            "query": self._l10n_cl_query_address(),
        }

    def _l10n_cl_prints_ticket_page(self):
        """Whether the ticket bears the QR code of the document's page."""
        wanted = self._l10n_cl_printed_dte().issuer_id.ticket_page_qr
        return wanted or not self._l10n_cl_prints_stamp()

    def _l10n_cl_ticket_height(self):
        """Millimetres of paper that the ticket takes."""
        content = self._l10n_cl_sheet()
        rows = sum(math.ceil(len(text) / _ROW_LENGTH) for text in _texts(content))
        rows += sum(
            math.ceil(len(row.label) / _LABEL_LENGTH)
            for row in words.figure_rows(content.kind, content.adjustments, content.totals)
        )
        issuer = self._l10n_cl_printed_dte().issuer_id
        stamped = self._l10n_cl_prints_stamp()
        codes = int(issuer.print_qr and stamped) + int(self._l10n_cl_prints_ticket_page())
        rows += math.ceil(len(f"o en {self._l10n_cl_query_address()}") / _ROW_LENGTH)
        return round(_FIXED + _STAMP * stamped + _ROW * rows + _QR * codes)


def _texts(content):
    """Each text that a ticket prints above its figures, on rows of its own."""
    yield from (content.issuer.name, content.issuer.giro, words.place(content.issuer))
    if content.receiver.rut != ANONYMOUS_RUT:
        yield from (content.receiver.rut, f"Señor(es): {content.receiver.name}")
        yield f"Giro: {content.receiver.giro}"
        yield f"Dirección: {words.place(content.receiver)}"
    for label, text in words.header_rows(content):
        yield f"{label}: {text}"
    yield from map(words.cited, content.references)
    for line in content.lines:
        yield from (line.name, *line.description.splitlines(), words.counted(line) or "-")
