from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Boletas for events of others wanted data that are not written: who chose them is told."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    issuers = env["l10n_cl.issuer"].search([("boleta_service", "=", "4")])
    issuers.boleta_service = "3"
    for issuer in issuers:
        issuer._message_log(
            body=env._(
                "“Boletas are for” was “Tickets for events of others”, and is “Sales and services” "
                "now: a ticket needs its event, place, date and price in each line, and the RUT of "
                "whoever holds it, which are not written here. Issue tickets elsewhere, and mark "
                "them as issued by another system."
            )
        )
