from markupsafe import Markup

from odoo import Command, api, fields, models

from ..base.big_integer import BigInteger


class Reason(models.Model):
    """One reason why the SII rejected a document, or objected to it."""

    _name = "l10n_cl.reason"
    _description = "Reason of a rejection or objection"
    _inherit = "l10n_cl.guard.mixin"
    _order = "id"

    dte_id = fields.Many2one("l10n_cl.dte", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="dte_id.company_id", store=True, index=True)
    family = fields.Selection(
        selection=lambda self: (
            self.env["l10n_cl.sii.code"]._fields["family"]._description_selection(self.env)
        ),
        required=True,
        readonly=True,
    )
    code = fields.Char(readonly=True)
    line = BigInteger(readonly=True, help="Line of the document; 0: the whole of it.")
    sii_text = fields.Char("The SII says", readonly=True)
    mailed = fields.Boolean(
        "By mail",
        readonly=True,
        help="Said by a mail that names the SII; its sender is not proven.",
    )
    code_id = fields.Many2one(
        "l10n_cl.sii.code", "Explanation", compute="_compute_code_id", store=True
    )
    title = fields.Char(related="code_id.title")
    cause = fields.Char(related="code_id.cause")
    remedy = fields.Char(related="code_id.remedy")
    field = fields.Char(related="code_id.field")

    @api.depends("family", "code", "sii_text")
    def _compute_code_id(self):
        table = self.env["l10n_cl.sii.code"]
        for reason in self:
            reason.code_id = table._find(reason.family, reason.code, reason.sii_text or "")

    def _explanation(self):
        """For people: the SII's text, what it means and what to do, a paragraph for each."""
        paragraphs = Markup().join(reason._paragraph() for reason in self)
        if any(self.mapped("mailed")):
            text = self.env._("As a mail says that names the SII (its sender is not proven):")
            return Markup("<p>%s</p>") % text + paragraphs
        return paragraphs

    def _paragraph(self):
        status = "STATUS" if self.family == "upload" else ""
        words = " ".join(filter(None, [status, self.code, self.sii_text]))
        if self.line:
            words = self.env._("%(words)s (line %(line)s)", words=words, line=self.line)
        rows = [Markup("<b>%s</b>") % words, self.title, self.cause, self._labelled_remedy()]
        return Markup("<p>%s</p>") % Markup("<br/>").join(filter(None, rows))

    def _labelled_remedy(self):
        texts = []
        if self.remedy:
            texts.append(self.env._("What to do: %s", self.remedy))
        if self.field:
            texts.append(self.env._("Look at: %s.", self.field))
        return " ".join(texts)


class Dte(models.Model):
    """The reasons of the latest verdict: commands that put them in the place of those before."""

    _inherit = "l10n_cl.dte"

    reason_ids = fields.One2many("l10n_cl.reason", "dte_id", "Reasons", readonly=True)
    explanation = fields.Html("Why", compute="_compute_explanation", sanitize=False)

    @api.depends("reason_ids")
    def _compute_explanation(self):
        for document in self:
            document.explanation = document.reason_ids._explanation() or False

    @api.model
    def _reasons(self, family, code, text=""):
        """Commands that give a document one reason, in the place of those it had."""
        return [
            Command.clear(),
            Command.create({"family": family, "code": code, "sii_text": text}),
        ]

    @api.model
    def _reasons_given(self, reasons, mailed=False):
        """Commands for reasons (sii.transport.result_mail.Reason) that the SII, or a mail, gave."""
        values = [
            {
                "family": "reason",
                "code": each.code,
                "line": each.line,
                "sii_text": each.text,
                "mailed": mailed,
            }
            for each in reasons
        ]
        return [Command.clear(), *map(Command.create, values)]

    def _verdict_reasons(self, state):
        """Commands for a verdict that came as a counter, so without reason (PROTOCOL 3.5).

        What the result mail gave before stays: it is more than a counter.
        """
        self.ensure_one()
        code = {"rejected": "RCH", "objected": "RPR"}.get(state)
        if not code:
            return [Command.clear()]
        return [] if self.reason_ids else self._reasons("envelope", code)

    @api.model
    def _reasons_of_refusal(self, row, error):
        """Commands for an upload that was refused: the answer, and each error of the schema.

        row: the table's row of the upload's status.
        """
        text = error.data.get("text", "")
        found = [row, *self.env["l10n_cl.sii.code"]._find_parser_errors(text)]
        values = [{"family": each.family, "code": each.code} for each in found]
        values[-1]["sii_text"] = text
        return [Command.clear(), *map(Command.create, values)]
