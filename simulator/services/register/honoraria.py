"""Reports of fee receipts, as the portal's pages give them (PROTOCOL 9.4).

BHE come as assignments of JavaScript, a hundred a page, BTE as rows of a table, fifty a page.
"""

import re
from html import escape
from typing import Any

from werkzeug.wrappers import Request

from ... import ruts
from ...office import Office
from ...state.script import Action, Documents
from ..answer import Answer
from .channel import LOGIN_PAGE

OPERATION = "honoraria"
_BHE = {
    "TMBCOC_InformeMensualBheRec.cgi": "bhe_received",
    "TMBCOC_InformeMensualBhe.cgi": "bhe_issued",
}
_BTE = {"1": ("bte_issued", "EMITIDAS"), "2": ("bte_received", "RECIBIDAS")}
ROUTES = (
    *(("GET", f"/cgi_IMT/{page}", OPERATION) for page in _BHE),
    *(("POST", f"/cgi_IMT/{page}", OPERATION) for page in _BHE),
    ("GET", "/cvc_cgi/bte/bte_indiv_cons2", OPERATION),
    ("POST", "/cvc_cgi/bte/bte_indiv_cons2", OPERATION),
)
_PAGE_BHE, _PAGE_BTE = 100, 50
_AMOUNTS = re.compile("honorarios|retencion")
_COLUMNS = (
    "folio",
    "estado",
    "fecha_emision",
    "rut_emisor",
    "nombre_emisor",
    "fecha_recepcion",
    "rut_prestador",
    "nombre_prestador",
    "bruto",
    "retenido",
    "pagado",
)


class HonorariaChannel:
    def __init__(self, office: Office):
        self._office = office

    def answer(
        self, request: Request, _operation: str, _arguments: dict[str, Any], action: Action | None
    ) -> Answer:
        token = request.cookies.get("TOKEN", "")
        if action and action.name == "token_expired":
            self._office.sessions.expire(token)
        session = self._office.sessions.session(token)
        if session.fault or not request.headers.get("Referer"):
            return LOGIN_PAGE
        values = request.values
        company = self._office.companies.get(self._company(values, session.rut))
        if company is None or session.rut not in company.users:
            return LOGIN_PAGE
        if request.path.startswith("/cvc_cgi"):
            return self._bte(values, company.rut)
        report = _BHE[request.path.rpartition("/")[2]]
        month = f"{values.get('cbanoinformemensual')}-{values.get('cbmesinformemensual')}"
        rows = self._office.register.rows(company.rut, month, report)
        return _bhe(rows, int(values.get("pagina_solicitada", 0)))

    def _company(self, values: Any, person: str) -> str:
        """Whose report: BHE's pages name it; BTE's are of whom the login stands for."""
        if values.get("rut_arrastre"):
            return ruts.join(values["rut_arrastre"], values.get("dv_arrastre", ""))
        own = [each.rut for each in self._office.companies.all() if person in each.users]
        return own[0] if own else ""

    def _bte(self, values: Any, rut: str) -> Answer:
        report, title = _BTE[values.get("CNTR", "1")]
        rows = self._office.register.rows(rut, f"{values.get('ANOM')}-{values.get('MESM')}", report)
        page = int(values.get("PAGINA", 1))
        pages = max(1, -(-len(rows) // _PAGE_BTE))
        shown = rows[(page - 1) * _PAGE_BTE : page * _PAGE_BTE]
        body = "".join(
            '<tr><td><a href="bte_indiv_cons3?FOLIO=1"><img src="b.gif"></a></td>'
            + "".join(f"<td>{_cell(row.get(name))}</td>" for name in _COLUMNS)
            + "</tr>"
            for row in shown
        )
        return _page(
            f"<center>INFORME BTE's {title}<br>P&aacute;gina {page} de {pages}<br>"
            f"Total Boletas : {len(rows)}<table>{body}<tr><td>Totales</td></tr></table></center>",
            f"{report}: {len(shown)} of {len(rows)}",
        )

    def documents(self, _operation: str, _body: bytes, _arguments: dict[str, Any]) -> Documents:
        """None: what is asked are reports."""
        return []


def _bhe(rows: list[dict[str, Any]], page: int) -> Answer:
    if not rows:
        return _page("<b>INFORME MENSUAL</b> NO REGISTRA MOVIMIENTOS", "bhe: empty")
    shown = rows[page * _PAGE_BHE : (page + 1) * _PAGE_BHE]
    script = "\n".join(
        f"arr_informe_mensual['{name}_{number}'] = {_value(name, value)};"
        for number, row in enumerate(shown, start=1)
        for name, value in row.items()
    )
    total = f"xml_values['total_boletas'] = formatMiles(\"{len(rows)}\",'.');"
    count = f"CantidadFilas={len(shown)};"
    return _page(
        f"<b>INFORME MENSUAL</b><script>\n{count}\n{total}\n{script}\n</script>",
        f"bhe: {len(shown)} of {len(rows)}",
    )


def _value(name: str, value: Any) -> str:
    text = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return f"formatMiles(\"{text}\",'.')" if _AMOUNTS.search(name) else f'"{text}"'


def _cell(value: Any) -> str:
    return f"{value:,}".replace(",", ".") if isinstance(value, int) else escape(str(value or ""))


def _page(content: str, outcome: str) -> Answer:
    return Answer(
        f"<html><body>{content}</body></html>".encode("iso-8859-1", "replace"),
        outcome,
        "text/html; charset=iso-8859-1",
    )
