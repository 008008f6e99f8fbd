"""The document's own signature, on the text cut out of the file (PROTOCOL 5.9)."""

from collections.abc import Iterator

from ..reasons import Reason
from ..verify import certificate as certificates
from ..verify import xmldsig
from ..verify.canonical import canonical
from .context import Context
from .dte import Dte


def signature(dte: Dte, context: Context) -> Iterator[Reason]:
    """The DTE verifies alone, and its signer may sign for the company."""
    try:
        found = xmldsig.read(dte.root)
        if found.uri != f"#{dte.body.get('ID')}":
            raise xmldsig.SignatureError("structure")
        found.verify(canonical(dte.body))
    except xmldsig.SignatureError as fault:
        yield Reason("DTE-3-505", fault.code)
        return
    if not certificates.is_trusted(found.certificate, context.root, context.received_at):
        yield Reason("DTE-3-505", "certificado no valido")
        return
    signer = certificates.holder_rut(found.certificate)
    if signer not in context.company.users:
        yield Reason("ENV-3-6", signer)
