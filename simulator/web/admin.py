"""The admin page: what arrived, the clock, and what shall happen next."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from ..operations import Operations
from ..state.script import ACTIONS, OPERATIONS

_templates = Environment(
    loader=FileSystemLoader(Path(__file__).with_name("templates")), autoescape=True
)
_EXCHANGES_SHOWN = 30
_ENVELOPES_SHOWN = 50


def page(operations: Operations, _request: Request, error: str = "") -> Response:
    html = _templates.get_template("admin.html").render(
        state=operations.state(),
        envelopes=operations.envelopes()[:_ENVELOPES_SHOWN],
        companies=operations.companies(),
        cafs=operations.cafs(),
        script=operations.script(),
        exchanges=operations.exchanges()[: -_EXCHANGES_SHOWN - 1 : -1],
        operations=sorted(OPERATIONS),
        actions=sorted(ACTIONS),
        error=error,
    )
    return Response(html, 400 if error else 200, content_type="text/html; charset=utf-8")


def _form(do: Callable[[Operations, dict[str, Any]], object]) -> Callable:
    """A form: do what it asks and come back to the page, or show what was wrong."""

    def handler(operations: Operations, request: Request) -> Response:
        values = {key: value for key, value in request.form.items() if value.strip()}
        try:
            do(operations, values)
        except (ValueError, OverflowError, LookupError) as error:
            return page(operations, request, str(error))
        return redirect("/", 303)

    return handler


def _script(operations: Operations, values: dict[str, Any]) -> None:
    action = values["do"] + (f":{values['value']}" if "value" in values else "")
    match = {key: values[key] for key in ("type", "folio") if key in values}
    operations.add_to_script(
        {"on": values["on"], "do": action, "times": values.get("times", 1), "match": match}
    )


ROUTES: list[tuple[str, str, Callable]] = [
    ("GET", "/", page),
    ("POST", "/admin/clock", _form(lambda sii, values: sii.move_clock(values))),
    ("POST", "/admin/script", _form(_script)),
    ("POST", "/admin/script/clear", _form(lambda sii, values: sii.clear_script())),
]
