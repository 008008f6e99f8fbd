from odoo import models
from odoo.exceptions import AccessError


class ServerAction(models.Model):
    """Scheduled actions run for the system, over the records of all companies.

    Odoo lets whoever is logged in run any server action by its number; started by somebody else,
    a queue would take his lack of rights for a failure of its records and put them off.
    """

    _inherit = "ir.actions.server"

    def run(self):
        scheduled = any(action.usage == "ir_cron" for action in self.sudo())
        if scheduled and not self.env.su and not self.env.user.has_group("base.group_system"):
            raise AccessError(self.env._("Only administrators run scheduled actions."))
        return super().run()
