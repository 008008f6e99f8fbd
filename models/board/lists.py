from odoo import api, models
from odoo.fields import Domain

from ..access.entry import VIEWER, entry
from ..base.today import today

# Figure -> the action whose views show it
_ACTIONS = {
    "l10n_cl.dte": "dte_action",
    "l10n_cl.emission.request": "emission_request_action",
    "l10n_cl.received.dte": "received_dte_action",
    "l10n_cl.rcv.entry": "rcv_entry_action",
}
_CAUSES = ("rejected", "stopped")


class Board(models.AbstractModel):
    """The list behind whatever is pressed: the same domain that was counted."""

    _inherit = "l10n_cl.board"

    @api.model
    @entry("read", VIEWER)
    def open_list(self, name, ids=None):
        """Link: what a tile, a line or a button stands for.

        name: as ``today`` gave it. ids: of these alone. Who may read invoices gets those of
        rejected and stopped documents, as they are mended there.
        """
        companies = self._companies()
        if name in (lists := self._lists()):
            model, domain = lists[name]
        else:
            model, domain = self._further_lists()[name]
        if ids:
            domain &= Domain("id", "in", [int(each) for each in ids])
        if model == "l10n_cl.issuer":
            return self.env.company.l10n_cl_issuer_id._get_records_action()
        if name not in ("void", "incidents"):
            domain &= Domain("company_id", "in", companies.ids)
        if name in _CAUSES and self.env["account.move"].has_access("read"):
            documents = self.env[model].search(domain)
            if len(documents.move_id) == len(documents):
                return documents.move_id._get_records_action(name=self._list_name(name))
        action = self._window(self._action_of(name, model))
        return {**action, "domain": list(domain), "context": {}, "name": self._list_name(name)}

    def _list_name(self, name):
        """What is read above the list; Odoo's own name where there is none."""
        names = self._tile_labels()
        return names.get(name) or self._window(self._action_of(name, ""))["name"]

    def _window(self, name):
        return self.env["ir.actions.act_window"]._for_xml_id(f"l10n_cl_sii.{name}")

    def _action_of(self, name, model):
        actions = {
            "parked": "emission_request_action",
            "requests": "emission_request_action",
            "cafs": "caf_action",
            "unknown": "envio_action",
            "void": "folio_void_action",
            "late": "dte_action",
            "incidents": "incident_action",
            "statements": "statement_action",
            "periods": "rcv_period_action",
            "register_xml": "rcv_entry_action_xml_missing",
        }
        return actions.get(name) or _ACTIONS.get(model) or "rcv_entry_action"

    @api.model
    def _further_lists(self):
        """Lists that no tile counts."""
        entries = "l10n_cl.rcv.entry"
        differing = self._differing(today(self.env.company))
        only_sii = Domain("match", "=", "only_sii")
        return {
            "issuer": ("l10n_cl.issuer", Domain.TRUE),
            "cafs": ("l10n_cl.caf", Domain.TRUE),
            "unknown": ("l10n_cl.envio", Domain("state", "=", "unknown")),
            "void": ("l10n_cl.folio.void", Domain("state", "=", "to_declare")),
            "late": ("l10n_cl.dte", Domain("state", "in", ("pending", "signed", "sent"))),
            "incidents": ("l10n_cl.incident", Domain("times", ">", 0)),
            "statements": ("l10n_cl.statement", Domain("state", "=", "paid")),
            "requests": ("l10n_cl.emission.request", Domain("state", "=", "ready")),
            "periods": ("l10n_cl.rcv.period", Domain("state", "!=", "closed")),
            "register_xml": (entries, differing & Domain("xml_missing", "=", True)),
            "register_amount": (entries, differing & Domain("match", "=", "amount")),
            "register_period": (entries, differing & Domain("match", "=", "period")),
            "register_received_only_sii": (
                entries,
                differing & only_sii & Domain("issue_type", "=", "received"),
            ),
            "register_issued_only_sii": (entries, only_sii & Domain("issue_type", "=", "issued")),
        }
