from datetime import UTC

from odoo import models

from ...sii.register import invoice_object as rcv_object
from ...sii.register.row import (
    FIGURES,
    FLAGS,
    MOMENTS,
    SERVICE_FIGURES,
    SERVICE_FLAGS,
    TEXTS,
    TOBACCO,
    WORDS,
    Row,
    Taxpayer,
)

_NAMES = (
    *FIGURES,
    *FLAGS,
    *TEXTS,
    *WORDS,
    "other_taxes",
    *(f"tobacco_{name}" for name in TOBACCO),
    *(f"services_{name}" for name in (*SERVICE_FLAGS, *SERVICE_FIGURES)),
)


class RcvEntry(models.Model):
    """In: entries of the register. Out: the objects (dict) that programs read of them.

    Never reads the SII or a provider, and never writes: what an entry lacks is null.
    """

    _inherit = "l10n_cl.rcv.entry"

    def _invoice_objects(self):
        """The entries as programs read them."""
        written = [rcv_object.write(entry._row(), entry.external_id) for entry in self]
        return [rcv_object.with_both_spellings(each) for each in written]

    def _row(self):
        """The register's row that this entry keeps."""
        detail = {name: _value(self, name) for name in _NAMES}
        for name in (*MOMENTS, "services_issued_at"):
            detail[name] = self[name].replace(tzinfo=UTC) if self[name] else None
        party = None
        if self.counterpart_rut is not False:
            party = Taxpayer(
                self.counterpart_rut, self.counterpart_name or "", self.counterpart_data or None
            )
        return Row(
            issue_type=self.issue_type,
            document_type=self.document_type,
            number=self.number or "",
            date=self.date or None,
            period=self.tax_period or None,
            counterpart=party,
            net_amount=self.net_amount,
            total_amount=self.total_amount,
            currency=self.currency,
            provider_id=self.provider_id or None,
            detail=detail,
            unknown=self.unknown or {},
        )


def _value(entry, name):
    """Odoo's False is the register's null, except where the field knows yes and no."""
    value = entry[name]
    if value is False and entry._fields[name].type != "boolean":
        return None
    return value
