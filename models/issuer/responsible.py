from odoo import models


class ResCompany(models.Model):
    """Who is called when a person must act: never a robot, nor somebody who left."""

    _inherit = "res.company"

    def _l10n_cl_responsible(self, *users, record=None):
        """The first of these users who works here and may open ``record``.

        If none may: a manager of this company or of its issuer who may; without any, the system's
        own user, so that what is to be done stands on the record all the same.
        """
        self.ensure_one()
        for user in users:
            if self._l10n_cl_may_call(user, record):
                return user
        for manager in self._l10n_cl_managers():
            if self._l10n_cl_may_call(manager, record):
                return manager
        return self.env.ref("base.user_root")

    def _l10n_cl_may_call(self, user, record):
        user = user.sudo()
        if not user.active or user.share or self not in user.company_ids:
            return False
        if record is None:
            return True
        as_user = record.with_user(user).with_context(allowed_company_ids=self.ids)
        return as_user.has_access("read")

    def _l10n_cl_managers(self):
        """Who looks after the SII here, before those of the company whose RUT this branch has."""
        group = self.env.ref("l10n_cl_sii.group_manager")
        own = [("all_group_ids", "in", group.ids), ("company_ids", "in", self.ids)]
        return self.env["res.users"].sudo().search(own) | self.l10n_cl_issuer_id.sudo()._managers()
