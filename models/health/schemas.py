from odoo import api, models

from ...sii.errors import UnsafeXml
from ...sii.xml.schema import SchemaSet
from ..access.intact import AlteredFile
from .health import Finding

# Among so many last documents the last one of each type is judged.
_LOOKED_AT = 100


class Health(models.AbstractModel):
    """What the SII's schemas, loaded by a manager, judge otherwise than those that we bring."""

    _inherit = "l10n_cl.health"

    @api.model
    def _schema_findings(self, issuers):
        """The next documents may not get out, or be refused by the SII."""
        loaded = issuers.with_context(bin_size=True).filtered("schemas_zip")
        return [found for issuer in loaded if (found := self._schema_finding(issuer))]

    @api.model
    def _schema_finding(self, issuer):
        try:
            sets = (SchemaSet.bundled(), issuer._schemas())
        except UnsafeXml as error:
            return Finding(issuer, "schemas_broken", {"reason": str(error)})
        signed = [("issuer_id", "=", issuer.id), ("xml_sha256", "!=", False)]
        documents = self.env["l10n_cl.dte"].sudo()
        last = documents.search(signed, order="id desc", limit=_LOOKED_AT)
        differing, places = [], []
        for document in {each.document_code: each for each in reversed(last)}.values():
            ours, theirs = (self._schema_problems(each, document) for each in sets)
            if bool(ours) is not bool(theirs):
                differing.append(str(document.document_code))
                places.append((ours or theirs)[0].where)
        if not differing:
            return None
        return Finding(
            issuer, "schemas_differ", {"types": ", ".join(sorted(differing)), "where": places[0]}
        )

    @api.model
    def _schema_problems(self, schemas, document):
        try:
            return schemas.validate(document._xml_bytes())
        except AlteredFile:
            return []  # the incidents show it
