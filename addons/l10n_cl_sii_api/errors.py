"""What the API says no with."""

import logging

_TYPES = {
    401: "authentication_error",
    403: "permission_error",
    429: "rate_limit_error",
    503: "api_error",
}


class ApiError(Exception):
    """An answer that is no. message: for people; code: stable, for programs; param: the field.

    headers: those that the answer has besides.
    """

    # read by Odoo: what a program did wrong is told to it, and is no fault of ours
    loglevel = logging.DEBUG

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        param: str | None = None,
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.param = param
        self.headers = headers or {}

    def as_dict(self) -> dict[str, str | None]:
        return {
            "type": _TYPES.get(self.status, "invalid_request_error"),
            "code": self.code,
            "message": self.message,
            "param": self.param,
        }


class WrongCredentials(ApiError):
    """No program has this key with this secret; the dispatcher counts it and leaves a trace."""

    def __init__(self, key: str) -> None:
        super().__init__(401, "invalid_credentials", "The API key or its secret is wrong.")
        self.key = key


def too_many_failures(seconds: int) -> ApiError:
    """For who was wrong too often; what is right always passes."""
    said = f"Too many wrong keys or secrets: wait {seconds} seconds."
    return ApiError(429, "too_many_failures", said, headers={"Retry-After": str(seconds)})


def not_found(resource: str, param: str | None = None) -> ApiError:
    """For what does not exist, or is of another company: nobody can tell which."""
    return ApiError(404, "not_found", f"There is no such {resource}.", param)
