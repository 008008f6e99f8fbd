from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ...sii import clock
from ..access.entry import VIEWER

_READERS = ("rejected", "daily")
# What was rejected before is told nobody; the hour in Chile from which the summary is sent
_NEWS = timedelta(days=1)
_MORNING = 8


class Board(models.AbstractModel):
    """Mails to those who want them, in their language, of the companies that they may read.

    A mail and the note that it was written are one transaction: none is written twice.
    """

    _inherit = "l10n_cl.board"

    @api.model
    def _cron_rejected(self):
        """Mail what the SII rejected since the last run."""
        documents = self.env["l10n_cl.dte"].search(
            [
                ("state", "in", ("rejected", "foreign")),
                ("write_date", ">", fields.Datetime.now() - _NEWS),
            ]
        )
        news = documents.filtered(lambda each: each.told_generation < each.generation)
        if not news:
            return
        readers = self._readers(_READERS, news.company_id)
        self.env["l10n_cl.incident"]._each_alone(
            readers, lambda user: self._tell_rejected(user, news)
        )
        for document in news:
            document.told_generation = document.generation

    @api.model
    def _cron_summary(self):
        """Mail the day's summary in the morning; a server that was off then sends it later."""
        now = clock.now()
        if now.hour < _MORNING:
            return
        issuers = self.env["l10n_cl.issuer"].search([("active", "=", True)])
        readers = self._readers(("daily",), issuers._companies()).filtered(
            lambda user: not user.l10n_cl_sii_summed_on or user.l10n_cl_sii_summed_on < now.date()
        )
        self.env["l10n_cl.incident"]._each_alone(readers, lambda user: self._tell_day(user, now))

    @api.model
    def _readers(self, wishes, companies):
        """Who wants these mails, may read documents, and works in one of the companies."""
        group = self.env.ref(VIEWER)
        return self.env["res.users"].search(
            Domain("l10n_cl_sii_mails", "in", wishes)
            & Domain("all_group_ids", "in", group.ids)
            & Domain("company_ids", "in", companies.ids)
            & Domain("email", "!=", False)
        )

    def _tell_rejected(self, user, documents):
        """One mail about all that was rejected in his companies."""
        seen = self._as_seen_by(user).env["l10n_cl.dte"].browse(documents.ids)
        seen = seen._filtered_access("read")
        if not seen:
            return
        board = self._as_seen_by(user)
        if len(seen) == 1:
            subject = board.env._("The SII rejected %s", board._document_name(seen))
        else:
            subject = board.env._("The SII rejected %s documents", len(seen))
        parts = [
            {
                "name": company.name,
                "lines": [
                    {
                        "title": f"{board._document_name(each)}, {each.receiver_name or ''}",
                        "text": board._cause_of(each),
                        "url": f"/odoo/action-l10n_cl_sii.dte_action/{each.id}",
                    }
                    for each in of_company
                ],
            }
            for company, of_company in seen.grouped("company_id").items()
        ]
        board._write_mail(user, subject, parts)

    def _tell_day(self, user, now):
        """One mail with a part for each company where there is something to do."""
        user.l10n_cl_sii_summed_on = now.date()
        board = self._as_seen_by(user)
        parts = [
            {"name": company.name, "lines": lines}
            for company in board._switchable()
            if (lines := board.with_company(company)._summary_lines())
        ]
        if parts:
            board._write_mail(user, board.env._("SII: what needs you today"), parts)

    @api.model
    def _summary_lines(self):
        """What ends, or has to be done, of the company at hand; as on the page."""
        today = self.today()
        lines = [
            {"title": f"{tile['label']}: {tile['count']}", "text": tile["text"]}
            for tile in today["tiles"]
            if tile["level"]
        ]
        lines += [{"title": line["title"], "text": line["text"]} for line in today["todo"]]
        lines += [
            {"title": f"{row['left']}: {row['name']}", "text": f"{row['text']}, {row['amount']}"}
            for row in today["received"]
            if row["level"] in ("bad", "look")
        ]
        return lines

    @api.model
    def _as_seen_by(self, user):
        """This model with somebody's rights, language and companies."""
        board = self.with_user(user).with_context(
            allowed_company_ids=(user.company_id | user.company_ids).ids,
            lang=user.lang,
            tz=user.tz,
        )
        return board.sudo(False)

    @api.model
    def _write_mail(self, user, subject, parts):
        url = user.get_base_url()
        values = {"subject": subject, "parts": parts, "url": url}
        body = self.env["ir.qweb"].sudo()._render("l10n_cl_sii.mail_of_the_board", values)
        self.env["mail.mail"].sudo().create(
            {
                "subject": subject,
                "body_html": body,
                "email_from": user.company_id.email_formatted or self.env.user.email_formatted,
                "email_to": user.email_formatted,
                "auto_delete": True,
            }
        )
