from datetime import datetime

from odoo import api, models

from ..sii import rut as rut_of
from ..sii.codes import TipoDte

QUERY = "/consulta-dte"
# Wrong guesses at one document within an hour before it is not looked up any more.
_GUESSES = 10
_HOUR = 3600
_BIGGEST_FOLIO, _BIGGEST_TOTAL = 10**10, 10**18


class Dte(models.Model):
    """The page on which whoever has a printed document finds it: type, folio, date and total.

    What is asked is no secret of 256 bits as a token is: somebody who knows a folio and its day
    could try totals. So the limiter is asked before the document is, the right one waits too.
    """

    _inherit = "l10n_cl.dte"

    @api.model
    def _query_url(self, issuer):
        """Address of the page, short enough to be typed; with several issuers it names this one."""
        several = self.env["l10n_cl.issuer"].sudo().search_count([], limit=2) > 1
        path = f"{QUERY}/{issuer.company_rut}" if several else QUERY
        return f"{issuer.get_base_url()}{path}"

    @api.model
    def _query_kinds(self):
        """(code, legal name) of the types that the page offers, boletas first."""
        moves = self.env["account.move"]
        first = (TipoDte.BOLETA, TipoDte.BOLETA_EXENTA)
        kinds = [*first, *(kind for kind in TipoDte if kind not in first)]
        return [(kind.value, moves._l10n_cl_words().document_name(kind)) for kind in kinds]

    @api.model
    def _query(self, rut, kind, folio, day, total):
        """(document, seconds to wait): who asks for what is not there gets an empty one.

        rut: the issuer's, or empty. kind, folio, total: int; day: date. Unknown and wrong are the
        same to whoever asks, in the answer and in what is done for it.
        """
        limiter = self.env["l10n_cl.limiter"].sudo()
        place = f"query {kind} {folio}"
        if wait := limiter._waits(place, _HOUR, _GUESSES):
            return self.browse(), wait
        found = self._query_find(rut, kind, folio)
        found = found.filtered(lambda dte: (dte.issued_on, dte.amount_total) == (day, total))
        if len(found) == 1:
            return found, 0
        limiter._failed(place, window=_HOUR, patience=_GUESSES, with_address=False)
        return self.browse(), limiter._failed()

    @api.model
    def _query_find(self, rut, kind, folio):
        if not (0 < folio < _BIGGEST_FOLIO):
            return self.browse()
        # by the index of folios, which begins with the RUT
        every = self.env["l10n_cl.issuer"].sudo().search([("active", "in", [True, False])])
        ruts = [rut] if rut else every.mapped("company_rut")
        found = self.sudo().search(
            [
                ("issuer_rut", "in", [each for each in ruts if each]),
                ("environment", "in", ["production", "certification"]),
                ("document_code", "=", kind),
                ("folio", "=", folio),
            ]
        )
        return found.filtered(lambda dte: dte.move_id and dte.xml_sha256)


def query_rut(text):
    """A RUT as it is kept, empty when it is none."""
    return rut_of.canonical(text) if text and rut_of.is_valid(text) else ""


def query_number(text, below):
    """What somebody copied from paper: ``$ 12.990``; None when it is no number."""
    digits = "".join((text or "").split()).removeprefix("$").replace(".", "")
    number = int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 20 else None
    return number if number is not None and number < below else None


def query_day(text):
    """A day as browsers send it, or as documents print it; None when it is none."""
    for form in ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"):
        try:
            return datetime.strptime(text or "", form).date()
        except ValueError:
            continue
    return None


def query_folio(text):
    """A folio that was typed, or None."""
    return query_number(text, _BIGGEST_FOLIO)


def query_total(text):
    """Pesos that were typed, or None."""
    return query_number(text, _BIGGEST_TOTAL)
