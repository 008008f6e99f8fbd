"""The facade of the register of purchases and sales: JSON, POST only (PROTOCOL 9.2)."""

import json
from collections import defaultdict
from typing import Any

from werkzeug.wrappers import Request

from ... import registered, ruts
from ...office import Office
from ...state.register import OPERACIONES
from ...state.script import Action, Documents
from ..answer import Answer
from . import export as rcv_export

OPERATION = "register"
ROUTES = (("POST", "/consdcvinternetui/services/data/facadeService/<method>", OPERATION),)
LOGIN_PAGE = Answer(
    '<html><head><title>Identificación de Contribuyentes</title></head><body><form action="'
    'https://zeusr.sii.cl/cgi_AUT2000/CAutInicio.cgi">Usted no se encuentra autenticado, o '
    "posiblemente expiró el tiempo de conexión</form></body></html>".encode("iso-8859-1"),
    "login page",
    "text/html; charset=iso-8859-1",
)
_RESTEASY = Answer(
    b"RESTEASY001530: Unable to find a MessageBodyReader", "Accept refused", "text/plain", 500
)
_NAMESPACE = "cl.sii.sdi.lob.diii.consdcv.data.api.interfaces.FacadeService"
_CAPTCHA = {
    "getDetalleCompra": "RCV_DETC",
    "getDetalleVenta": "RCV_DETV",
    "getDetalleCompraExport": "RCV_DDETC",
    "getDetalleVentaExport": "RCV_DDETV",
}
_SUMS = {
    "rsmnMntExe": "detMntExe",
    "rsmnMntNeto": "detMntNeto",
    "rsmnMntIVA": "detMntIVA",
    "rsmnMntIVANoRec": "detMntIVANoRec",
    "rsmnMntTotal": "detMntTotal",
}


class RefusedError(Exception):
    """A codRespuesta and its text."""

    def __init__(self, code: int, text: str):
        super().__init__(text)
        self.code, self.text = code, text


class RcvChannel:
    def __init__(self, office: Office):
        self._office = office

    def answer(
        self, request: Request, _operation: str, arguments: dict[str, Any], action: Action | None
    ) -> Answer:
        accept = request.headers.get("Accept", "")
        if request.mimetype != "application/json" or "*/*" not in accept:
            return _RESTEASY
        token = request.cookies.get("TOKEN", "")
        if action and action.name == "token_expired":
            self._office.sessions.expire(token)
        session = self._office.sessions.session(token)
        if session.fault or "Mozilla" not in request.headers.get("User-Agent", ""):
            return LOGIN_PAGE
        method = arguments["method"]
        try:
            found = self._lines(method, _read(request, method), session.rut)
        except RefusedError as refused:
            return _json(method, None, refused.code, refused.text)
        if action and action.name == "half":
            found = found[: len(found) // 2]
        if not found:
            return _json(method, None, 3, "No existen movimientos para el periodo")
        return _json(method, found, 0, "")

    def documents(self, _operation: str, _body: bytes, _arguments: dict[str, Any]) -> Documents:
        """None: what is asked are lists."""
        return []

    def _lines(self, method: str, data: dict[str, Any], person: str) -> list[Any]:
        operacion, estado = str(data.get("operacion")), str(data.get("estadoContab"))
        if estado not in OPERACIONES.get(operacion, ()):
            raise RefusedError(2, "Parámetros inválidos")
        rut = ruts.join(str(data.get("rutEmisor")), str(data.get("dvEmisor")))
        company = self._office.companies.get(rut)
        if company is None or person not in company.users:
            raise RefusedError(99, "El usuario no tiene permisos sobre el contribuyente")
        period = str(data.get("ptributario"))
        name = f"{operacion}/{estado}"
        rows = registered.rows(self._office, rut, f"{period[:4]}-{period[4:]}", name)
        if method == "getResumen":
            return _summary(rows)
        documents = [_document(row) for row in rows if "detTipoDoc" in row]
        if method == f"getDetalle{operacion.title()}":
            wanted = _of_type(documents, data)
            return [{key: row[key] for key in row if key != "otros"} for row in wanted]
        if method == f"getDetalle{operacion.title()}Export":
            wanted = _of_type(documents, data)
            return rcv_export.lines(operacion, estado, wanted) if wanted else []
        raise RefusedError(2, f"No existe {method}")


def _read(request: Request, method: str) -> dict[str, Any]:
    try:
        body = json.loads(request.get_data())
        meta, data = body["metaData"], dict(body["data"])
    except (ValueError, KeyError, TypeError) as error:
        raise RefusedError(1, "Solicitud mal formada") from error
    if meta.get("namespace") != f"{_NAMESPACE}/{method}" or not meta.get("conversationId"):
        raise RefusedError(1, "metaData inválida")
    captcha = _CAPTCHA.get(method)
    if captcha and (data.get("accionRecaptcha") != captcha or not data.get("tokenRecaptcha")):
        raise RefusedError(4, "Recaptcha inválido")
    return data


def _of_type(documents: list[dict[str, Any]], data: dict[str, Any]) -> list[dict[str, Any]]:
    wanted = int(data.get("codTipoDoc") or 0)
    return [row for row in documents if wanted in (0, row["detTipoDoc"])]


def _document(row: dict[str, Any]) -> dict[str, Any]:
    others = row.get("otros") or []
    return {**row, "totalDtoiMontoImp": sum(tax["valor"] for tax in others) or None}


def _summary(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    by_type: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        if "detTipoDoc" in row:
            by_type[row["detTipoDoc"]].append(row)
    detailed = [
        {
            "rsmnTipoDocInteger": type_,
            "dcvTipoIngresoDoc": "DET_ELE",
            "rsmnTotDoc": len(of_type),
            **{key: sum(row.get(each) or 0 for row in of_type) for key, each in _SUMS.items()},
        }
        for type_, of_type in sorted(by_type.items())
    ]
    totals = [row for row in rows if "rsmnTipoDocInteger" in row]
    return [*detailed, *({"dcvTipoIngresoDoc": "RES_ELE", **row} for row in totals)]


def _json(method: str, data: list[Any] | None, code: int, text: str) -> Answer:
    body = {
        "data": data,
        "dataResp": None,
        "metaData": {"namespace": f"{_NAMESPACE}/{method}"},
        "respEstado": {"codRespuesta": code, "msgeRespuesta": text or None, "codError": None},
    }
    return Answer(
        json.dumps(body, ensure_ascii=False).encode(),
        f"{method}: codRespuesta {code} {text}, {len(data or ())} lines",
        "application/json; charset=utf-8",
    )
