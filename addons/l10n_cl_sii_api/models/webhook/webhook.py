import secrets
import uuid

from odoo import api, fields, models
from odoo.addons.l10n_cl_sii.models.access.entry import MANAGER, entry
from odoo.addons.l10n_cl_sii.models.access.guard import ALWAYS, BIRTH
from odoo.addons.l10n_cl_sii.models.base.incident import reporting
from odoo.exceptions import ValidationError
from odoo.fields import NO_ACCESS

from ...events import EVENTS
from ...transport import webhook as wire


class Webhook(models.Model):
    """An address of a program that gets what becomes of documents.

    What it gets is signed with a secret that both know; it is shown once.
    """

    _name = "l10n_cl.webhook"
    _description = "Address of a program that is told of events"
    _inherit = ["l10n_cl.guard.mixin", "l10n_cl.given.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "name, id"
    _open_to_people = {
        "company_id": BIRTH,
        **dict.fromkeys(("name", "active", "url", *EVENTS.values()), ALWAYS),
    }
    _people_may_delete = True

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    uuid = fields.Char(
        "Identifier", required=True, readonly=True, copy=False, default=lambda _s: str(uuid.uuid4())
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    url = fields.Char("Address", required=True, help="Events are sent there: https://...")
    # set null: a neutralised copy loses its secrets
    secret_id = fields.Many2one(
        "l10n_cl.vault", readonly=True, copy=False, groups=NO_ACCESS, ondelete="set null"
    )
    on_emitted = fields.Boolean("Emitted", default=True, help="document.emitted")
    on_accepted = fields.Boolean("Accepted", default=True, help="document.accepted")
    on_objected = fields.Boolean("Accepted with objections", default=True, help="document.objected")
    on_rejected = fields.Boolean("Rejected", default=True, help="document.rejected")
    on_parked = fields.Boolean("Something is missing", default=True, help="document.parked")
    on_answered = fields.Boolean("Answered by the customer", default=True, help="document.answered")
    delivery_ids = fields.One2many("l10n_cl.webhook.delivery", "webhook_id", "Deliveries")
    failed_count = fields.Integer(compute="_compute_failed_count")

    _uuid_unique = models.UniqueIndex("(uuid)")

    @api.model_create_multi
    def create(self, vals_list):
        webhooks = super().create(vals_list)
        for webhook in webhooks:
            webhook._issue_secret()
        return webhooks

    def unlink(self):
        """Its secret goes with it."""
        kept = self.sudo().secret_id
        result = super().unlink()
        kept._drop()
        return result

    @api.depends("delivery_ids.state")
    def _compute_failed_count(self):
        failed = [("webhook_id", "in", self.ids), ("state", "=", "failed")]
        deliveries = self.env["l10n_cl.webhook.delivery"]
        counts = dict(deliveries._read_group(failed, ["webhook_id"], ["__count"]))
        for webhook in self:
            webhook.failed_count = counts.get(webhook, 0)

    @api.constrains("url")
    def _check_url(self):
        if not all(self._is_allowed(webhook.url) for webhook in self):
            raise ValidationError(
                self.env._("The address of a webhook begins with https:// and names a host.")
            )

    @api.model
    def _is_allowed(self, url):
        """Whether events may be sent there."""
        return wire.is_allowed(url, self._is_simulated())

    @api.model
    def _is_simulated(self):
        """Whether the SII is simulated here: then programs may listen on this machine."""
        return bool(self.env["ir.config_parameter"].sudo().get_param("l10n_cl_sii.base_url"))

    def _issue_secret(self):
        """A new secret, shown once; the former one signs nothing any more."""
        webhook, secret = self.sudo(), f"whsec_{secrets.token_urlsafe(32)}"
        former = webhook.secret_id
        vault = self.env["l10n_cl.vault"]
        webhook.secret_id = vault._put(f"webhook {self.id}", secret.encode())
        webhook.flush_recordset(["secret_id"])
        former._drop()
        return secret

    def _secret(self):
        """What the program and we sign with. Raises VaultClosed."""
        return self.sudo().secret_id._take().decode()

    def _events(self):
        """Types of the events that it gets."""
        self.ensure_one()
        return [event for event, field in EVENTS.items() if self[field]]

    def _events_values(self, events):
        """Values that ask for these types and no other."""
        return {field: event in events for event, field in EVENTS.items()}

    @entry("write")
    def action_issue_secret(self):
        """Button: another secret, shown this once; the former one signs nothing any more."""
        self.ensure_one()
        text = self.env._("A new secret of the webhook “%s” was shown.", self.name)
        self.env["l10n_cl.trace"]._leave("secret", self.company_id, text, self)
        return {
            "type": "ir.actions.client",
            "tag": "l10n_cl_show_secret",
            "name": self.env._("Secret of the Webhook"),
            "params": {"url": self.url, "secret": self._issue_secret()},
        }

    @entry("read", MANAGER)
    def action_view_deliveries(self):
        """Button: what it was sent, and what it answered."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "l10n_cl_sii_api.webhook_delivery_action"
        )
        return {**action, "domain": [("webhook_id", "in", self.ids)], "context": {}}

    @reporting
    def _call_a_person(self, text):
        self._l10n_cl_call(
            "l10n_cl_sii_api.activity_webhook",
            self.env._("%s is told no more", self.name),
            text,
            self.create_uid,
        )
