"""What arrived before verdicts were told apart gets them; its state stays.

A scheduled action reads the files anew, by today's reader, which may find what yesterday's did not.
What the SII said is known: until now it was never asked about a signature. Who signed the answers
that customers mailed was not asked either, so they are unproven; what people were told of them they
were told.
"""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Odoo's entry."""
    cr.execute(
        "UPDATE l10n_cl_received_dte SET sii_verdict = 'unasked'"
        " WHERE state IN ('verified', 'answered', 'expired')"
    )
    cr.execute(
        "UPDATE l10n_cl_received_dte SET sii_verdict = CASE"
        " WHEN sii_text LIKE 'DNK%' THEN 'differs'"
        " WHEN sii_text LIKE 'FAU%' THEN 'unknown'"
        " WHEN sii_text ~ '^(FNA|FAN|EMP)' THEN 'not_authorised'"
        " ELSE 'waiting' END WHERE state IN ('new', 'suspect')"
    )
    cr.execute(
        "UPDATE l10n_cl_claim_event SET unproven = TRUE"
        " WHERE dte_id IS NOT NULL AND code ~ '^(RecepcionDTE|ResultadoDTE|Recibo)'"
    )
    env = api.Environment(cr, SUPERUSER_ID, {})
    env.ref("l10n_cl_sii.cron_judge_received")._trigger()
