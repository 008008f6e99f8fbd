from odoo import models


class ResCompany(models.Model):
    _inherit = "res.company"

    def _l10n_cl_responsible(self, *users, record=None):
        """A program is no person: the one who is responsible for it is called."""
        clients = self.env["l10n_cl.api.client"].sudo().with_context(active_test=False)
        programs = clients.search([("user_id", "in", [user.id for user in users])])
        person_of = {program.user_id: program.responsible_id for program in programs}
        people = [person_of.get(user, user) for user in users]
        return super()._l10n_cl_responsible(*people, record=record)
