import secrets
from datetime import UTC, timedelta
from urllib.parse import urlsplit

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import NO_ACCESS

from ...sii.errors import Busy, NotSent, RcvProblem, Refused
from ...sii.register.twice import Watch
from ...sii.transport.register.provider import DISCONNECTED, REFRESHED, Provider
from ..access.entry import entry
from ..access.guard import ALWAYS, BIRTH, EDITABLE
from ..access.vault import VaultClosed

_EVERY = timedelta(hours=6)
_PAUSE = timedelta(minutes=10)
# what changed while the last sync was under way, by whichever clock, is asked for again
_OVERLAP = timedelta(hours=1)
_SECRETS = ("token", "link_token", "webhook_secret")
_IN_VAULT = {"readonly": True, "copy": False, "groups": NO_ACCESS, "ondelete": "restrict"}


def _is_allowed(url):
    """Over TLS, or this very machine."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    if not parts.hostname or parts.username or parts.password or not url.isprintable():
        return False
    here = parts.scheme == "http" and parts.hostname == "127.0.0.1"
    return parts.scheme == "https" or here


class RcvProvider(models.Model):
    """A provider that reads the SII's register for a company and serves it as invoice objects.

    What it serves is kept whole or not at all; an interrupted sync asks again for all that changed
    since the last one that ended.
    """

    _name = "l10n_cl.rcv.provider"
    _description = "Provider of the SII's register"
    _inherit = ["l10n_cl.guard.mixin", "l10n_cl.given.mixin", "l10n_cl.queue.mixin"]
    _open_to_people = {EDITABLE: ALWAYS, "company_id": BIRTH}
    _people_may_delete = True
    _rec_name = "base_url"
    _queue = "sync"

    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    base_url = fields.Char(
        "Address", required=True, help="Of the provider's API, such as https://api.example.com/v1."
    )
    # typed once, kept in the vault and never shown again
    token = fields.Char(
        "API key",
        compute="_compute_secrets",
        inverse=lambda self: self._keep_secret("token"),
        groups="base.group_system",
    )
    link_token = fields.Char(
        compute="_compute_secrets",
        inverse=lambda self: self._keep_secret("link_token"),
        groups="base.group_system",
        help="Names the company at the provider.",
    )
    webhook_secret = fields.Char(
        compute="_compute_secrets",
        inverse=lambda self: self._keep_secret("webhook_secret"),
        groups="base.group_system",
        help="The provider signs with it what it tells us.",
    )
    token_id = fields.Many2one("l10n_cl.vault", **_IN_VAULT)
    link_token_id = fields.Many2one("l10n_cl.vault", **_IN_VAULT)
    webhook_secret_id = fields.Many2one("l10n_cl.vault", **_IN_VAULT)
    webhook_key = fields.Char(
        readonly=True, copy=False, required=True, default=lambda _self: secrets.token_urlsafe(24)
    )
    webhook_url = fields.Char(
        "Webhook", compute="_compute_webhook_url", help="Register this address at the provider."
    )
    synced_at = fields.Datetime("Last synced", readonly=True, copy=False)
    problem = fields.Text(readonly=True, copy=False, help="What the last sync ran into.")
    contradictions = fields.Text(
        "Told twice",
        readonly=True,
        copy=False,
        help="Documents that the last sync was told twice, with other figures.",
    )
    is_disconnected = fields.Boolean(
        "Cannot log in at the SII",
        readonly=True,
        copy=False,
        help="The provider cannot log in at the SII any more: connect the company there again.",
    )

    _one_active = models.UniqueIndex(
        "(company_id) WHERE active", "This company has a provider already."
    )
    _webhook_once = models.UniqueIndex("(webhook_key)")

    def _compute_secrets(self):
        """What was typed is not shown again."""
        for name in _SECRETS:
            self[name] = False

    def _keep_secret(self, name):
        for provider in self.sudo():
            former, typed = provider[f"{name}_id"], provider[name]
            if typed:
                purpose = f"provider {provider.id}: {name}"
                provider[f"{name}_id"] = self.env["l10n_cl.vault"]._put(purpose, typed.encode())
            elif name == "webhook_secret":  # the others are needed: left empty, they stay
                provider.webhook_secret_id = False
            else:
                continue
            provider.flush_recordset([f"{name}_id"])
            former._drop()

    @api.model_create_multi
    def create(self, vals_list):
        providers = super().create(vals_list)
        for provider in providers.sudo():
            if not provider.token_id or not provider.link_token_id:
                raise ValidationError(
                    self.env._("A provider of the register needs its API key and its link token.")
                )
        providers.invalidate_recordset(_SECRETS)
        return providers

    def write(self, vals):
        """Secrets are of one address: at another one they are typed anew, and never sent."""
        moved = self.filtered(lambda each: each.base_url != vals.get("base_url", each.base_url))
        if moved and not (vals.get("token") and vals.get("link_token")):
            raise ValidationError(
                self.env._(
                    "Another address is another provider: type its API key and its link token "
                    "too. Those of %s are not sent there.",
                    moved[:1].base_url,
                )
            )
        if moved:
            vals = {"webhook_secret": False, **vals}
        result = super().write(vals)
        self.invalidate_recordset(_SECRETS)
        return result

    def unlink(self):
        """Its secrets go with it."""
        account = self.sudo()
        kept = account.token_id | account.link_token_id | account.webhook_secret_id
        result = super().unlink()
        kept._drop()
        return result

    def _webhook_secret(self):
        """What the provider signs with; empty when there is none, or it cannot be opened."""
        row = self.sudo().webhook_secret_id
        return "" if not row or row._problem() else row._take().decode()

    @api.depends("webhook_key")
    def _compute_webhook_url(self):
        for provider in self:
            base = provider.get_base_url()
            provider.webhook_url = f"{base}/l10n_cl_sii/v1/register/{provider.webhook_key}"

    @api.constrains("base_url")
    def _check_base_url(self):
        for provider in self:
            if not _is_allowed(provider.base_url):
                raise ValidationError(self.env._("The provider's address begins with https://."))

    @api.model
    def _cron_sync(self):
        due = [
            "|",
            ("next_attempt_at", "=", False),
            ("next_attempt_at", "<=", fields.Datetime.now()),
        ]
        self._process_queue(due, lambda provider: provider._sync())

    def _call_sync(self):
        """Read what changed as soon as the scheduled action runs."""
        self.next_attempt_at = False
        self._call_workers()

    def _take_event(self, event):
        """The provider's webhook: an event by its type; unknown ones are no news."""
        if event == REFRESHED:
            self.is_disconnected = False
            self._call_sync()
        elif event == DISCONNECTED:
            self.is_disconnected = True

    @entry("write")
    def action_sync(self):
        """Button: read what changed now."""
        self.sudo()._call_sync()

    def _sync(self):
        started, watch = fields.Datetime.now(), Watch()
        entries = self.env["l10n_cl.rcv.entry"].sudo()
        try:
            with self.env.cr.savepoint():
                entries._upsert(self.company_id, watch.passing(self._rows()), self.base_url)
        except NotSent:
            self._sync_failed(self.env._("The provider could not be reached."), _PAUSE)
        except (Busy, RcvProblem) as error:
            self._sync_failed(
                self.env._("The provider's answer could not be used: %s.", error.code), _PAUSE
            )
        except VaultClosed as closed:
            self._sync_failed(str(closed), _EVERY)
        except Refused as error:
            account = self.sudo()
            text = str(error.data.get("text") or error.code)
            text = (account.token_id | account.link_token_id)._masked(text)
            self._sync_failed(self.env._("The provider refuses: %s", text), _EVERY)
        else:
            self.write(
                {
                    "synced_at": started,
                    "problem": False,
                    "contradictions": entries._contradictions_text(watch),
                    "attempts": 0,
                    "next_attempt_at": started + _EVERY,
                }
            )

    def _rows(self):
        """What changed since the last sync; at first the months that the register is kept for."""
        account = self.sudo()
        since = account.synced_at and account.synced_at.replace(tzinfo=UTC) - _OVERLAP
        months = self.env["l10n_cl.rcv.period"]._months_to_sync()
        keys = account.token_id._take().decode(), account.link_token_id._take().decode()
        with Provider(account.base_url, *keys) as provider:
            for month in months[:1] if since else months:
                yield from provider.fetch(account.company_id.vat, month, since or None)

    def _sync_failed(self, problem, pause):
        attempts = self.attempts + 1
        at = fields.Datetime.now() + min(pause * attempts, _EVERY)
        self.write({"problem": problem, "attempts": attempts, "next_attempt_at": at})

    def _process_failed(self, error):
        self._sync_failed(
            self.env._("An unexpected error (%s); the log has it whole.", type(error).__name__),
            _EVERY,
        )
