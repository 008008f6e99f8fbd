from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """What Odoo said of a file that cannot be read, in our words; owners that were not read."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    certificates = env["certificate.certificate"].with_context(active_test=False)
    certificates.search([("loading_error", "not in", (False, ""))])._compute_pem_certificate()
    issuers = env["l10n_cl.issuer"].with_context(active_test=False)
    unread = issuers.search([("certificate_id", "!=", False), ("sender_rut", "=", False)])
    unread._compute_sender_rut()
