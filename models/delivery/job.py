"""Mails by the thousand: a job puts them into the queue, where they are written and sent."""

from odoo import models

from ...sii import states
from ..access.entry import EMITTER, entry
from ..base.job.works import WORKS, Outcome, Work


class _Mail(Work):
    """The customer's mail of each issued document, by the document's own template."""

    model = "l10n_cl.dte"
    group = EMITTER
    most = 100
    claim = "l10n_cl.dte mail"

    def label(self, env):
        return env._("Mail to customers")

    def skipped_text(self, job, document):
        env = document.env
        if document.state in states.DEAD or not document._printed():
            return env._("It is no valid tax document.")
        delivery = _of_customer(document)
        if delivery.state == "sent":
            return env._("Mailed already to %s. Send it again on the document.", delivery.address)
        if delivery.state in ("waiting", "to_send", "sending"):
            return env._("Its mail is on its way already.")
        return ""

    def do(self, job, documents):
        return {document: self._plan(document) for document in documents}

    def _plan(self, document):
        source = document.sudo()._source()
        state = "waiting" if _waits(source) else "to_send"
        deliveries = document.env["l10n_cl.delivery"].sudo()
        delivery = deliveries._plan(document.sudo(), "customer", state)
        if delivery.state == "none":
            return Outcome(delivery.failure, skipped=True)
        return Outcome(delivery.address, delivery)


def _of_customer(document):
    return document.sudo().delivery_ids.filtered(lambda delivery: delivery.kind == "customer")


def _waits(source):
    """Whether a mail has to wait for the SII: of invoices alone it may be wanted before."""
    return source._name == "account.move" and source._l10n_cl_mail_waits()


WORKS["mail"] = _Mail()


class AccountMove(models.Model):
    _inherit = "account.move"

    @entry("read", EMITTER)
    def l10n_cl_action_mail_many(self):
        """Action: say how many mails it would be; they go when the button there is pressed."""
        wizard = self.env["l10n_cl.mail.many"].create({"documents": self.l10n_cl_dte_id.ids})
        return wizard._get_records_action(name=self.env._("Mail to Customers"), target="new")
