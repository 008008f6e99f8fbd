import hashlib

from odoo import api, fields, models


class ApiCall(models.Model):
    """The answer to a call with an Idempotency-Key: repeated, it is given again."""

    _name = "l10n_cl.api.call"
    _description = "Answered call of the API"

    client_id = fields.Many2one("l10n_cl.api.client", required=True, ondelete="cascade")
    key = fields.Char(required=True)
    fingerprint = fields.Char(required=True, help="SHA-256 of method, path and body.")
    status = fields.Integer(required=True)
    answer = fields.Json()

    _once = models.UniqueIndex("(client_id, key)")

    @api.model
    def _fingerprint(self, method, path, body):
        return hashlib.sha256(b"\n".join([method.encode(), path.encode(), body])).hexdigest()

    @api.autovacuum
    def _gc_old(self):
        """Programs repeat within hours, not weeks."""
        limit = fields.Datetime.subtract(fields.Datetime.now(), days=30)
        self.search([("create_date", "<", limit)], limit=10_000).unlink()
