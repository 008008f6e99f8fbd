import re

from odoo import api, fields, models

_REASON = re.compile(r"([A-Z]{3})-\d-\d+")


class SiiCode(models.Model):
    """What the SII's codes mean to people: the one place where each is explained.

    Sentences for what never reached the SII, or came back without a code, are in
    ``sii/sentences.csv``.
    """

    _name = "l10n_cl.sii.code"
    _description = "Code of the SII"
    _inherit = ["l10n_cl.given.mixin"]
    _order = "family, code"

    family = fields.Selection(
        [
            ("seed", "Login: seed"),
            ("token", "Login: token"),
            ("upload", "Upload of an envelope"),
            ("parser", "Schema check"),
            ("envelope", "State of an envelope"),
            ("document", "State of a document"),
            ("reason", "Reason of a rejection or objection"),
            ("section", "Part of a document"),
            ("claim", "Acceptance and claims"),
        ],
        required=True,
        help="Where the SII says it: the same code means different things in different places.",
    )
    code = fields.Char(required=True)
    title = fields.Char("Meaning", required=True, translate=True)
    cause = fields.Char(translate=True)
    remedy = fields.Char("What to do", translate=True)
    field = fields.Char("Where", translate=True, help="What to look at, and correct.")

    _code_unique = models.UniqueIndex("(family, code)", "This code is explained already.")

    @api.depends("code", "title")
    def _compute_display_name(self):
        for row in self:
            row.display_name = f"{row.code}: {row.title}"

    @api.model
    def _find(self, family, code, text=""):
        """The row of a code; empty when nobody has explained it.

        A reason that we do not know is explained by the part of the document it speaks of; one
        without code is known by its text (PROTOCOL 3.5).
        """
        rows = self.sudo().search([("family", "=", family)])
        found = rows.filtered(lambda row: row.code == code)
        if found or family != "reason":
            return found
        if not code:
            return rows.filtered(lambda row: " " in row.code and row.code in text)[:1]
        section = _REASON.fullmatch(code)
        return self._find("section", section[1]) if section else found

    @api.model
    def _find_parser_errors(self, text):
        """Rows of the schema checker's codes that stand in a text (PROTOCOL 2.3)."""
        rows = self.sudo().search([("family", "=", "parser")])
        return rows.filtered(lambda row: row.code in text)

    def _sentence(self):
        """Title, cause, remedy and place in one line, for people; empty without a row."""
        texts = [f"{text.rstrip('.')}." for text in (self.title, self.cause, self.remedy) if text]
        if self.field:
            texts.append(self.env._("Look at: %s.", self.field))
        return " ".join(texts)
