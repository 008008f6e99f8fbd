"""Fills the fixture's database. Runs in the ``odoo shell`` of the commit that it is made from."""

import importlib.util
from pathlib import Path

import arrived
import certification
import documents
import money
import programs
from house import paths
from house.demo.simulator_api import SimulatorApi
from rare import rare
from world import World

PRIVATE = """
    UPDATE ir_attachment SET db_datas = NULL, index_content = NULL, checksum = NULL, file_size = 0
     WHERE (res_model = 'certificate.certificate' AND res_field = 'content')
        OR (res_model = 'certificate.key' AND res_field IN ('content', 'pem_key'))
        OR (res_model = 'l10n_cl.caf' AND res_field IN ('xml', 'file'));
    UPDATE certificate_certificate SET pkcs12_password = NULL;
    UPDATE certificate_key SET password = NULL;
    DELETE FROM res_users_apikeys WHERE user_id NOT IN (SELECT user_id FROM l10n_cl_api_client);
    UPDATE res_users_apikeys SET key = '', "index" = '00000000';
    UPDATE res_users SET password = NULL, totp_secret = NULL;
    UPDATE l10n_cl_webhook SET secret = '';
    UPDATE l10n_cl_api_client_secret SET secret = '';
    UPDATE l10n_cl_webhook_secret SET secret = '';
    UPDATE l10n_cl_api_call SET answer = regexp_replace(answer, 'whsec_[^"]*', '');
    DELETE FROM ir_config_parameter
     WHERE key IN ('database.secret', 'l10n_cl_sii.caf_authority.666', 'l10n_cl_sii.base_url');
"""
# Pictures and sheets of Odoo's own, which it makes again, or does without.
HEAVY = """
    DELETE FROM ir_attachment WHERE store_fname IS NOT NULL OR url LIKE '/web/assets/%';
    DELETE FROM ir_attachment WHERE res_field LIKE 'image%' OR res_field LIKE 'avatar%'
        OR res_field IN ('web_icon_data', 'flag_image');
    UPDATE ir_module_module SET description = NULL;
    DELETE FROM ir_logging;
"""


def fill(env, url: str) -> None:
    """Make everything and commit. url: of the simulated SII."""
    mails = _mail_server()
    _mail_through(env, mails.port)
    world = World(env, SimulatorApi(url))
    world.issuer.exchange_auto = True
    documents.settled(world)
    certification.load(world)
    programs.load(world)
    money.load(world)
    money.subscriptions(world)
    money.buyers(world)
    arrived.load(world)
    world.run("cron_deliver")
    documents.under_way(world)
    arrived.late(world)
    rare(world)
    env.cr.commit()


def blank(env) -> None:
    """Take out every secret, and what only makes the file larger."""
    env.cr.execute(PRIVATE)
    env.cr.execute(HEAVY)
    env.cr.commit()


def _mail_server():
    place = Path(paths.ROOT) / "tests" / "smtp.py"
    spec = importlib.util.spec_from_file_location("smtp", place)
    smtp = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(smtp)
    return smtp.MailServer()


def _mail_through(env, port) -> None:
    env["ir.mail_server"].create(
        {"name": "Correo", "smtp_host": "127.0.0.1", "smtp_port": port, "smtp_encryption": "none"}
    )
    env.ref("base.main_company").email = "facturacion@andina.example"
