"""An order follows its template, until somebody sets it otherwise."""

from odoo.addons.l10n_cl_sii.tests.common import SiiCase
from odoo.tests import Form


class TestTemplates(SiiCase):
    def test_an_order_takes_what_its_template_sets(self):
        self.env.user.sudo().group_ids += self.env.ref("sales_team.group_sale_manager")
        policy = self.env["l10n_cl.emission.policy"].create({"company_id": self.company.id})
        template = self.env["sale.order.template"].create({"name": "Curso"})
        with Form(template) as form:
            form.l10n_cl_emit_document = True
            form.l10n_cl_emission_policy_id = policy
        order = self.env["sale.order"].create(
            {"partner_id": self.customer.id, "sale_order_template_id": template.id}
        )
        self.assertTrue(order.l10n_cl_emit_document)
        self.assertEqual(order.l10n_cl_emission_policy_id, policy)
        order.l10n_cl_emit_document = False
        order.note = "otra cosa"
        self.assertFalse(order.l10n_cl_emit_document)
