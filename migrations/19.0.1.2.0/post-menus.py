"""The SII has an app of its own: its managers need Odoo's Configuration no longer to get there."""

from odoo import SUPERUSER_ID, api
from odoo.fields import Command


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    manager = env.ref("l10n_cl_sii.group_manager")
    for name in ("account.menu_finance", "account.menu_finance_configuration"):
        if menu := env.ref(name, raise_if_not_found=False):
            menu.group_ids = [Command.unlink(manager.id)]
