"""A certification under way: one set accepted, another loaded, steps taken."""

import base64
from pathlib import Path

from house import paths

RUTS = ("78885550-8", "76192083-9", "60803000-K")
SETS = Path(paths.ROOT) / "sii/tests/sets"


def load(world) -> None:
    env = world.env
    action = env["l10n_cl.certification"].action_open()
    certification = env["l10n_cl.certification"].browse(action["res_id"])
    customers = [world.customer.copy({"name": f"Cliente {rut}", "vat": rut}) for rut in RUTS]
    certification.partner_ids = world.customer.union(*customers)
    for name in ("invoices", "exempt"):
        wizard = env["l10n_cl.certification.load"].create(
            {
                "certification_id": certification.id,
                "file": base64.b64encode((SETS / f"{name}.txt").read_bytes()),
                "file_name": f"{name}.txt",
            }
        )
        wizard.action_load()
    basic = certification.set_ids.filtered(lambda each: each.kind == "basic")
    basic.action_issue()
    env.cr.commit()
    world.run("cron_send", "cron_poll")
