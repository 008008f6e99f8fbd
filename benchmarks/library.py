"""What is measured: the library's whole path, from data classes to the sealed envelope."""

from sii import clock
from sii.dte import envelope
from sii.dte import issue as dte
from sii.dte.caf import Caf, authority_from_pem
from sii.errors import Problem
from sii.signature.certificates import from_pem
from sii.xml.schema import SchemaSet

from .desk import ISSUER, RESOLVED_ON, SENDER, Desk


class _AnythingGoes:
    """In the place of schemas, to measure what judging by them costs."""

    def validate(self, _xml: object) -> list[Problem]:
        return []


class Library:
    """Keys, CAF and schemas are read once; then any number of envelopes."""

    def __init__(self, desk: Desk, schemas: SchemaSet | None = None):
        self._desk = desk
        self._schemas = schemas
        self._signer = from_pem(desk.certificate, desk.key)
        self._caf = Caf.read(desk.caf, {desk.idk: authority_from_pem(desk.authority)})

    def emit(self, count: int, first: int = 1) -> bytes:
        """Envelope of so many new facturas with folios from ``first`` on."""
        at = clock.now()
        signed = [
            dte.issue(document, folio, self._caf, self._signer, at, self._schemas).xml
            for folio, document in enumerate(self._desk.documents(count), first)
        ]
        cover = envelope.Caratula(ISSUER.rut, SENDER, RESOLVED_ON, 0)
        return envelope.seal(cover, signed, self._signer, at, schemas=self._schemas)


class LibraryWithoutSchemas(Library):
    """The same without judging what comes out by the SII's schemas."""

    def __init__(self, desk: Desk):
        super().__init__(desk, _AnythingGoes())
