"""Fee receipts, asked page by page at the portal (PROTOCOL 9.4)."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from urllib.parse import urlencode

from ... import rut
from ...errors import Busy, OutcomeUnknown
from ...register.honoraria import BHE_PAGE, ReportPage, read_bhe, read_bte
from ...register.row import Row
from ...signature.signer import Signer
from ..channel import Channel
from ..endpoints import Endpoints
from ..gateway import TOKENS
from ..http import Answer
from ..soap import Soap
from ..token import Login, NotAuthenticated, TokenCache
from .rcv import is_login_page

REPORTS = ("bhe_received", "bhe_issued", "bte_received", "bte_issued")
"""Reports of one month; ``issued`` and ``received`` as seen from the company."""

_BHE_PAGES = {
    "received": "TMBCOC_InformeMensualBheRec.cgi",
    "issued": "TMBCOC_InformeMensualBhe.cgi",
}
_BHE_MENU = "TMBCOC_MenuConsultasContribRec.cgi"
_BTE_SIDE = {"issued": "1", "received": "2"}
_MOST_PAGES = 500


class HonorariaGateway(Channel):
    """The reports of one signer's companies; they are kept for production only.

    Methods raise NotSent and Busy (nothing happened, try again), CertificateProblem and Refused.
    """

    def __init__(self, endpoints: Endpoints, signer: Signer, tokens: TokenCache = TOKENS):
        super().__init__(endpoints, signer)
        self._login = Login(endpoints.base, Soap(endpoints, self._http), signer, tokens)

    def fetch(self, company: str, period: str, since: datetime | None = None) -> Iterator[Row]:
        """All fee receipts of a month. The reports know no changes since a moment."""
        for report in REPORTS:
            yield from self.fetch_report(company, period, report)

    def fetch_report(self, company: str, period: str, report: str) -> list[Row]:
        """One report of a month, whole. Raises Busy("register_incomplete") when pages are missing.

        period: ``AAAA-MM``. report: of ``REPORTS``.
        """
        kind, side = report.split("_")
        rows: list[Row] = []
        for number in range(_MOST_PAGES):
            page = self._page(kind, side, company, period, number)
            rows += page.rows
            last = number + 1 >= (page.pages or -(-page.total // BHE_PAGE))
            if last and len(rows) == page.total:
                return rows
            if last or not page.rows:
                raise Busy("register_incomplete", expected=page.total, found=len(rows))
        raise Busy("answer_too_long", limit=_MOST_PAGES)

    def _page(self, kind: str, side: str, company: str, period: str, number: int) -> ReportPage:
        year, month = period.split("-")
        if kind == "bte":
            address = self._endpoints.third_parties
            form = {
                "CNTR": _BTE_SIDE[side],
                "PAGINA": str(number + 1),
                "AUTEN": "RUTCLAVE",
                "TIPO": "mensual",
                "MESM": month,
                "ANOM": year,
            }
            text = self._ask("bte", f"{address}/bte_indiv_cons2", address, form)
            return read_bte(text, side, period)
        body, digit = rut.split(company)
        address = self._endpoints.honoraria
        form = {
            "rut_arrastre": body,
            "dv_arrastre": digit,
            "cbmesinformemensual": month,
            "cbanoinformemensual": year,
            "pagina_solicitada": str(number),
        }
        text = self._ask("bhe", f"{address}/{_BHE_PAGES[side]}", f"{address}/{_BHE_MENU}", form)
        return read_bhe(text, side, period)

    def _ask(self, operation: str, address: str, referer: str, form: Mapping[str, str]) -> str:
        def ask(token: str) -> str:
            headers = {
                "Content-Type": "application/x-www-form-urlencoded",
                "Referer": referer,
                "Cookie": f"TOKEN={token}",
            }
            try:
                answer = self._http.post(operation, address, urlencode(form).encode(), headers)
            except OutcomeUnknown as lost:
                # asking changes nothing
                raise Busy(lost.code, **lost.data) from lost
            return _text(answer)

        return self._login.run(ask)


def _text(answer: Answer) -> str:
    if is_login_page(answer):
        raise NotAuthenticated(str(answer.status))
    if answer.status != 200:
        raise Busy("http_status", retry_after=answer.retry_after, http_status=answer.status)
    return answer.text
