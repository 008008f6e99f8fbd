"""The database gets its mark without alarm, and is told of the CAFs that were archived."""

import json

from odoo import SUPERUSER_ID, api
from odoo.addons.l10n_cl_sii.sii.errors import CertificateProblem, InvalidRut

_PARAMETER = "l10n_cl_sii.migration"


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {"active_test": False})
    parameters = env["ir.config_parameter"]
    said = json.loads(parameters.get_param(_PARAMETER) or "{}")
    parameters.search([("key", "=", _PARAMETER)]).unlink()
    _mark(env, said.get("copies", []))
    _tell_archived(env, said.get("archived", []))
    _keep_envelopes(env)


def _mark(env, copies):
    """What was a copy before is one still: it asks. Two databases that were equal until now look
    alike from inside: where no file tells, the SII is asked about the folios that would be taken
    next, before any is."""
    issuers = env["l10n_cl.issuer"].search([])
    if not issuers:
        return
    file = env["l10n_cl.mark"]._read()
    issuers._adopt_mark(file)
    issuers.browse(copies).database_mark = False
    if not file:
        for issuer in issuers.filtered(lambda each: each.active and not each.is_copy):
            if issuer.environment == "production":
                issuer._examine_ahead()


def _tell_archived(env, archived):
    for caf in env["l10n_cl.caf"].browse(archived):
        caf.issuer_id.message_post(
            body=env._(
                "%s holds folios that another CAF in use holds too, and was archived. Nothing is "
                "lost: the other one goes on.",
                caf.display_name,
            )
        )


def _keep_envelopes(env):
    """What waits under today's cover keeps its bytes; what may be at the SII does in any case."""
    env.cr.execute(
        "UPDATE l10n_cl_envio SET may_be_held = true"
        " WHERE state IN ('sending', 'unknown') OR probes > 0 OR stopped_in = 'unknown'"
    )
    env.invalidate_all()
    waiting = [("state", "in", ("ready", "sending", "unknown", "exception"))]
    for issuer, envios in env["l10n_cl.envio"].search(waiting).grouped("issuer_id").items():
        try:
            name, signs = issuer._seal_name(), _today(issuer)
        except (CertificateProblem, InvalidRut):
            # nothing can be sent: a person mends the certificate, and then decides
            continue
        for envio in envios:
            data = envio._xml_bytes() if envio._is_whole() else b""
            if envio.may_be_held or (data and all(each in data for each in signs)):
                envio.sealed_as = name


def _today(issuer):
    """What an envelope that is sealed today would hold. The same person's former certificate is
    as good as today's."""
    cover = issuer._caratula()
    return (
        f"<RutEnvia>{cover.sender_rut}</RutEnvia>".encode(),
        f"<FchResol>{cover.resolution_date}</FchResol>".encode(),
        f"<NroResol>{cover.resolution_number}</NroResol>".encode(),
    )
