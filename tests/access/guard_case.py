"""People of each role, and a value that a field has not."""

from odoo import Command, fields
from odoo.exceptions import AccessError
from odoo.tests import new_test_user

from ..emission.emission_case import EmissionCase


class GuardCase(EmissionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = {
            name: cls.person(name, groups)
            for name, groups in {
                "billing": "account.group_account_invoice",
                "accountant": "account.group_account_user",
                "manager": "account.group_account_manager,l10n_cl_sii.group_manager",
            }.items()
        }
        cls.other_company = cls.setup_other_company()["company"]

    @classmethod
    def person(cls, login, groups):
        company = cls.company
        groups = f"base.group_user,{groups}"
        return new_test_user(
            cls.env(su=True), login, groups, company_id=company.id, company_ids=company.ids
        )

    def accepted(self, **values):
        move = self.post(**values)
        self.run_crons()
        self.assertEqual(move.l10n_cl_dte_state, "accepted")
        return move

    def other_value(self, record, name):
        """A value that the field has not."""
        field, value = record._fields[name], record.sudo()[name]
        if field.type in ("char", "text", "html"):
            return f"{value or ''}x"
        if field.type in ("integer", "float", "monetary"):
            return (value or 0) + 1
        if field.type == "boolean":
            return not value
        if field.type == "date":
            return fields.Date.add(value or fields.Date.today(), days=1)
        if field.type == "datetime":
            return fields.Datetime.add(value or fields.Datetime.now(), days=1)
        if field.type == "selection":
            keys = [key for key in field.get_values(self.env) if key != value]
            return keys[0] if keys else False
        if field.type in ("many2one", "many2one_reference"):
            if field.type == "many2one_reference":
                return (value or 0) + 1
            others = self.env[field.comodel_name].sudo().search([("id", "!=", value.id)], limit=1)
            return others.id
        if field.type in ("one2many", "many2many"):
            return [Command.clear()]
        if field.type == "json":
            return {"x": 1}
        return "eA=="

    def assert_closed(self, record, values, message):
        with self.assertRaises(AccessError, msg=message):
            record.write(values)
