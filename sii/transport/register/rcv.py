"""The SII's register of purchases and sales, asked through its JSON facade (PROTOCOL 9.2)."""

import io
import json
import re
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from ... import rut
from ...errors import Busy, OutcomeUnknown, Refused, RegisterProblem
from ...register.csv_file import RegisterFile
from ...register.facade import (
    LISTS,
    RegisterList,
    TypeTotals,
    has_other_taxes,
    read_detail,
    read_totals,
)
from ...register.row import Row
from ...signature.signer import Signer
from ..channel import Channel
from ..endpoints import Endpoints
from ..gateway import TOKENS
from ..http import Answer, Http
from ..soap import Soap
from ..token import Login, NotAuthenticated, TokenCache

REGISTER_LIMIT = 96 * 1024 * 1024
"""Bytes of an answer; a document takes some 900, and a type of a month comes as one answer."""

_NAMESPACE = "cl.sii.sdi.lob.diii.consdcv.data.api.interfaces.FacadeService"
_OK, _NO_MOVEMENTS = "0", "3"
_LOGIN_STATUS = (301, 302, 303, 307, 401, 403)
_LOGIN_WORDS = re.compile(r"autentic|sesi[oó]n|CAutInicio|IngresoRutClave", re.IGNORECASE)
# Clients of the portal send what its page would; the values are constant in practice.
_CAPTCHA = {"tokenRecaptcha": "t-o-k-e-n-web"}
_CAPTCHA_ACTIONS = {
    "getDetalleCompra": "RCV_DETC",
    "getDetalleVenta": "RCV_DETV",
    "getDetalleCompraExport": "RCV_DDETC",
    "getDetalleVentaExport": "RCV_DDETV",
}


class RegisterGateway(Channel):
    """The register of one signer's companies; it is kept for production only.

    Methods raise NotSent and Busy (nothing happened, try again), CertificateProblem and Refused
    (an answer, and it is no: the signer may not see the company's register).
    """

    def __init__(self, endpoints: Endpoints, signer: Signer, tokens: TokenCache = TOKENS):
        super().__init__(endpoints, signer)
        self._login = Login(endpoints.base, Soap(endpoints, self._http), signer, tokens)
        self._register = Http(endpoints, answer_limit=REGISTER_LIMIT)

    def __exit__(self, *error: Any) -> None:
        super().__exit__(*error)
        self._register.close()

    def fetch(self, company: str, period: str, since: datetime | None = None) -> Iterator[Row]:
        """Everything a month's register holds of a company. period: ``AAAA-MM``.

        The facade knows no changes since a moment; all of the month comes, whatever ``since``.
        """
        for listing in LISTS:
            yield from self.fetch_list(company, period, listing)

    def fetch_list(self, company: str, period: str, listing: RegisterList) -> list[Row]:
        """One list of a month, whole: documents, and totals of types that have no documents.

        Raises Busy("register_incomplete") when fewer documents come than the summary counts.
        """
        rows: list[Row] = []
        for totals in self._totals(company, period, listing):
            if totals.has_details:
                rows += self._documents(company, period, listing, totals)
            elif totals.documents:
                rows.append(totals.row(listing.book, listing.status, period))
        return rows

    def _totals(self, company: str, period: str, listing: RegisterList) -> list[TypeTotals]:
        question = _question(company, period, listing) | {"busquedaInicial": True}
        return [read_totals(each) for each in self._ask("getResumen", question)]

    def _documents(
        self, company: str, period: str, listing: RegisterList, totals: TypeTotals
    ) -> list[Row]:
        method = f"getDetalle{listing.operacion.title()}"
        question = _question(company, period, listing) | {"codTipoDoc": totals.document_type}
        found = self._ask(method, question)
        if len(found) < totals.documents:
            raise Busy("register_incomplete", expected=totals.documents, found=len(found))
        rows = [read_detail(each, listing.book, listing.status, period) for each in found]
        if any(map(has_other_taxes, found)):
            taxes = self._other_taxes(f"{method}Export", question, period)
            rows = [_with_taxes(row, taxes) for row in rows]
        return rows

    def _other_taxes(self, method: str, question: Mapping[str, Any], period: str) -> dict[str, Any]:
        """Further taxes by document: only the exported lines break them down."""
        lines = self._ask(method, question, of=str)
        text = "\n".join([*lines, ""])
        try:
            file = RegisterFile(io.BytesIO(text.encode()))
            rows = list(file.rows(period))
        except RegisterProblem as error:
            raise Busy("answer_unreadable", reason=error.problems[0].code) from error
        if file.problems:
            raise Busy("answer_unreadable", reason=file.problems[0].code)
        return {row.identity: row.detail["other_taxes"] for row in rows}

    def _ask(self, method: str, question: Mapping[str, Any], of: type = dict) -> list[Any]:
        action = _CAPTCHA_ACTIONS.get(method)
        captcha = {"accionRecaptcha": action, **_CAPTCHA} if action else {}
        data = {**question, **captcha}
        return self._login.run(lambda token: _data(self._post(method, data, token), of))

    def _post(self, method: str, data: Mapping[str, Any], token: str) -> Answer:
        body = {
            "metaData": {
                "namespace": f"{_NAMESPACE}/{method}",
                "conversationId": token,
                "transactionId": str(uuid.uuid4()),
                "page": None,
            },
            "data": data,
        }
        headers = {
            "Content-Type": "application/json",
            "Accept": "application/json, text/plain, */*",
            "Cookie": f"TOKEN={token}",
        }
        address = f"{self._endpoints.register}/{method}"
        try:
            return self._register.post(f"rcv.{method}", address, json.dumps(body).encode(), headers)
        except OutcomeUnknown as lost:
            # asking changes nothing
            raise Busy(lost.code, **lost.data) from lost


def _question(company: str, period: str, listing: RegisterList) -> dict[str, Any]:
    body, digit = rut.split(company)
    return {
        "rutEmisor": body,
        "dvEmisor": digit,
        "ptributario": period.replace("-", ""),
        "estadoContab": listing.estado,
        "operacion": listing.operacion,
    }


def _data(answer: Answer, of: type) -> list[Any]:
    """The lines of an answer. Raises Busy, NotAuthenticated and Refused."""
    _check(answer)
    try:
        data = json.loads(answer.text)
        state = data["respEstado"]
        code, text = str(state["codRespuesta"]), str(state.get("msgeRespuesta") or "")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Busy("answer_unreadable", reason=type(error).__name__) from error
    if code == _NO_MOVEMENTS:
        return []
    if code != _OK:
        if _LOGIN_WORDS.search(text):
            raise NotAuthenticated(code, text[:200])
        raise Refused("register_refused", sii_code=code, text=text[:200])
    lines = data.get("data")
    if lines is None:
        return []
    if not isinstance(lines, list) or not all(isinstance(each, of) for each in lines):
        raise Busy("answer_unreadable", reason="data")
    return lines


def is_login_page(answer: Answer) -> bool:
    """Whether the portal asks to log in, in whichever of its ways."""
    asks = answer.is_html and _LOGIN_WORDS.search(answer.text[:4000])
    return answer.status in _LOGIN_STATUS or bool(asks)


def _check(answer: Answer) -> None:
    if is_login_page(answer):
        raise NotAuthenticated(str(answer.status))
    if answer.is_html:
        raise Busy("html_page", retry_after=answer.retry_after)
    if answer.status != 200:
        raise Busy("http_status", retry_after=answer.retry_after, http_status=answer.status)


def _with_taxes(row: Row, taxes: Mapping[str, Any]) -> Row:
    return replace(row, detail={**row.detail, "other_taxes": taxes.get(row.identity)})
