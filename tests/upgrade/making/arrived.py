"""What the customer's company received, and what it answered to the SII about it."""

import base64


def load(world) -> None:
    """Documents that arrived: verified with bills, new, suspect, answered, expired; claims."""
    env = world.env
    documents = env["l10n_cl.dte"].search([("state", "in", ("accepted", "objected"))], order="id")
    facturas = documents.filtered(
        lambda one: one.document_code in (33, 34) and one.receiver_rut == world.buyer.vat
    )
    received = env["l10n_cl.received.dte"].with_company(world.buyer)
    for document in facturas:
        _receive(world, base64.b64decode(document.xml), f"{document.folio}.xml")
    world.run("cron_verify_received")
    arrived = received.search([("company_id", "=", world.buyer.id)], order="folio")
    answered, refused, unknown, to_send = arrived[:4]
    _answer(world, answered, "both")
    world.run("cron_claim")
    _answer(world, refused, "RCD")
    world.run("cron_claim")
    world.script("claims", "drop_after_processing")
    _answer(world, unknown, "ACD")
    env.ref("l10n_cl_sii.cron_claim").method_direct_trigger()
    env.cr.commit()
    _answer(world, to_send, "ACD")


def late(world) -> None:
    """A document that nobody has asked the SII about, and one that it never saw."""
    moves = world.env["account.move"]
    signed = moves.search([("l10n_cl_dte_state", "=", "sent")], limit=1).l10n_cl_dte_id
    _receive(world, base64.b64decode(signed.xml), "sent.xml")
    rejected = world.env["l10n_cl.dte"].search([("state", "=", "rejected")], limit=1)
    document = _receive(world, base64.b64decode(rejected.xml), "rejected.xml")
    document.write({"state": "suspect"})
    world.env.cr.commit()


def _receive(world, xml, name):
    wizard = world.env["l10n_cl.receive"].with_company(world.buyer)
    wizard = wizard.create({"attachment_ids": [(0, 0, {"name": name, "raw": xml})]})
    action = wizard.action_load()
    world.env.cr.commit()
    return world.env["l10n_cl.received.dte"].browse(action["res_id"])


def _answer(world, documents, choice) -> None:
    wizard = world.env["l10n_cl.claim.documents"].with_company(world.buyer)
    wizard.create({"document_ids": documents.ids, "choice": choice}).action_send()
    world.env.cr.commit()
