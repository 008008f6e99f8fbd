"""What models and routers refuse a program: a code, a text and the field that is meant.

Which HTTP status and which body that is stands in ``errors.py`` alone.
"""

import logging


class Refused(Exception):
    """A call that is refused. code: stable, for programs; text: for people; param: the field."""

    # read by Odoo: a program's mistake is answered to it, and no fault of ours
    loglevel = logging.DEBUG

    def __init__(self, code: str, text: str, param: str | None = None) -> None:
        super().__init__(text)
        self.code = code
        self.text = text
        self.param = param


class WrongCredentials(Refused):
    """No program has this key with this secret; the dispatcher counts it and leaves a trace."""

    def __init__(self, key: str) -> None:
        super().__init__("invalid_credentials", "The API key or its secret is wrong.")
        self.key = key


def not_found(resource: str, param: str | None = None) -> Refused:
    """For what does not exist, or is of another company: the answer does not show which."""
    return Refused("not_found", f"There is no such {resource}.", param)
