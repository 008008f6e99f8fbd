from odoo import api, models

# What the queue passes when it has the mail written: callers choose their context, but not this
DELIVERS = object()


class AccountMoveSend(models.AbstractModel):
    """Send & Print of a tax document: signed XML beside the PDF, and no network."""

    _inherit = "account.move.send"

    @api.model
    def _get_all_extra_edis(self):
        return {
            **super()._get_all_extra_edis(),
            "cl_sii": {
                "label": self.env._("SII (the mail waits until it has accepted)"),
                "is_applicable": lambda move: move._l10n_cl_mail_waits(),
            },
        }

    # -- what a person should know before sending

    @api.model
    def _get_alerts(self, moves, moves_data):
        alerts = super()._get_alerts(moves, moves_data)
        documents = moves.sudo().l10n_cl_dte_id
        waiting = moves.filtered(lambda move: self._l10n_cl_holds_back(move, moves_data[move]))
        stopped = [
            ("rejected", "danger", self.env._("Rejected by the SII, hence no tax document")),
            ("foreign", "danger", self.env._("The SII holds another document of this folio")),
            ("exception", "warning", self.env._("Stopped on its way to the SII")),
        ]
        for state, level, text in stopped:
            if these := documents.filtered(lambda dte, state=state: dte.state == state).move_id:
                alerts[f"l10n_cl_{state}"] = self._l10n_cl_alert(level, text, these)
        if waiting:
            text = self.env._("The mail goes out by itself once the SII has accepted")
            alerts["l10n_cl_waiting"] = self._l10n_cl_alert("info", text, waiting)
        if tests := documents.filtered(lambda dte: dte.environment == "certification").move_id:
            text = self.env._("Issued in the SII's certification environment, without legal value")
            alerts["l10n_cl_certification"] = self._l10n_cl_alert("info", text, tests)
        return alerts

    def _l10n_cl_alert(self, level, text, moves):
        return {
            "level": level,
            "message": f"{text}: {', '.join(moves.mapped('name'))}.",
            "action_text": self.env._("View Invoice(s)"),
            "action": moves.with_user(self.env.user)._get_records_action(),
        }

    # -- documents

    @api.model
    def _hook_invoice_document_before_pdf_report_render(self, invoice, invoice_data):
        result = super()._hook_invoice_document_before_pdf_report_render(invoice, invoice_data)
        titles = {
            "rejected": self.env._("%s was rejected by the SII: it is no invoice.", invoice.name),
            "foreign": self.env._(
                "The SII holds another document as %s: this is no invoice.", invoice.name
            ),
        }
        if title := titles.get(invoice.sudo().l10n_cl_dte_id.state):
            invoice_data["error"] = {"error_title": title}
        return result

    @api.model
    def _hook_invoice_document_after_pdf_report_render(self, invoice, invoice_data):
        """No Factur-X: Odoo writes that European invoice into every PDF, and nobody in Chile reads
        it."""
        if invoice.sudo().l10n_cl_dte_id:
            return None
        return super()._hook_invoice_document_after_pdf_report_render(invoice, invoice_data)

    @api.model
    def _link_invoice_documents(self, invoices_data):
        result = super()._link_invoice_documents(invoices_data)
        for invoice in invoices_data:
            invoice._l10n_cl_attach_xml()
        return result

    @api.model
    def _get_invoice_extra_attachments(self, move):
        return super()._get_invoice_extra_attachments(move) | move.l10n_cl_xml_id

    # -- mail

    @api.model
    def _l10n_cl_holds_back(self, move, move_data):
        """Whether the mail that was asked for must wait for the SII."""
        return (
            "email" in move_data["sending_methods"]
            and "cl_sii" in move_data["extra_edis"]
            and move._l10n_cl_mail_waits()
        )

    @api.model
    def _hook_if_success(self, moves_data, from_cron=False):
        """Mails with a tax document leave from the queue: here they are only put into it."""
        going = dict(moves_data)
        if self.env.context.get("l10n_cl_delivers") is not DELIVERS:
            for move, move_data in moves_data.items():
                if "email" in move_data["sending_methods"] and move.sudo().l10n_cl_dte_id:
                    move._l10n_cl_plan_mail(move_data, self._l10n_cl_holds_back(move, move_data))
                    others = [each for each in move_data["sending_methods"] if each != "email"]
                    going[move] = {**move_data, "sending_methods": others}
        return super()._hook_if_success(going, from_cron=from_cron)
