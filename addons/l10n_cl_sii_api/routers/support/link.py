"""Who reads the register: ``Authorization: api_key:api_secret``, or Basic, and a fiscal link."""

import base64
from typing import Annotated, Any

from fastapi import Depends, Query, Request

from odoo.addons.fastapi.dependencies import odoo_env
from odoo.api import Environment

from ...call import callers
from ...refused import Refused
from .asked import check_query
from .auth import Caller, client_of, language


class LinkError(Refused):
    """The fiscal link is not the caller's; whether it is another's is not answered."""

    def __init__(self) -> None:
        text = "This link_token is not a fiscal link of the key's company."
        super().__init__("invalid_link_token", text, "link_token")


def reader(
    request: Request,
    env: Annotated[Environment, Depends(odoo_env)],
    link_token: Annotated[str | None, Query(description="Without it, the key's company.")] = None,
) -> Caller:
    """The caller, at home in the company of its fiscal link; or 401, or an invalid link."""
    client = client_of(env, with_scheme(request.headers.get("authorization", "")))
    callers.get([]).append(client.id)
    check_query(request)
    if link_token is not None:
        check_link(client, link_token)
    context = {"allowed_company_ids": client.company_id.ids, "lang": language(request, env)}
    return Caller(client, env(user=client.user_id.id, context=context))


def check_link(client: Any, link_token: str) -> None:
    """Raises LinkError unless it is the fiscal link of the client's company."""
    if "\0" in link_token or not client._has_link(link_token):
        raise LinkError()


def with_scheme(header: str) -> str:
    """``key:secret`` without a scheme word is what Basic encodes."""
    header = header.strip()
    if ":" not in header or " " in header:
        return header
    return f"Basic {base64.b64encode(header.encode()).decode()}"


CurrentReader = Annotated[Caller, Depends(reader)]
