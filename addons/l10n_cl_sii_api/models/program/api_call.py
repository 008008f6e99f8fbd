import hashlib

from odoo import api, fields, models
from odoo.tools import SQL

from ...refused import Refused


class ApiCall(models.Model):
    """The answer to a call with an Idempotency-Key: repeated, it is given again."""

    _name = "l10n_cl.api.call"
    _description = "Answered call of the API"
    _inherit = "l10n_cl.guard.mixin"

    client_id = fields.Many2one("l10n_cl.api.client", required=True, ondelete="cascade")
    key = fields.Char(required=True)
    fingerprint = fields.Char(required=True, help="SHA-256 of method, path and body.")
    status = fields.Integer(required=True, help="0: being answered, in this transaction.")
    answer = fields.Text()

    _once = models.UniqueIndex("(client_id, key)")

    @api.model
    def _open(self, client, key, method, path, body):
        """The call of this key: a new one, to be answered, or the one that has been.

        Of two at the same moment the second waits for the first; PostgreSQL then refuses it
        (40001), Odoo runs it again, and it finds the answer.
        """
        fingerprint = self._fingerprint(method, path, body)
        self.env.cr.execute(
            SQL(
                """INSERT INTO l10n_cl_api_call (client_id, key, fingerprint, status, create_date)
                   VALUES (%s, %s, %s, 0, now() AT TIME ZONE 'UTC')
                   ON CONFLICT (client_id, key) DO NOTHING""",
                client.id,
                key,
                fingerprint,
            )
        )
        call = self.sudo().search([("client_id", "=", client.id), ("key", "=", key)])
        if call.fingerprint != fingerprint:
            text = "This Idempotency-Key was used for another call."
            raise Refused("idempotency_key_reused", text, "Idempotency-Key")
        return call

    @api.model
    def _fingerprint(self, method, path, body):
        return hashlib.sha256(b"\n".join([method.encode(), path.encode(), body])).hexdigest()

    @api.autovacuum
    def _gc_old(self):
        """Programs repeat within hours, not weeks."""
        limit = fields.Datetime.subtract(fields.Datetime.now(), days=30)
        self.search([("create_date", "<", limit)], limit=10_000).unlink()
