"""What is asked for in the query: a filter that does not exist would answer everything."""

from collections.abc import Iterator
from typing import Any

from fastapi import Request
from pydantic import BaseModel

from ...refused import Refused


def check_query(request: Request) -> None:
    """400 when the route that is called knows no parameter of this name."""
    route = request.scope.get("route")
    if not request.query_params or not getattr(route, "include_in_schema", False):
        return
    known = set(_known(route.dependant))
    for name in request.query_params:
        if name not in known:
            text = f"There is no such filter here. There are: {', '.join(sorted(known)) or 'none'}"
            raise Refused("unknown_parameter", text, name[:100])


def _known(dependant: Any) -> Iterator[str]:
    """Names that a route and what it depends on read from the query."""
    for field in dependant.query_params:
        model = field.field_info.annotation
        if isinstance(model, type) and issubclass(model, BaseModel):
            yield from model.model_fields
        else:
            yield field.alias
    for other in dependant.dependencies:
        yield from _known(other)
