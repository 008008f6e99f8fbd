"""Bodies of ``/webhooks``."""

from typing import Annotated

from pydantic import ConfigDict, Field

from ..events import EVENTS
from .base import Body, Name, choice

EVENT = choice("events", *EVENTS)


class Webhook(Body):
    """An address that gets what becomes of documents."""

    name: Name | None = None
    url: Annotated[str, Field(max_length=2000)] | None = None
    events: Annotated[list[EVENT], Field(min_length=1, max_length=len(EVENTS))] | None = None

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "name": "Our shop",
                "url": "https://shop.example.cl/events",
                "events": ["document.accepted", "document.rejected", "document.parked"],
            }
        }
    )


class WebhookBody(Body):
    webhook: Webhook
