"""Each model of ours defines who reads it, and keeps companies apart."""

from .access_case import AccessCase

# Models without a rule by company, and why
_OF_ALL_COMPANIES = {
    "l10n_cl.acteco": "the SII's list of activities",
    "l10n_cl.sii.office": "the SII's list of offices",
    "l10n_cl.sii.code": "the SII's list of codes",
    "l10n_cl.limiter": "numbers without names, which an administrator reads",
}
# Rights of those who do not work here, and why
_OF_VISITORS = {
    ("l10n_cl.statement", "base.group_portal"): "a buyer sees what he owes; a rule picks it",
}


class TestRules(AccessCase):
    def models(self):
        """Those that somebody may read."""
        for name in sorted(self.registry.models):
            model = self.env[name]
            ours = name.startswith("l10n_cl.") and not model._abstract and not model._transient
            if ours and any(self.acls(name).mapped("perm_read")):
                yield name

    def acls(self, name):
        return self.env["ir.model.access"].sudo().search([("model_id.model", "=", name)])

    def test_each_has_rights_of_groups(self):
        for name in self.models():
            for acl in self.acls(name):
                self.assertTrue(acl.group_id, f"{acl.name} is everybody's")
                visitors = acl.group_id & (
                    self.env.ref("base.group_portal") | self.env.ref("base.group_public")
                )
                group = visitors and visitors.get_external_id()[visitors.id]
                if visitors:
                    self.assertIn((name, group), _OF_VISITORS)
                    rights = acl.perm_write or acl.perm_create or acl.perm_unlink
                    self.assertFalse(rights, f"{acl.name} is more than reading")

    def test_each_keeps_companies_apart(self):
        rules = self.env["ir.rule"].sudo()
        open_ones = []
        for name in self.models():
            if name in _OF_ALL_COMPANIES:
                continue
            found = rules.search([("model_id.model", "=", name), ("global", "=", True)])
            if not any("compan" in (rule.domain_force or "") for rule in found):
                open_ones.append(name)
        self.assertFalse(open_ones, "write a rule, or state in this file why none is needed")

    def test_another_company_sees_no_row_of_any(self):
        for name in self.models():
            if name in _OF_ALL_COMPANIES:
                continue
            if not self.env[name]._auto:
                continue  # a view of rows that are walked themselves
            row = self.row(name)
            for login in ("billing_b", "manager_b", "portal", "employee"):
                mine = row.with_env(self.env(user=self.nobodies[login], su=False))
                self.assertFalse(mine.has_access("read"), f"{name} as {login}")
