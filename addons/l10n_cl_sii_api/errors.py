"""What the API says no with."""

import logging

_TYPES = {401: "authentication_error", 403: "permission_error", 500: "api_error"}


class ApiError(Exception):
    """An answer that is no. message: for people; code: stable, for programs; param: the field."""

    # read by Odoo: what a program did wrong is told to it, and is no fault of ours
    loglevel = logging.DEBUG

    def __init__(self, status: int, code: str, message: str, param: str | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.param = param

    def as_dict(self) -> dict[str, str | None]:
        return {
            "type": _TYPES.get(self.status, "invalid_request_error"),
            "code": self.code,
            "message": self.message,
            "param": self.param,
        }


def not_found(resource: str, param: str | None = None) -> ApiError:
    """For what does not exist, or is of another company: nobody can tell which."""
    return ApiError(404, "not_found", f"There is no such {resource}.", param)
