"""The document of a certification case, as an office would fill it in."""

from documents import ISSUED_ON, ISSUER, RECEIVER

from sii import kinds
from sii.certification.content import cite, content, set_reference
from sii.codes import IndServicio
from sii.document import Document, Reference


def document_of(test_set, case, folio=1, original_folio=1):
    found = content(test_set, case)
    references = ()
    if found.code:
        kind = str(test_set.case(case.original).kind.value)
        references = (Reference(kind, str(original_folio), ISSUED_ON, found.code, case.reason),)
    is_boleta = kinds.of(case.kind).is_boleta
    document = Document(
        kind=case.kind,
        issued_on=ISSUED_ON,
        issuer=ISSUER,
        receiver=RECEIVER,
        lines=found.lines,
        totals=found.totals,
        adjustments=found.adjustments,
        references=references,
        gross=is_boleta,
        service=IndServicio.SERVICES if is_boleta else None,
    )
    return cite(document, set_reference(test_set, case, folio, ISSUED_ON))
