from odoo import SUPERUSER_ID, api, models
from odoo.exceptions import AccessError


class ResUsers(models.Model):
    """The user of a program stays as it was made, also for who may write other users."""

    _inherit = "res.users"

    def write(self, vals):
        if vals and self._l10n_cl_closed(vals) and (programs := self._l10n_cl_programs()):
            raise AccessError(programs._l10n_cl_program_text())
        return super().write(vals)

    @api.ondelete(at_uninstall=True)
    def _unlink_programs(self):
        people = not self.env.su and not self._l10n_cl_is_administrator()
        if people and (programs := self._l10n_cl_programs()):
            raise AccessError(programs._l10n_cl_program_text())

    def _l10n_cl_closed(self, vals):
        """Whether who writes this is not allowed to, if it is of a program.

        A reset of the password runs as system, asked for by anybody: there who asks counts.
        """
        if self._l10n_cl_is_administrator():
            return False
        return not self.env.su or not {"password", "new_password"}.isdisjoint(vals)

    @api.model
    def _l10n_cl_is_administrator(self):
        return self.env.uid == SUPERUSER_ID or self.env.user.has_group("base.group_system")

    def _l10n_cl_programs(self):
        """Those of these users that are of a program, archived ones too."""
        clients = self.env["l10n_cl.api.client"].sudo().with_context(active_test=False)
        return clients.search([("user_id", "in", self.ids)]).user_id

    def _l10n_cl_program_text(self):
        return self.env._(
            "“%s” is the user of a program: only a system administrator changes it.",
            self[:1].sudo().name,
        )

    @api.model
    def _l10n_cl_program_rights(self):
        """{user: groups and companies} of all programs, to see whether something changed them."""
        clients = self.env["l10n_cl.api.client"].sudo().with_context(active_test=False)
        return {
            user: (set(user.all_group_ids.ids), set(user.company_ids.ids))
            for user in clients.search([]).user_id
        }

    @api.model
    def _l10n_cl_check_rights(self, before):
        self.env.invalidate_all()
        for user, rights in self._l10n_cl_program_rights().items():
            if before.get(user, rights) != rights:
                raise AccessError(user.with_env(self.env)._l10n_cl_program_text())


class ResGroups(models.Model):
    """Groups are given from their own side as well."""

    _inherit = "res.groups"

    @api.model_create_multi
    def create(self, vals_list):
        users = self.env["res.users"]
        if self.env.su or users._l10n_cl_is_administrator():
            return super().create(vals_list)
        before = users._l10n_cl_program_rights()
        groups = super().create(vals_list)
        users._l10n_cl_check_rights(before)
        return groups

    def write(self, vals):
        users = self.env["res.users"]
        if self.env.su or users._l10n_cl_is_administrator():
            return super().write(vals)
        before = users._l10n_cl_program_rights()
        result = super().write(vals)
        users._l10n_cl_check_rights(before)
        return result


class ResCompany(models.Model):
    """So are companies."""

    _inherit = "res.company"

    def write(self, vals):
        users = self.env["res.users"]
        if "user_ids" not in vals or self.env.su or users._l10n_cl_is_administrator():
            return super().write(vals)
        before = users._l10n_cl_program_rights()
        result = super().write(vals)
        users._l10n_cl_check_rights(before)
        return result
