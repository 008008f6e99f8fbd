"""What one call leaves for the dispatcher and the answer: failures, callers, remarks.

a2wsgi reports an application's failure by a message, which is lost when the application ends
before the bridge has looked (any body that is refused at once): there was no answer at all.
"""

from contextvars import ContextVar
from typing import Any

from starlette.responses import Response

failures: ContextVar[list[Exception]] = ContextVar("failures")
remarks: ContextVar[list[dict[str, Any]]] = ContextVar("remarks")
"""Warnings of what this call sent and was ignored."""
callers: ContextVar[list[int]] = ContextVar("callers")
"""Ids of the programs that this call proved to be."""


class Failures:
    """Outermost middleware: keeps what was raised, and answers so that the bridge goes on."""

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        try:
            await self.app(scope, receive, send)
        except Exception as failure:  # pylint: disable=broad-except
            raised = failures.get(None)
            if raised is None:
                raise
            # whatever it is, our dispatcher raises it again
            raised.append(failure)
            await Response(status_code=500)(scope, receive, send)
