"""A user of the demo, who works through Odoo's external API and web pages."""

import xmlrpc.client
from typing import Any

import requests

LOGIN = "admin"
PASSWORD = "admin"  # of a demo on this machine, shown at the end of the run
TIMEOUT_SECONDS = 60


class User:
    """The demo's user, logged in at the Odoo of ``url``."""

    def __init__(self, url: str, database: str) -> None:
        self.url = url
        self.database = database
        self._objects = xmlrpc.client.ServerProxy(f"{url}/xmlrpc/2/object", allow_none=True)
        common = xmlrpc.client.ServerProxy(f"{url}/xmlrpc/2/common")
        self._uid = common.authenticate(database, LOGIN, PASSWORD, {})

    def call(self, model: str, method: str, *arguments: Any, **options: Any) -> Any:
        """Call a public method of a model."""
        return self._objects.execute_kw(
            self.database, self._uid, PASSWORD, model, method, arguments, options
        )

    def search(self, model: str, domain: list, **options: Any) -> list[int]:
        return self.call(model, "search", domain, **options)

    def read(self, model: str, record: int, *fields: str) -> dict[str, Any]:
        return self.call(model, "read", [record], list(fields))[0]

    def print_invoice(self, invoice: int) -> bytes:
        """The PDF that the button Print gives."""
        session = requests.Session()
        login = {"db": self.database, "login": LOGIN, "password": PASSWORD}
        session.post(
            f"{self.url}/web/session/authenticate",
            json={"jsonrpc": "2.0", "params": login},
            timeout=TIMEOUT_SECONDS,
        ).raise_for_status()
        address = f"{self.url}/report/pdf/account.report_invoice_with_payments/{invoice}"
        answer = session.get(address, timeout=TIMEOUT_SECONDS)
        answer.raise_for_status()
        return answer.content
