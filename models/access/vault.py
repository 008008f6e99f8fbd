import logging

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import NO_ACCESS
from odoo.tools import SQL

from . import vault_keys as keys
from .texts import vault_problem_text

_logger = logging.getLogger(__name__)


class VaultClosed(UserError):
    """A secret cannot be sealed or opened; its text is what to do. code, data: of KeyProblem."""

    def __init__(self, text, code, data):
        super().__init__(text)
        self.code = code
        self.data = data


class Vault(models.Model):
    """The one place of private keys and of secrets that must be read again: a row for each.

    Nobody reads it, not even an administrator; code of ours takes what it needs. With a key from
    outside the database (see ``base_vault_keys``) a row is sealed. Rows never change but to be
    sealed: another secret is another row, so that no failing UPDATE writes one to the log.
    """

    _name = "l10n_cl.vault"
    _description = "Kept secret"
    _allow_sudo_commands = False

    purpose = fields.Char(required=True, readonly=True, help="Whose secret it is, for people.")
    kept = fields.Text(required=True, readonly=True, copy=False, prefetch=False, groups=NO_ACCESS)
    is_sealed = fields.Boolean(compute="_compute_is_sealed", store=True)

    @api.depends("kept")
    def _compute_is_sealed(self):
        for row in self:
            row.is_sealed = keys.is_sealed(row.kept or "")

    @api.model
    def _put(self, purpose, data):
        """Keep a secret; returns its row. Raises VaultClosed when the server's key is no key."""
        try:
            kept = keys.seal(data)
        except keys.KeyProblem as problem:
            raise self._closed(problem) from None
        return self.sudo().create({"purpose": purpose, "kept": kept})

    def _take(self):
        """The secret. Raises VaultClosed when its key is gone."""
        try:
            if not self:
                raise keys.KeyProblem("vault_empty")
            self.ensure_one()
            return keys.unseal(self.sudo().kept, keys.known())
        except keys.KeyProblem as problem:
            raise self._closed(problem) from None

    def _masked(self, text):
        """A stranger's text without these secrets: who knows them may send them back to us."""
        for row in self:
            if secret := row._take().decode(errors="ignore"):
                text = text.replace(secret, "***")
        return text

    def _replace(self, data):
        """Keep another secret instead; returns its row, the old one is to be dropped."""
        self.ensure_one()
        return self._put(self.sudo().purpose, data)

    def _drop(self):
        """Forget secrets that nothing points to any more."""
        return self.sudo().exists().unlink()

    def _problem(self):
        """Why one of these cannot be opened (VaultClosed), or None."""
        for row in self:
            try:
                row._take()
            except VaultClosed as closed:
                return closed
        return None

    @api.model
    def _mark(self):
        """Changes with the server's keys: what was opened with others is opened anew."""
        try:
            return hash(keys.known())
        except keys.KeyProblem:
            return 0

    @api.model
    def _key_files_read_by_others(self):
        return [str(path) for path in keys.files() if keys.is_readable_by_others(path)]

    @api.model
    def _cron_seal(self):
        """Seal what lies open, or under an older key, with the key that the server has now."""
        rows = self.sudo().search([("kept", "!=", False)])
        self.env["l10n_cl.incident"].sudo()._each_alone(rows, lambda row: row._seal_anew())
        self._drop_forgotten()

    def _seal_anew(self):
        try:
            if self.try_lock_for_update(allow_referencing=True) and not keys.is_current(self.kept):
                self.kept = keys.seal(keys.unseal(self.kept, keys.known()))
        except keys.KeyProblem as problem:
            # health shows it to whom it keeps from working
            _logger.warning("Secret %s stays as it is: %s", self.id, problem.code)

    @api.model
    def _drop_forgotten(self):
        """Rows that nothing points to: their owner went by a cascade of the database.

        The database is asked, not the registry: an addon whose code is missing today keeps its own.
        """
        self.env.cr.execute(
            """SELECT cl.relname, att.attname
                 FROM pg_constraint con
                 JOIN pg_class cl ON cl.oid = con.conrelid
                 JOIN pg_attribute att ON att.attrelid = con.conrelid AND att.attnum = con.conkey[1]
                WHERE con.contype = 'f' AND con.confrelid = 'l10n_cl_vault'::regclass"""
        )
        used = set()
        for table, column in self.env.cr.fetchall():
            self.env.cr.execute(
                SQL(
                    "SELECT %s FROM %s WHERE %s IS NOT NULL",
                    SQL.identifier(column),
                    SQL.identifier(table),
                    SQL.identifier(column),
                )
            )
            used.update(row[0] for row in self.env.cr.fetchall())
        day_old = fields.Datetime.subtract(fields.Datetime.now(), days=1)
        old = self.sudo().search([("create_date", "<", day_old)])
        old.filtered(lambda row: row.id not in used)._drop()

    def _closed(self, problem):
        return VaultClosed(vault_problem_text(self.env, problem), problem.code, problem.data)
