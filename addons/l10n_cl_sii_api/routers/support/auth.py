"""Who calls: HTTP Basic ``api_key:api_secret``."""

import base64
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.security import HTTPBasic

from odoo.addons.fastapi.dependencies import odoo_env
from odoo.api import Environment

from ... import languages
from ...call import callers
from ...refused import Refused, WrongCredentials
from .asked import check_query

_ENGLISH = "en_US"


@dataclass(frozen=True, slots=True)
class Caller:
    """The program that calls. env: its user in its company."""

    client: object
    env: Environment

    @property
    def company(self):
        return self.env.company

    @property
    def responsible(self):
        """The person who is notified when something of this program's cannot go on."""
        return self.client.responsible_id

    @property
    def is_invoicing_on(self) -> bool:
        """Whether the company has an active integration with the SII."""
        return self.env["l10n_cl.api.client"]._is_invoicing_on(self.company.sudo())


class _Basic(HTTPBasic):
    """Shows the OpenAPI page how to authenticate; what is sent is checked by us."""

    async def __call__(self, request: Request) -> str:
        return request.headers.get("authorization", "")


def caller(
    request: Request,
    authorization: Annotated[str, Depends(_Basic(scheme_name="api_key:api_secret"))],
    env: Annotated[Environment, Depends(odoo_env)],
) -> Caller:
    """The caller of ``Authorization: Basic``, or 401."""
    client = client_of(env, authorization)
    callers.get([]).append(client.id)
    check_query(request)
    context = {
        "allowed_company_ids": client.company_id.ids,
        "lang": language(request, env),
        # a program sells by the hundred: nobody is mailed about each
        "mail_auto_subscribe_no_notify": True,
    }
    return Caller(client, env(user=client.user_id.id, context=context))


def language(request: Request, env: Environment) -> str:
    """The one that Accept-Language asks for, where it is installed; else English, as the guide."""
    asked = languages.wanted(request.headers.get("accept-language", ""))
    return asked and env["res.lang"].sudo()._get_lang_from_accept_language(asked) or _ENGLISH


def client_of(env: Environment, header: str) -> Any:
    """The program (l10n_cl.api.client) of an Authorization header, or 401."""
    key, secret = _credentials(header)
    client = env["l10n_cl.api.client"]._authenticate(key, secret)
    if not client:
        raise WrongCredentials(key)
    return client


def _credentials(header: str) -> tuple[str, str]:
    scheme, _space, token = header.partition(" ")
    if scheme.lower() != "basic":
        raise Refused("missing_credentials", "Authenticate by HTTP Basic: key and secret.")
    try:
        key, _colon, secret = base64.b64decode(token, validate=True).decode().partition(":")
    except ValueError:
        raise Refused("invalid_credentials", "The Authorization header is broken.") from None
    return key.replace("\0", ""), secret.replace("\0", "")


CurrentCaller = Annotated[Caller, Depends(caller)]
