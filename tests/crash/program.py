"""A program that calls the API as an integrator's does: again, until it gets an answer."""

from typing import Any

import requests
from patience import until

TIMEOUT_SECONDS = 60
FAILED_THERE = 500


class Program:
    """Calls Odoo (``workers.Odoo``), wherever it listens at that moment, for the demo company."""

    def __init__(self, odoo, clerk) -> None:
        self._odoo = odoo
        values = {"name": "Shop", "company_id": 1}
        (client,) = clerk.call("l10n_cl.api.client", "create", [values])
        action = clerk.call("l10n_cl.api.client", "action_issue_secret", [client])
        shown = action["params"]
        self._auth = (shown["api_key"], shown["secret"])

    def make(self, path: str, body: dict[str, Any], key: str = "") -> dict[str, Any]:
        """What a POST makes, or made when it came through before.

        key: the call's Idempotency-Key.
        """
        answer = until(lambda: self._answer(path, body, {"Idempotency-Key": key} if key else {}))
        assert answer.status_code in (200, 201), answer.text
        return answer.json()["data"]

    def _answer(self, path: str, body: dict[str, Any], headers: dict[str, str]):
        """None while nobody answers, or the server has failed."""
        try:
            answer = requests.post(
                f"{self._odoo.url}/api/v1/integration{path}",
                json=body,
                headers=headers,
                auth=self._auth,
                timeout=TIMEOUT_SECONDS,
            )
        except requests.RequestException:
            return None
        return None if answer.status_code >= FAILED_THERE else answer
