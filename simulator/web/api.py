"""The JSON API: each route is one method of the simulator."""

import json
from collections.abc import Callable
from typing import Any

from werkzeug.wrappers import Request, Response

from ..operations import Operations

Handler = Callable[[Operations, Request, dict[str, Any]], Any]


def _body(request: Request) -> Any:
    return json.loads(request.get_data() or b"{}")


def _documents(operations: Operations, request: Request, _: dict[str, Any]) -> Any:
    return operations.documents(
        request.args.get("rut"),
        request.args.get("type", type=int),
        request.args.get("folio", type=int),
    )


def _text(text: str) -> Response:
    return Response(text, content_type="application/x-pem-file")


def _xml(content: bytes) -> Response:
    return Response(content, content_type="text/xml; charset=iso-8859-1")


ROUTES: list[tuple[str, str, Handler]] = [
    ("GET", "/api/state", lambda sii, req, args: sii.state()),
    ("GET", "/api/keys/666.cer", lambda sii, req, args: _text(sii.caf_public_key())),
    ("GET", "/api/ca.pem", lambda sii, req, args: _text(sii.ca_certificate())),
    ("GET", "/api/companies", lambda sii, req, args: sii.companies()),
    ("POST", "/api/companies", lambda sii, req, args: sii.register_company(_body(req))),
    ("GET", "/api/cafs", lambda sii, req, args: sii.cafs()),
    ("POST", "/api/cafs", lambda sii, req, args: sii.issue_caf(_body(req))),
    ("POST", "/api/folios/annul", lambda sii, req, args: sii.annul_folios(_body(req))),
    ("POST", "/api/certificates", lambda sii, req, args: sii.issue_certificate(_body(req))),
    ("GET", "/api/envelopes", lambda sii, req, args: sii.envelopes()),
    ("GET", "/api/envelopes/<track_id>", lambda sii, req, args: sii.envelope(**args)),
    ("GET", "/api/envelopes/<track_id>/xml", lambda sii, req, args: _xml(sii.envelope_xml(**args))),
    (
        "GET",
        "/api/envelopes/<track_id>/result.xml",
        lambda sii, req, args: _xml(sii.envelope_result(**args)),
    ),
    ("GET", "/api/documents", _documents),
    ("POST", "/api/register", lambda sii, req, args: sii.load_register(_body(req))),
    ("GET", "/api/clock", lambda sii, req, args: sii.clock()),
    ("POST", "/api/clock", lambda sii, req, args: sii.move_clock(_body(req))),
    ("POST", "/api/settings", lambda sii, req, args: sii.change_settings(_body(req))),
    ("GET", "/api/script", lambda sii, req, args: sii.script()),
    ("POST", "/api/script", lambda sii, req, args: sii.add_to_script(_body(req))),
    ("DELETE", "/api/script", lambda sii, req, args: sii.clear_script()),
    ("GET", "/api/exchanges", lambda sii, req, args: sii.exchanges()),
    ("POST", "/api/reset", lambda sii, req, args: sii.reset()),
]


def answer(
    handler: Handler, operations: Operations, request: Request, arguments: dict[str, Any]
) -> Response:
    """Call a handler; 400 on bad input, 404 on what does not exist."""
    try:
        result = handler(operations, request, arguments)
    except (ValueError, TypeError, OverflowError, KeyError) as error:
        text = f"missing {error}" if isinstance(error, KeyError) else str(error)
        return _json({"error": text}, 400)
    except LookupError as error:
        return _json({"error": str(error)}, 404)
    return result if isinstance(result, Response) else _json(result, 200)


def _json(value: Any, status: int) -> Response:
    return Response(json.dumps(value, ensure_ascii=False), status, content_type="application/json")
