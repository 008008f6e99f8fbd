"""What can go wrong, as codes and data; it becomes a sentence where it is shown to a person."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that keeps a document from being legal.

    code: stable name such as ``receiver_giro_missing``.
    where: path of the field in the data classes, such as ``receiver.giro`` or ``lines[2].name``
        (indexes start at 0); empty when the whole document is meant.
    data: the values a sentence about it needs (``{"limit": 40, "length": 52}``).
    """

    code: str
    where: str = ""
    data: dict[str, Any] = field(default_factory=dict)


class SiiError(Exception):
    """Root of all errors of the library.

    code: stable name of the cause. data: values for the sentence. Neither ever holds a secret.
    """

    def __init__(self, code: str, **data: Any):
        super().__init__(code, data)
        self.code = code
        self.data = data

    def __str__(self) -> str:
        details = ", ".join(f"{key}={value!r}" for key, value in self.data.items())
        return f"{self.code} ({details})" if details else self.code


class InvalidDocument(SiiError):
    """The document breaks rules; the user can fix it. ``problems`` holds all of them at once."""

    def __init__(self, problems: Sequence[Problem]):
        super().__init__("invalid_document", problems=[problem.code for problem in problems])
        self.problems = tuple(problems)


class MissingLibrary(SiiError):
    """A Python package is missing or does not fit. data: ``package``, ``reason``."""


class InvalidRut(SiiError):
    """A RUT that is malformed or whose check digit is wrong (PROTOCOL 0.3)."""


class CafProblem(SiiError):
    """A CAF file that cannot be used (PROTOCOL 7)."""


class CertificateProblem(SiiError):
    """A signing certificate or key that cannot be used (PROTOCOL 0.4)."""


class AuthorityProblem(SiiError):
    """A file that is no certificate of an authority which issues certificates."""


class RcvProblem(SiiError):
    """A row that cannot be one of the register of purchases and sales (PROTOCOL 9)."""


class UnsafeXml(SiiError):
    """Foreign XML that is malformed, or carries a DTD, entities or other attacks."""


class MailProblem(SiiError):
    """A mail that is made to cost more than it is worth: its parts are not looked at."""


class SignatureProblem(SiiError):
    """A signature that does not verify, or could not be made (PROTOCOL 5.9)."""


class CertificationSetProblem(SiiError):
    """A test-set text of the SII that cannot be understood (PROTOCOL 11). data: ``line``."""


class RegisterProblem(SiiError):
    """A file or an answer of the register that cannot be read whole (PROTOCOL 9).

    ``problems`` holds all of them at once, each with the line it is in.
    """

    def __init__(self, problems: Sequence[Problem]):
        super().__init__("register_unreadable", problems=[problem.code for problem in problems])
        self.problems = tuple(problems)


class TransportError(SiiError):
    """The SII was asked and no usable answer came."""


class NotNow(TransportError):
    """Safe to try again. retry_after: seconds that the SII asked to wait, or None."""

    def __init__(self, code: str, retry_after: int | None = None, **data: Any):
        super().__init__(code, **data)
        self.retry_after = retry_after


class NotSent(NotNow):
    """Nothing reached the SII (name, connect, TLS)."""


class Busy(NotNow):
    """The SII answered "not now" (503, 429, internal error)."""


class Refused(TransportError):
    """An answer, and it is no. data: ``sii_code`` and ``text`` as the SII gave them."""


class OutcomeUnknown(TransportError):
    """The request left and the answer is missing or unreadable: ask before sending again."""
