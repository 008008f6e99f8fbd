"""The SII's paths: which service answers, and what the script makes of it."""

from typing import Any

from werkzeug.wrappers import Request, Response

from ..office import Office
from ..processing import Processing
from ..state.script import Action
from . import dte_channel, faults
from .answer import Answer
from .boleta import channel as boleta_channel
from .claims import channel as claims_channel
from .register import channel as rcv_channel
from .register import honoraria as honoraria_channel

# (method, path, operation)
ROUTES = (
    *dte_channel.ROUTES,
    *boleta_channel.ROUTES,
    *claims_channel.ROUTES,
    *rcv_channel.ROUTES,
    *honoraria_channel.ROUTES,
)


class Doors:
    """What the SII answers to each request: its services, and what the script makes of them."""

    def __init__(self, office: Office, processing: Processing):
        self._office, self._processing = office, processing
        self._waiting = faults.Waiting()
        self._channels = {
            operation: channel
            for channel, routes in (
                (dte_channel.DteChannel(office), dte_channel.ROUTES),
                (boleta_channel.BoletaChannel(office), boleta_channel.ROUTES),
                (claims_channel.ClaimsChannel(office), claims_channel.ROUTES),
                (rcv_channel.RcvChannel(office), rcv_channel.ROUTES),
                (honoraria_channel.HonorariaChannel(office), honoraria_channel.ROUTES),
            )
            for _method, _path, operation in routes
        }

    def stop(self) -> None:
        """Let nobody wait any longer."""
        self._waiting.stop()

    def handle(self, request: Request, operation: str, arguments: dict[str, Any]) -> Response:
        """Answer one request, as scripted or as the SII would."""
        body = request.get_data(cache=True, parse_form_data=False)
        self._processing.catch_up()
        channel = self._channels[operation]
        action = self._office.script.take(operation, channel.documents(operation, body, arguments))
        fault = faults.instead(action) if action else None
        if fault:
            return self._respond(operation, fault)
        if action and action.name in ("timeout", "drop_before"):
            return self._drop(request, operation, action)
        if action and action.name == "delay":
            self._waiting.wait(action.seconds)
        with self._office.store.transaction():
            answer = channel.answer(request, operation, arguments, action)
        if action and action.name == "drop_after_processing":
            self._office.exchanges.add(operation, None, f"answer lost: {answer.outcome}")
            return faults.hang_up(request)
        if action and action.name == "truncate":
            self._office.exchanges.add(
                operation, answer.status, f"answer truncated: {answer.outcome}"
            )
            return faults.truncated(answer)
        return self._respond(operation, answer)

    def _drop(self, request: Request, operation: str, action: Action) -> Response:
        if action.name == "timeout":
            self._waiting.wait(action.seconds)
        self._office.exchanges.add(operation, None, f"scripted: {action}, not processed")
        return faults.hang_up(request)

    def _respond(self, operation: str, answer: Answer) -> Response:
        self._office.exchanges.add(operation, answer.status, answer.outcome)
        return Response(
            answer.body, answer.status, answer.headers, content_type=answer.content_type
        )
