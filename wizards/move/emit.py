from odoo import Command, api, fields, models
from odoo.tools import format_amount

from ...models.access.entry import EMITTER, entry
from ...models.base.big_integer import BigInteger
from ...models.base.job.works import MANY
from ...models.move.outlook import Outlook, rehearse

_NOTHING = Outlook(None, "", [])
# Where to make what is not there yet.
_LISTS = {"l10n_cl.caf": "l10n_cl_sii.caf_action", "l10n_cl.issuer": "l10n_cl_sii.issuer_action"}


class Emit(models.TransientModel):
    """Shows what drafts will become and what keeps them from being emitted, and emits them.

    In: drafts. Out: each emitted on its own, or the sentence of what keeps it; one that fails does
    not take back the others. Of more than 100 it shows the sum, and a job emits them. Nothing is
    emitted before the button is pressed.
    """

    _name = "l10n_cl.emit"
    _inherit = ["l10n_cl.wizard.mixin"]
    _description = "Emit DTE"

    line_ids = fields.One2many("l10n_cl.emit.line", "wizard_id", "Invoices")
    ready_count = fields.Integer("Ready to emit", compute="_compute_ready_count")
    problems = fields.Json(compute="_compute_problems")
    many = fields.Json(help="Ids of the invoices where they are too many to be shown each.")
    many_text = fields.Text(compute="_compute_many_text")
    rehearsed = fields.Boolean(help="They were posted and signed for trial, and taken back.")
    is_acceptable = fields.Boolean(compute="_compute_is_acceptable")

    @api.model_create_multi
    def create(self, vals_list):
        wizards = super().create(vals_list)
        moves = wizards.line_ids.move_id
        moves.filtered(lambda move: move._l10n_cl_is_emitted())._l10n_cl_refresh_amounts()
        return wizards

    @api.depends("line_ids.state")
    def _compute_display_name(self):
        self.display_name = self.env._("Emit DTE")

    @api.depends("rehearsed", "line_ids.state")
    def _compute_is_acceptable(self):
        for wizard in self:
            states = set(wizard.line_ids.mapped("state"))
            wizard.is_acceptable = wizard.rehearsed and states == {"ready"}

    @api.depends("line_ids.state")
    def _compute_ready_count(self):
        for wizard in self:
            wizard.ready_count = len(wizard.line_ids.filtered(lambda line: line.state == "ready"))

    @api.depends("line_ids.problems")
    def _compute_problems(self):
        """For the widget actionable_errors: each problem once, with its link."""
        for wizard in self:
            shown = {}
            for line in wizard.line_ids:
                for problem in line.problems or []:
                    shown.setdefault(problem["message"], {"level": "danger", **problem})
            wizard.problems = shown

    @api.model
    def _open_over(self, moves, failed=None):
        """The wizard over these invoices. failed: why some could not be posted, by invoice."""
        if failed is None and len(moves) > MANY:
            return self.create({"many": moves.ids})
        wizard = self.create(
            {
                "line_ids": [
                    Command.create({"move_id": move.id}) for move in moves._l10n_cl_in_order()
                ]
            }
        )
        wizard.line_ids._keep_failures(failed or {})
        return wizard

    @api.depends("many")
    def _compute_many_text(self):
        """How many of each type, and their pesos."""
        for wizard in self:
            groups = self.env["account.move"]._read_group(
                [("id", "in", wizard.many or [])],
                ["company_id", "l10n_latam_document_type_id"],
                ["__count", "amount_total_signed:sum"],
            )
            wizard.many_text = "\n".join(
                f"{company.name}: {count} {kind.name or self.env._('without a type')}, "
                f"{format_amount(self.env, total, company.currency_id)}"
                for company, kind, count, total in groups
            )

    @entry("write", EMITTER)
    def action_emit(self):
        """Button: emit every invoice that nothing keeps from it; of many, the job that does it."""
        self.ensure_one()
        if self.many:
            moves = self.env["account.move"].browse(self.many)
            return self.env["l10n_cl.job"]._ask("emit", moves)._open()
        ready = self.line_ids.filtered(lambda line: line.state == "ready")
        failed = ready.move_id._l10n_cl_emit_each()
        for line in ready:
            line.write(
                {
                    "emitted": line.move_id not in failed,
                    "failure": failed.get(line.move_id),
                }
            )
        return True

    @entry("write", EMITTER)
    def action_check_again(self):
        """Button: try anew all that is not emitted yet, and take it back."""
        self.ensure_one()
        lines = self.line_ids.filtered(lambda line: not line.emitted)
        lines.failure = False
        lines.move_id._l10n_cl_refresh_amounts()
        lines._keep_failures(rehearse(lines.move_id.filtered(lambda move: move.state == "draft")))
        self.rehearsed = True
        return True


