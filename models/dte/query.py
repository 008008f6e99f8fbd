import ipaddress
import re
from datetime import datetime

from odoo import api, models

from ...sii import kinds
from ...sii import rut as rut_of
from ...sii.printing import words
from ..base.trace import remote_address

QUERY = "/consulta-dte"
# Within an hour. Wrong guesses at one document from one network; and when so many were made from
# all of them together, the few that each of them has.
_GUESSES, _ALL_GUESSES, _FEW = 20, 60, 5
# Of one address, at whatever documents.
_MISSED, _FOUND = 60, 120
_HOUR = 3600
_BIGGEST_FOLIO, _BIGGEST_TOTAL = 10**10, 10**18
_NUMBER = re.compile(
    r"(?:\$|n[°º]?)?([0-9]{1,3}(?:\.[0-9]{3}){1,6}|[0-9]{1,19})(?:,0{1,2})?(?:\.?-)?", re.IGNORECASE
)


class Dte(models.Model):
    """The page on which whoever has a printed document finds it: type, folio, date and total.

    What is asked is no secret of 256 bits as a token is: it can be guessed, total by total, or
    with one price for folio after folio. So the limiter is asked before the document is, and who
    guesses waits, with the right answer too. Only he: guesses are counted by who makes them, and
    whoever holds the paper finds it however often others were wrong (docs/security.md).
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
        boletas, others = (kinds.codes(issued=True, is_boleta=boleta) for boleta in (True, False))
        return [(code, words.document_name(code)) for code in (*boletas, *others)]

    @api.model
    def _query(self, rut, kind, folio, day, total):
        """(document, seconds to wait): who asks for what is not there gets an empty one.

        rut: the issuer's, or empty. kind, folio, total: int; day: date. Unknown and wrong are the
        same to whoever asks, in the answer and in what is done for it.
        """
        tries = _Tries(self.env["l10n_cl.limiter"].sudo(), kind, folio)
        if wait := tries.wait():
            return self.browse(), wait
        found = self._query_find(rut, kind, folio, day, total)
        tries.count(bool(found))
        return found, 0

    @api.model
    def _query_find(self, rut, kind, folio, day, total):
        """By all four at once: what is wrong in one costs what is unknown costs."""
        # by the index of folios, which begins with the RUT
        every = self.env["l10n_cl.issuer"].sudo().search([("active", "in", [True, False])])
        ruts = [rut] if rut else every.mapped("company_rut")
        found = self.sudo().search(
            [
                ("issuer_rut", "in", [each for each in ruts if each]),
                ("environment", "in", ["production", "certification"]),
                ("document_code", "=", kind),
                ("folio", "=", folio),
                ("issued_on", "=", day),
                ("amount_total", "=", total),
                *self._with_source(),
                ("xml_sha256", "!=", False),
            ]
        )
        if len(set(found.mapped("issuer_rut"))) != 1:
            return self.browse()
        # of a sample of the certification with equal data nobody holds the paper
        return found.sorted(lambda dte: dte.environment != "production")[:1]


class _Tries:
    """What was tried within the hour at one document, and by who asks now."""

    def __init__(self, limiter, kind, folio):
        address = remote_address()
        self.limiter = limiter
        self.document = f"query {kind} {folio}"
        self.network = f"{self.document} {_network(address)}"
        self.missed = f"query missed {address}"
        self.found = f"query found {address}"

    def wait(self):
        """Seconds until this one may ask again, 0 when now."""
        asked = (self.document, self.network, self.missed, self.found)
        failures, left = self.limiter._failures(*asked, window=_HOUR)
        guesses = _GUESSES if failures[self.document] < _ALL_GUESSES else _FEW
        limits = ((self.network, guesses), (self.missed, _MISSED), (self.found, _FOUND))
        return left if any(failures[subject] >= most for subject, most in limits) else 0

    def count(self, is_right):
        wrong = (self.document, self.network, self.missed)
        subjects = (self.found,) if is_right else wrong
        self.limiter._failed(*subjects, window=_HOUR, with_address=False)


def _network(address):
    """Where addresses are had by the hundred, all of them are one who guesses at one document."""
    if not address:
        return ""
    if ":" in address:
        return str(ipaddress.ip_network(address).supernet(new_prefix=48))
    return str(ipaddress.ip_network(f"{address}/24", strict=False))


def query_rut(text):
    """A RUT as it is kept, empty when it is none."""
    return rut_of.canonical(text) if text and rut_of.is_valid(text) else ""


def query_number(text, below):
    """What somebody copied from paper: ``$ 12.990.-``, ``N° 7``; None when it is no number."""
    written = _NUMBER.fullmatch("".join((text or "").split()))
    number = int(written[1].replace(".", "")) if written else below
    return number if number < below else None


def query_day(text):
    """A day as browsers send it, or as documents print it; None when it is none."""
    for form in ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y"):
        try:
            return datetime.strptime(text or "", form).date()
        except ValueError:
            continue
    return None


def query_folio(text):
    """A folio that was typed, or None."""
    return query_number(text, _BIGGEST_FOLIO) or None


def query_total(text):
    """Pesos that were typed, or None."""
    return query_number(text, _BIGGEST_TOTAL)
