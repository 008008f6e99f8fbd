"""Body of ``PATCH /statements/{id}``."""

from pydantic import ConfigDict

from .base import Body
from .transport import Transport, Travels


class Statement(Travels):
    """What may still be sent of what is owed: how its goods travel."""


class StatementBody(Body):
    statement: Statement

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "statement": {"transport": Transport.model_config["json_schema_extra"]["example"]}
            }
        }
    )
