"""A user of the demo, at the doors that the web client uses."""

from typing import Any

import requests

from ..progress import StepError

LOGIN = "admin"
PASSWORD = "admin"  # of a demo on this machine, shown at the end of the run
TIMEOUT_SECONDS = 60


class User:
    """The demo's user, logged in at the Odoo of ``url``."""

    def __init__(self, url: str, database: str) -> None:
        self.url = url
        self.database = database
        self._session = requests.Session()
        login = {"db": database, "login": LOGIN, "password": PASSWORD}
        session = self._json("/web/session/authenticate", login)
        self._context = session["user_context"]  # their language, as the web client sends it

    def call(self, model: str, method: str, *arguments: Any, **options: Any) -> Any:
        """Call a public method of a model, as a button does.

        :raises StepError: Odoo refused, with what it would show the user.
        """
        options = {"context": self._context, **options}
        call = {"model": model, "method": method, "args": arguments, "kwargs": options}
        return self._json(f"/web/dataset/call_kw/{model}/{method}", call)

    def search(self, model: str, domain: list, **options: Any) -> list[int]:
        return self.call(model, "search", domain, **options)

    def read(self, model: str, record: int, *fields: str) -> dict[str, Any]:
        return self.call(model, "read", [record], fields)[0]

    def print_invoice(self, invoice: int) -> bytes:
        """The PDF that the button Print gives."""
        address = f"{self.url}/report/pdf/account.report_invoice_with_payments/{invoice}"
        answer = self._session.get(address, timeout=TIMEOUT_SECONDS)
        answer.raise_for_status()
        return answer.content

    def _json(self, path: str, parameters: dict[str, Any]) -> Any:
        body = {"jsonrpc": "2.0", "params": parameters}
        answer = self._session.post(self.url + path, json=body, timeout=TIMEOUT_SECONDS)
        answer.raise_for_status()
        content = answer.json()
        if "error" in content:
            data = content["error"]["data"]
            advice = "If this demo was changed by hand, start anew: make run FRESH=1"
            raise StepError("Odoo refused", advice, data.get("message") or data["name"])
        return content.get("result")  # a method that returns nothing answers without