class EmitLine(models.TransientModel):
    """One draft in the wizard: its document as it will be, its problems, and what became of it."""

    _name = "l10n_cl.emit.line"
    _inherit = ["l10n_cl.wizard.mixin"]
    _description = "Invoice to emit"

    wizard_id = fields.Many2one("l10n_cl.emit", required=True, ondelete="cascade")
    move_id = fields.Many2one("account.move", "Invoice", required=True, ondelete="cascade")
    emitted = fields.Boolean()
    failure = fields.Char()
    document_type_id = fields.Many2one(related="move_id.l10n_latam_document_type_id")
    receiver_name = fields.Char("Receiver", compute="_compute_outlook")
    receiver_rut = fields.Char("RUT", compute="_compute_outlook")
    net = BigInteger(compute="_compute_outlook")
    exempt = BigInteger(compute="_compute_outlook")
    vat = BigInteger("VAT", compute="_compute_outlook")
    total = BigInteger(compute="_compute_outlook")
    problems = fields.Json(compute="_compute_outlook")
    state = fields.Selection(
        [
            ("ready", "Ready"),
            ("blocked", "Has problems"),
            ("skipped", "Not emitted"),
            ("emitted", "Emitted"),
            ("failed", "Failed"),
        ],
        compute="_compute_outlook",
    )
    outcome = fields.Char("Result", compute="_compute_outlook", help="Its folio, or the reason.")

    def _keep_failures(self, failed):
        """Why some could not be posted, by invoice. What is listed with the place to mend it is
        not kept: it is looked at anew whenever the list is read."""
        for line in self:
            reason = failed.get(line.move_id)
            line.failure = reason if reason and line.state != "blocked" else False

    @api.depends("move_id", "emitted", "failure")
    def _compute_outlook(self):
        outlooks = self.move_id._l10n_cl_outlook()
        for line in self:
            # a line without an invoice is made by programs alone
            outlook = outlooks.get(line.move_id, _NOTHING)
            document = outlook.document
            line.receiver_name = document and document.receiver.name
            line.receiver_rut = document and document.receiver.rut
            line.net = document and document.totals.net
            line.exempt = document and document.totals.exempt
            line.vat = document and document.totals.vat
            line.total = document and document.totals.total
            line.problems = [line._problem(each.text, each.record) for each in outlook.obstacles]
            line.state, line.outcome = line._state(outlook)

    def _state(self, outlook):
        if self.emitted:
            return "emitted", self.move_id.name
        if outlook.skipped:
            return "skipped", outlook.skipped
        if outlook.obstacles:
            return "blocked", outlook.obstacles[0].text
        if self.failure:
            return "failed", self.failure
        return "ready", False

    def _problem(self, sentence, record):
        """One problem as the widget actionable_errors takes it."""
        if record._name in ("l10n_cl.issuer", "l10n_cl.caf", "res.company"):
            message = sentence
        else:
            message = f"{self._label()}: {sentence}"
        return {
            "message": message,
            "action_text": self.env._("Open %s", record.display_name or self._name_of(record)),
            "action": self._open_action(record),
        }

    def _name_of(self, record):
        """What records of this kind are called, in the user's language."""
        return self.env["ir.model"]._get(record._name).name

    def _open_action(self, record):
        if record:
            return record._get_records_action()
        return self.env["ir.actions.act_window"]._for_xml_id(_LISTS[record._name])

    def _label(self):
        return " ".join(
            filter(None, [self.document_type_id.doc_code_prefix, self.move_id.partner_id.name])
        )
