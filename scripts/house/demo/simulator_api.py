"""The simulator's JSON API, as far as the demo needs it."""

from typing import Any

import requests

TIMEOUT_SECONDS = 20


class SimulatorApi:
    """The simulated SII at ``url``. Every call raises requests' errors when it is refused."""

    def __init__(self, url: str) -> None:
        self.url = url

    def get(self, path: str) -> Any:
        return self._answer(requests.get(f"{self.url}/api/{path}", timeout=TIMEOUT_SECONDS))

    def post(self, path: str, values: dict[str, Any]) -> Any:
        answer = requests.post(f"{self.url}/api/{path}", json=values, timeout=TIMEOUT_SECONDS)
        return self._answer(answer)

    def caf_public_key(self) -> str:
        """PEM of the key that signs the simulator's CAFs."""
        return self._text("keys/666.cer")

    def ca_certificate(self) -> str:
        """PEM of the authority that certifies the simulator's persons."""
        return self._text("ca.pem")

    def _text(self, path: str) -> str:
        answer = requests.get(f"{self.url}/api/{path}", timeout=TIMEOUT_SECONDS)
        answer.raise_for_status()
        return answer.text

    @staticmethod
    def _answer(answer: requests.Response) -> Any:
        answer.raise_for_status()
        return answer.json()
