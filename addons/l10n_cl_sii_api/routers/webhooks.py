"""``/webhooks``: addresses that get what becomes of documents."""

from typing import Any
from urllib.parse import urlsplit

from fastapi import APIRouter

from ..refused import Refused
from ..schemas.webhook import WebhookBody
from ..secrets_once import show_once
from .support.auth import Caller, CurrentCaller
from .support.body import given
from .support.fields import required, values_of
from .support.invoicing import answer
from .support.listing import Page, find_by_uuid, page_of

router = APIRouter(tags=["webhooks"])

_MODEL = "l10n_cl.webhook"
_MOST = 50
_FIELDS = {"name": "name", "url": "url"}


def serialise(webhook: Any) -> dict[str, Any]:
    """Without its secret: that is shown when it is made, and then no more."""
    return {
        "id": webhook.uuid,
        "name": webhook.name,
        "url": webhook.url,
        "events": webhook._events(),
        "created_at": webhook.create_date.isoformat(timespec="milliseconds"),
        "updated_at": webhook.write_date.isoformat(timespec="milliseconds"),
    }


def _of(caller: Caller) -> tuple:
    """Those that the calling program made: another program's do not exist for it."""
    return (("create_uid", "=", caller.env.uid),)


def find(caller: Caller, uuid: str) -> Any:
    return find_by_uuid(caller, _MODEL, uuid, "webhook", None, _of(caller))


@router.get("/webhooks")
def list_webhooks(caller: CurrentCaller, page: Page) -> dict[str, Any]:
    domain = [("company_id", "=", caller.company.id), *_of(caller)]
    webhooks = caller.env[_MODEL]
    return page_of(webhooks, domain, page, lambda found: [serialise(each) for each in found])


@router.post("/webhooks", status_code=201)
def create_webhook(caller: CurrentCaller, body: given(WebhookBody)) -> dict[str, Any]:
    """Of every event, and named by its host, unless something else is sent."""
    required(body.webhook, "url", "webhook")
    mine = [("company_id", "=", caller.company.id), *_of(caller)]
    if caller.env[_MODEL].search_count(mine, limit=_MOST) >= _MOST:
        text = f"A program has {_MOST} webhooks at most: delete one."
        raise Refused("too_many_webhooks", text)
    values = {**_values(caller, body), "company_id": caller.company.id}
    values["name"] = values.get("name") or urlsplit(values["url"]).hostname
    webhook = caller.env[_MODEL].create(values)
    return answer({**serialise(webhook), "secret": show_once(webhook._secret())})


@router.get("/webhooks/{uuid}")
def read_webhook(caller: CurrentCaller, uuid: str) -> dict[str, Any]:
    return answer(serialise(find(caller, uuid)))


@router.put("/webhooks/{uuid}")
@router.patch("/webhooks/{uuid}")
def update_webhook(caller: CurrentCaller, uuid: str, body: given(WebhookBody)) -> dict[str, Any]:
    webhook = find(caller, uuid)
    for name in body.webhook.model_fields_set & {"name", "url", "events"}:
        required(body.webhook, name, "webhook")
    webhook.write(_values(caller, body))
    return answer(serialise(webhook))


@router.delete("/webhooks/{uuid}")
def delete_webhook(caller: CurrentCaller, uuid: str) -> dict[str, Any]:
    webhook = find(caller, uuid)
    data = serialise(webhook)
    webhook.unlink()
    return answer({**data, "deleted": True})


def _values(caller: Caller, body: WebhookBody) -> dict[str, Any]:
    url = body.webhook.url
    if url and not caller.env[_MODEL]._is_allowed(url):
        text = "url must begin with https:// and name a host"
        raise Refused("invalid_parameter", text, "webhook.url")
    values = values_of(body.webhook, _FIELDS)
    if body.webhook.events:
        values |= caller.env[_MODEL]._events_values(body.webhook.events)
    return values
