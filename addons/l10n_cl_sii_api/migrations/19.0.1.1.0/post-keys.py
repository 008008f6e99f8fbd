"""Secrets of programs and webhooks leave columns, wizards and kept answers."""

from odoo import SUPERUSER_ID, api
from odoo.tools import sql


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    _webhooks(env)
    # the wizards that showed them
    for table in ("l10n_cl_api_client_secret", "l10n_cl_webhook_secret"):
        if sql.table_exists(cr, table):
            cr.execute(f"DELETE FROM {table}")  # pylint: disable=sql-injection
    cr.execute(
        """UPDATE l10n_cl_api_call
              SET answer = regexp_replace(answer, '"secret": *"[^"]*"', '"secret": null', 'g')
            WHERE answer LIKE '%"secret"%'"""
    )


def _webhooks(env):
    if not sql.column_exists(env.cr, "l10n_cl_webhook", "secret"):
        return
    env.cr.execute("SELECT id, secret FROM l10n_cl_webhook WHERE secret IS NOT NULL")
    for webhook, secret in env.cr.fetchall():
        row = env["l10n_cl.vault"]._put(f"webhook {webhook}", secret.encode())
        env["l10n_cl.webhook"].browse(webhook).secret_id = row
    env.flush_all()
    env.cr.execute("ALTER TABLE l10n_cl_webhook DROP COLUMN secret")
