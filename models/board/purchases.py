from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ..base.today import today
from .words import pesos, span, type_name, until

_SHOWN = 5
# what ends within so long is red, then amber
_BAD, _LOOK = timedelta(days=3), timedelta(days=5)


# icon and colour of each kind of difference
_LOOKS = {
    "xml": ("fa-minus-circle", "bad"),
    "amount": ("fa-exchange", "look"),
    "period": ("fa-calendar", "look"),
    "received_only_sii": ("fa-plus-circle", "look"),
    "issued_only_sii": ("fa-exclamation-circle", "bad"),
}


class Board(models.AbstractModel):
    """What suppliers sent and silence would accept, and what the register has otherwise."""

    _inherit = "l10n_cl.board"

    @api.model
    def _received(self, companies):
        """The first that end."""
        domain = self._to_answer(fields.Datetime.now())
        domain &= Domain("company_id", "in", companies.ids)
        found = self.env["l10n_cl.received.dte"].search(domain, order="deadline", limit=_SHOWN)
        return [self._received_row(document) for document in found]

    def _received_row(self, document):
        left = document.deadline - fields.Datetime.now()
        ends = until(self.env, document.deadline, today(self.env.company))
        return {
            "id": document.id,
            "name": document.issuer_name or document.issuer_rut,
            "text": self.env._(
                "%(type)s %(folio)s · until %(ends)s",
                type=type_name(document.document_code).rsplit(" ", 1)[0],
                folio=f"{document.folio:,}".replace(",", "."),
                ends=ends,
            ),
            "left": span(self.env, left.total_seconds()),
            "level": "bad" if left < _BAD else "look" if left < _LOOK else "wait",
            "amount": pesos(document.amount_total),
        }

    @api.model
    def _ending_soon(self, companies):
        """(how many are accepted by silence within two days, the first of their moments)."""
        now = fields.Datetime.now()
        soon = self._to_answer(now) & Domain("deadline", "<=", now + timedelta(days=2))
        soon &= Domain("company_id", "in", companies.ids)
        [[count, first]] = self.env["l10n_cl.received.dte"]._read_group(
            soon, [], ["__count", "deadline:min"]
        )
        return count, first

    @api.model
    def _register_card(self, companies):
        """Lines of the card: what differs, by what a person does about it."""
        entries = self.env["l10n_cl.rcv.entry"]
        of_these = self._differing(today(self.env.company))
        of_these &= Domain("company_id", "in", companies.ids)
        no_xml = of_these & Domain("xml_missing", "=", True)
        [[count, vat]] = entries._read_group(no_xml, [], ["__count", "vat_amount:sum"])
        lines = [self._register_line("xml", count, pesos(vat or 0))] if count else []
        groups = entries._read_group(
            of_these & Domain("match", "!=", False), ["issue_type", "match"], ["__count", "id:max"]
        )
        for issue_type, match, count, newest in groups:
            kind = {"only_sii": f"{issue_type}_only_sii"}.get(match, match)
            if kind in ("received_only_sii", "issued_only_sii", "amount", "period"):
                entry = entries.browse(newest)
                text = f"{entry.display_name}, {entry.counterpart_name or ''}".rstrip(", ")
                lines.append(self._register_line(kind, count, text))
        return lines

    def _register_line(self, kind, count, text):
        one = count == 1
        titles = {
            "xml": self.env._("1 purchase without XML")
            if one
            else self.env._("%s purchases without XML", count),
            "amount": self.env._("1 document with another amount")
            if one
            else self.env._("%s documents with another amount", count),
            "period": self.env._("1 document in another month")
            if one
            else self.env._("%s documents in another month", count),
            "received_only_sii": self.env._("1 purchase that is not in Odoo")
            if one
            else self.env._("%s purchases that are not in Odoo", count),
            "issued_only_sii": self.env._("1 sale that is not in Odoo")
            if one
            else self.env._("%s sales that are not in Odoo", count),
        }
        buttons = {"xml": self.env._("Ask for XML")}
        if kind in ("amount", "period"):
            buttons[kind] = self.env._("Compare")
        icon, level = _LOOKS[kind]
        if kind == "xml":
            text = self.env._("They are in the register: %s of VAT", text)
        return {
            "title": titles[kind],
            "text": text,
            "icon": icon,
            "level": level,
            "button": buttons.get(kind) or self.env._("View"),
            "open": f"register_{kind}",
        }
