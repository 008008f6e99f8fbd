import secrets

from odoo import api, fields, models
from odoo.addons.l10n_cl_sii.models.access.entry import MANAGER, entry
from odoo.addons.l10n_cl_sii.models.access.guard import ALWAYS, BIRTH
from odoo.exceptions import AccessError

SCOPE = "l10n_cl_sii.integration"


class ApiClient(models.Model):
    """A program that may call the API for one company: ``api_key`` names it, a secret proves it.

    The secret is a key of Odoo's (res.users.apikeys) of a scope of its own, worth nothing for RPC,
    looked up by index; Odoo keeps its hash alone.
    """

    _name = "l10n_cl.api.client"
    _description = "Program that calls the API"
    _inherit = ["l10n_cl.guard.mixin", "l10n_cl.given.mixin"]
    _order = "name"
    # whose keys these are, of which company and of which user is settled when it is made
    _open_to_people = {
        "company_id": BIRTH,
        **dict.fromkeys(("name", "active", "responsible_id"), ALWAYS),
    }
    _people_may_delete = True

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    user_id = fields.Many2one(
        "res.users",
        "Acts as",
        readonly=True,
        copy=False,
        help="Made for this program: what it does is signed by this user.",
    )
    responsible_id = fields.Many2one(
        "res.users",
        required=True,
        default=lambda self: self.env.user,
        domain=[("share", "=", False)],
        help="Is called when something that this program sold, or is to be told, cannot go on.",
    )
    api_key = fields.Char(
        "API key",
        required=True,
        readonly=True,
        copy=False,
        default=lambda _self: secrets.token_urlsafe(18),
    )
    secret_made_at = fields.Datetime("Secret of", readonly=True, copy=False)
    link_token = fields.Char(
        required=True,
        readonly=True,
        copy=False,
        default=lambda _self: f"link_{secrets.token_urlsafe(18)}",
        help="Names the company's fiscal link in the API of the register.",
    )

    _key_unique = models.UniqueIndex("(api_key)")
    _link_unique = models.UniqueIndex("(link_token)")
    _user_unique = models.UniqueIndex("(user_id)")

    @api.model_create_multi
    def create(self, vals_list):
        clients = super().create(vals_list)
        for client in clients:
            client.sudo().user_id = client.sudo()._create_user()
            client.company_id.sudo()._l10n_cl_gross_vat()
        return clients

    def _create_user(self):
        """A user without password and without menus, of this company alone."""
        return (
            self.env["res.users"]
            .sudo()
            .with_context(no_reset_password=True)
            .create(
                {
                    "name": self.name,
                    "login": f"api_{self.api_key}",
                    "company_id": self.company_id.id,
                    "company_ids": [(6, 0, self.company_id.ids)],
                    "group_ids": [(6, 0, self.env.ref("l10n_cl_sii_api.group_integrator").ids)],
                }
            )
        )

    def _issue_secret(self):
        """A new secret, shown once; the former ones end.

        The row is written first: of two at once, PostgreSQL refuses the second (40001), which Odoo
        runs again after the first, so that the one that lives is the last one shown.
        """
        self.ensure_one()
        client = self.sudo()
        self.env.cr.execute("SELECT id FROM l10n_cl_api_client WHERE id = %s FOR UPDATE", [self.id])
        client.secret_made_at = fields.Datetime.now()
        self.env.flush_all()
        client._own_user()
        client._end_secrets()
        keys = self.env["res.users.apikeys"]
        return keys.with_user(client.user_id).sudo()._generate(SCOPE, client.name, None)

    def _own_user(self):
        """The user that was made for this program, or AccessError: it acts as nobody else."""
        for client in self:
            if not client._is_own(client.user_id):
                raise AccessError(
                    self.env._("“%s” does not act as the user made for it.", client.name)
                )
        return self.user_id

    def _is_own(self, user):
        return user.login == f"api_{self.api_key}" and user.company_ids == self.company_id

    def _end_secrets(self):
        """Of the user that was made for it, and of the one that stands there now."""
        users = self.env["res.users"].sudo().with_context(active_test=False)
        own = users.search([("login", "in", [f"api_{client.api_key}" for client in self])])
        keys = self.env["res.users.apikeys"].sudo()
        of_these = [("user_id", "in", (own | self.user_id).ids), ("scope", "=", SCOPE)]
        keys.search(of_these).unlink()

    @entry("write", MANAGER)
    def action_issue_secret(self):
        """Button: make a secret and show it, this once; it is kept nowhere but as its hash."""
        secret = self._issue_secret()
        self._trace_secret(self.env._("A new secret of “%s” was shown; former ones ended."))
        return {
            "type": "ir.actions.client",
            "tag": "l10n_cl_show_secret",
            "name": self.env._("API Secret"),
            "params": {"api_key": self.api_key, "secret": secret},
        }

    @entry("write", MANAGER)
    def action_revoke(self):
        """Button: every secret of this program ends."""
        self.sudo()._end_secrets()
        self._trace_secret(self.env._("The secrets of “%s” were ended."))

    def _trace_secret(self, text):
        for client in self.sudo():
            trace = self.env["l10n_cl.trace"]
            trace._leave("secret", client.company_id, text % client.name, client)

    def _has_link(self, link_token):
        """Whether it is the fiscal link of this program's company."""
        same = [("link_token", "=", link_token), ("company_id", "=", self.company_id.id)]
        return bool(self.sudo().search_count(same, limit=1))

    @api.model
    def _authenticate(self, api_key, api_secret):
        """The client of these credentials, empty when they are not of one."""
        client = self.sudo().search([("api_key", "=", api_key)], limit=1)
        keys = self.env["res.users.apikeys"].sudo()
        # the same is asked of an unknown key, and of no secret, so that nobody sees a difference
        uid = keys._check_credentials(scope=SCOPE, key=api_secret or "-")
        if not client or uid != client.user_id.id or not client._is_own(client.user_id):
            return self.browse()
        return client

    @api.model
    def _is_invoicing_on(self, company):
        """Whether the company's integration with the SII is active."""
        return company._l10n_cl_emits_on_payment()
