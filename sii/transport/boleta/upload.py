"""An envelope of boletas goes out once, and what came of it is never guessed (PROTOCOL 4.1-4.3)."""

import re
from typing import Any

from ...errors import OutcomeUnknown, Refused
from ..http import Answer, Http
from ..replies import Received
from ..upload import Upload, check_http, read_page
from .rest import check_busy, read_json

_WRONG_HOST = re.compile(r"Acceso Denegado", re.IGNORECASE)
_TRUNCATED = "LPX-00007"


def send(upload: Upload, http: Http, token: str) -> Received:
    """Send the bytes as they are, once; raises as ``Upload.send`` does."""
    body, content_type = upload.form()
    headers = {
        "Content-Type": content_type,
        "Accept": "application/json",
        "Cookie": f"TOKEN={token}",
    }
    return read_receipt(http.post("boleta.envio", upload.url, body, headers))


def read_receipt(answer: Answer) -> Received:
    """What the SII answers about the file it was given; raises as ``Upload.send`` does."""
    check_busy(answer)
    check_http(answer)
    if _WRONG_HOST.search(answer.text):
        raise Refused("http_status", sii_code=str(answer.status), text="Acceso Denegado")
    if answer.is_html:
        read_page(answer)
    if answer.status != 200:
        raise OutcomeUnknown("http_status", http_status=answer.status)
    try:
        data = read_json(answer.text)
    except ValueError as error:
        raise OutcomeUnknown("answer_unreadable") from error
    track_id = _track_id(data.get("trackid"))
    if track_id:
        return Received(track_id, str(data.get("fecha_recepcion") or ""), answer.text)
    if _TRUNCATED in answer.text:  # of a form without length only the first block is read
        raise Refused("file_truncated", sii_code=_TRUNCATED, text=answer.text[:200])
    raise OutcomeUnknown("track_id_missing")


def _track_id(value: Any) -> str:
    """The digits of a track id, a number or a text; empty when there are none."""
    text = str(value) if isinstance(value, int | str) and not isinstance(value, bool) else ""
    return text if re.fullmatch(r"0*[1-9][0-9]{0,30}", text) else ""
