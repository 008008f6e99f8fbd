"""Bodies as programs may send them: who has no integration is told before anything else."""

from typing import Annotated, Any

from fastapi import Depends, Request

from ..errors import ApiError
from .auth import Caller, CurrentCaller

NOT_ENABLED = (
    "Invoicing is not enabled for this company. Set up the TuFacturador integration before "
    "sending invoice_configuration or invoice_information."
)
_INVOICING = ("invoice_configuration", "invoice_information")


async def _sent(request: Request) -> Any:
    try:
        return await request.json()
    except (ValueError, RecursionError):
        return None  # FastAPI says what is wrong with it


def caller_of_body(caller: CurrentCaller, sent: Annotated[Any, Depends(_sent)]) -> Caller:
    """The caller, unless it sends invoicing data for a company that has no integration.

    Runs on what was sent as it is: FastAPI tells what is wrong with a body after this.
    """
    if not caller.is_invoicing_on and (name := _invoicing_in(sent)):
        raise ApiError(400, "invoicing_not_enabled", NOT_ENABLED, name)
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
    """The type of a route's body; with ``Prefer: handling=strict`` unknown fields are refused."""

    def body_of(request: Request, _caller: BodyCaller, body: model) -> Any:
        strict = "handling=strict" in request.headers.get("prefer", "").replace(" ", "")
        if strict and (unknown := next(body.unknown(), None)):
            raise ApiError(400, "unknown_parameter", f"{unknown} is not known", unknown)
        return body

    return Annotated[model, Depends(body_of)]


BodyCaller = Annotated[Caller, Depends(caller_of_body)]
