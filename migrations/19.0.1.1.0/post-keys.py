"""Private keys and secrets leave attachments and columns for the vault; nothing stays behind."""

import base64
import hashlib
import logging
import re

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.tools import SQL, sql

_logger = logging.getLogger(__name__)

_PRIVATE_KEY = re.compile(
    rb"<RSASK(?=[\s>])[^<>]*+>(?:[^<]++|<(?!/?RSASK))*</RSASK\s*+>\s*+", re.DOTALL
)


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    _copies(env, _cafs(env) | _certificates(env))
    _provider_secrets(env)
    _writers_of_mails(env)
    env.flush_all()
    # the files themselves go with the next cleaning of the filestore
    env.ref("base.autovacuum_job")._trigger()


def _signing_certificates(env):
    """Those that issuers sign with, and those of persons that they signed with before."""
    issuers = env["l10n_cl.issuer"].with_context(active_test=False).search([("id", "!=", False)])
    certificates = env["certificate.certificate"].with_context(active_test=False)
    others = certificates.search([("company_id", "child_of", issuers.company_id.ids)])
    persons = others.filtered(lambda each: (holder := each._l10n_cl_holder()) and holder.rut)
    return issuers.certificate_id | persons


def _cafs(env):
    """Checksums of the files that held keys."""
    taken = set()
    cafs = env["l10n_cl.caf"].with_context(active_test=False, bin_size=False)
    for caf in cafs.search([("key_id", "=", False)]):
        file = base64.b64decode(caf.xml or b"")
        if _PRIVATE_KEY.search(file):
            purpose = f"CAF {caf.document_code} {caf.first}-{caf.last}"
            caf.key_id = env["l10n_cl.vault"]._put(purpose, file)
            caf.xml = base64.b64encode(_PRIVATE_KEY.sub(b"", file))
            taken.add(_checksum(file))
    return taken


def _certificates(env):
    """Checksums of the files that held keys."""
    taken = set()
    for certificate in _signing_certificates(env).with_context(bin_size=False):
        key = certificate.private_key_id
        files = [key.content, key.pem_key]
        if certificate.content_format == "pkcs12":
            files.append(certificate.content)
        try:
            with env.cr.savepoint():
                certificate._l10n_cl_take_keys()
        except UserError as error:
            _logger.warning("The key of certificate %s stays where it is: %s", certificate, error)
        else:
            taken |= {_checksum(base64.b64decode(file)) for file in files if file}
    return taken


def _checksum(content):
    """As Odoo names the content of a file."""
    return hashlib.sha1(content).hexdigest()


def _copies(env, checksums):
    """Whoever mailed or copied a key made files with the same content."""
    everywhere = ["|", ("res_field", "=", False), ("res_field", "!=", False)]
    found = env["ir.attachment"].search([("checksum", "in", list(checksums)), *everywhere])
    for file in found:
        _logger.warning(
            "A private key lay in the attachment %s (%s %s) and is deleted: somebody may have it. "
            "Revoke that certificate, or void those folios.",
            file.id,
            file.res_model,
            file.res_id,
        )
    found.unlink()


def _provider_secrets(env):
    table = "l10n_cl_rcv_provider"
    for name in ("token", "link_token", "webhook_secret"):
        if not sql.column_exists(env.cr, table, name):
            continue
        column = SQL.identifier(name)
        env.cr.execute(
            SQL("SELECT id, %s FROM %s WHERE %s IS NOT NULL", column, SQL.identifier(table), column)
        )
        for provider, secret in env.cr.fetchall():
            row = env["l10n_cl.vault"]._put(f"provider {provider}: {name}", secret.encode())
            env["l10n_cl.rcv.provider"].browse(provider)[f"{name}_id"] = row
        env.flush_all()
        env.cr.execute(SQL("ALTER TABLE %s DROP COLUMN %s", SQL.identifier(table), column))


def _writers_of_mails(env):
    """Mails that wait go out with the rights of who wrote them, as far as that is known."""
    env.cr.execute(
        """UPDATE l10n_cl_delivery delivery
              SET planned_by_id = users.id
             FROM res_users users
            WHERE jsonb_typeof(settings) = 'object'
              AND users.id = (settings->>'author_user_id')::int
              AND planned_by_id IS NULL"""
    )
