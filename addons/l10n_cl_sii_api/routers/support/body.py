"""Bodies as programs may send them; without integration they are refused before anything else."""

from itertools import islice
from typing import Annotated, Any

from fastapi import Depends, Request

from ...call import remarks
from ...refused import Refused
from .auth import Caller, CurrentCaller

NOT_ENABLED = (
    "Invoicing is not enabled for this company. Set up the TuFacturador integration before "
    "sending invoice_configuration or invoice_information."
)
_MAX_REPORTED = 20
# only answers have these: who sends back what he read means nothing by them
_ANSWERED = frozenset(
    {
        "client_portal_url",
        "created_at",
        "document",
        "emission",
        "id",
        "paid_on",
        "payment_url",
        "statements",
        "updated_at",
    }
)
_INVOICING = ("invoice_configuration", "invoice_information")


async def _sent(request: Request) -> Any:
    try:
        return await request.json()
    except (ValueError, RecursionError):
        return None  # FastAPI reports what is wrong with it


def caller_of_body(caller: CurrentCaller, sent: Annotated[Any, Depends(_sent)]) -> Caller:
    """The caller, unless it sends invoicing data for a company that has no integration.

    Runs on what was sent as it is: FastAPI reports what is wrong with a body after this.
    """
    if not caller.is_invoicing_on and (name := _invoicing_in(sent)):
        raise Refused("invoicing_not_enabled", NOT_ENABLED, name)
    return caller


def _invoicing_in(sent: Any) -> str | None:
    """The path of the first invoicing data of a body, if any."""
    if not isinstance(sent, dict):
        return None
    parts = {"": sent} | {f"{key}.": part for key, part in sent.items() if isinstance(part, dict)}
    for path, part in parts.items():
        for name in _INVOICING:
            if part.get(name) is not None:
                return path + name
    return None


def given(model: Any) -> Any:
    """The type of a route's body. What of it is ignored is reported in ``warnings``.

    With ``Prefer: handling=strict`` unknown fields are refused.
    """

    def body_of(request: Request, caller: BodyCaller, body: model) -> Any:
        strict = "handling=strict" in request.headers.get("prefer", "").replace(" ", "")
        unknown = list(islice(body.unknown(), _MAX_REPORTED))
        if strict and unknown:
            text = f"{unknown[0]} is not known"
            raise Refused("unknown_parameter", text, unknown[0])
        text = caller.env._("There is no such field: it was not heeded.")
        changes = request.method != "POST"
        ignored = [
            ("unknown_parameter", text, name)
            for name in unknown
            if not (changes and name.rpartition(".")[2] in _ANSWERED)
        ]
        if changes:
            text = caller.env._("It cannot be emptied: it stays as it was.")
            ignored += [
                ("null_ignored", text, name) for name in islice(body.emptied(), _MAX_REPORTED)
            ]
        remarks.get([]).extend(
            {"code": code, "message": message, "param": name} for code, message, name in ignored
        )
        return body

    return Annotated[model, Depends(body_of)]


BodyCaller = Annotated[Caller, Depends(caller_of_body)]
