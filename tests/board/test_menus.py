"""The app as each role sees it: every entry opens, with the first of its records."""

from lxml import etree

from odoo.exceptions import AccessError
from odoo.tests import Form
from odoo.tools import SQL
from odoo.tools.safe_eval import safe_eval

from ..access.access_case import ALL, AccessCase

ROLES = {
    "viewer": "l10n_cl_sii.group_viewer",
    "emitter": "l10n_cl_sii.group_emitter",
    "sii_manager": "l10n_cl_sii.group_manager",
    "clerk": "account.group_account_invoice",
    "manager": ALL,
}
# in the order of the bar
DAILY = ["board", "boletas", "facturas", "notes", "owed", "received_dte", "rcv", "folios", "sii"]
OF_ISSUED = {
    "boletas": "boleta_action",
    "facturas": "factura_action",
    "notes": "note_action",
}


class TestMenus(AccessCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.roles = {
            name: cls.user_of(f"menus_{name}", f"base.group_user,{groups}", cls.company)
            for name, groups in ROLES.items()
        }

    def seen_by(self, user):
        """What hangs under the app's root, in order."""
        menus = self.env["ir.ui.menu"]
        seen = menus.browse(menus.with_user(user)._visible_menu_ids())
        return (self.env.ref("l10n_cl_sii.menu_root") & seen, seen)

    def entries(self, user):
        root, seen = self.seen_by(user)
        names = (root.child_id & seen).sorted("sequence").get_external_id().values()
        return [name.removeprefix("l10n_cl_sii.menu_") for name in names]

    def test_each_role_has_its_entries(self):
        for role, user in self.roles.items():
            with self.subTest(role):
                wanted = DAILY + ["configuration"] * (role in ("sii_manager", "manager"))
                self.assertEqual(self.entries(user), wanted)

    def test_in_invoicing_one_entry_is_left(self):
        finance = self.env.ref("account.menu_finance")
        ours = self.env["ir.model.data"].search(
            [("model", "=", "ir.ui.menu"), ("module", "=like", "l10n_cl_sii%")]
        )
        below = self.env["ir.ui.menu"].search(
            [("id", "child_of", finance.id), ("id", "in", ours.mapped("res_id"))]
        )
        self.assertEqual(below, self.env.ref("l10n_cl_sii.menu_invoicing_sii"))
        manager = self.env.ref("l10n_cl_sii.group_manager")
        self.assertNotIn(manager, finance.group_ids)

    def test_whoever_may_read_no_invoice_gets_the_signed_documents(self):
        for role, user in self.roles.items():
            for menu, action in OF_ISSUED.items():
                found = self.action(user, self.env.ref(f"l10n_cl_sii.menu_{menu}"))
                reads = role in ("clerk", "manager")
                wanted = action if reads else action.replace("_action", "_dte_action")
                self.assertEqual(found["xml_id"], f"l10n_cl_sii.{wanted}")

    def test_every_entry_opens_with_its_first_record(self):
        """Who may read no invoice opens what has one, too."""
        self.give_each_an_invoice()
        problems = []
        for role, user in self.roles.items():
            _root, seen = self.seen_by(user)
            app = self.env["ir.ui.menu"].search(
                [("id", "child_of", self.env.ref("l10n_cl_sii.menu_root").id)]
            )
            for menu in (app & seen).filtered("action"):
                self.env.invalidate_all()
                try:
                    self.look(user, self.action(user, menu))
                except AccessError as error:
                    problems.append(f"{role}: {menu.complete_name}: {error}")
        self.assertFalse(problems, "\n".join(problems))

    def test_nobody_is_offered_a_link_that_he_may_not_open(self):
        for model, field in (
            ("l10n_cl.dte", "move_id"),
            ("l10n_cl.received.dte", "bill_id"),
            ("l10n_cl.statement", "move_id"),
            ("l10n_cl.emission.request", "move_id"),
            ("l10n_cl.rcv.entry", "move_id"),
        ):
            for role, opens in (("viewer", False), ("clerk", True), ("manager", True)):
                view = self.env[model].with_user(self.roles[role]).get_view(view_type="form")
                [node] = etree.fromstring(view["arch"]).findall(f".//group/field[@name='{field}']")
                self.assertEqual("no_open" not in node.get("options", ""), opens, (model, role))

    def give_each_an_invoice(self):
        move = self.rows["account.move"]
        models = [self.env[name] for name in self.env if name.startswith("l10n_cl.")]
        for model in models:
            names = [
                name
                for name, field in model._fields.items()
                if field.type == "many2one" and field.comodel_name == move._name and field.store
            ]
            if names and not model._transient and not model._abstract:
                row = self.row(model._name)
                for name in names:
                    if not row[name]:
                        row.flush_recordset()
                        self.env.cr.execute(
                            SQL(
                                "UPDATE %s SET %s = %s WHERE id = %s",
                                SQL.identifier(model._table),
                                SQL.identifier(name),
                                move.id,
                                row.id,
                            )
                        )
        self.env.invalidate_all()

    def action(self, user, menu):
        """What the web client gets for a menu."""
        action = menu.action.with_user(user)
        if action._name == "ir.actions.server":
            return action.run()
        return action.sudo().read()[0] if action._name == "ir.actions.act_window" else {}

    def look(self, user, action):
        if action.get("type") != "ir.actions.act_window":
            return
        if action.get("target") == "new" or not action.get("view_mode", "").startswith("list"):
            return
        context = safe_eval(action["context"] or "{}", {"uid": user.id})
        model = self.env[action["res_model"]].with_user(user).with_context(**context)
        kept = self.row(model._name) if model._name.startswith("l10n_cl.") else model
        self.assertTrue(kept or model._name == "account.move")
        views = model.get_views([(False, "list"), (False, "form"), (False, "search")])["views"]
        first = model.search(safe_eval(action["domain"] or "[]"), limit=1)
        first = first or kept.with_user(user)._filtered_access("read")
        for kind in ("list", "form"):
            arch = etree.fromstring(views[kind]["arch"])
            shown = {each.get("name") for each in arch.findall(".//field")} & set(model._fields)
            first.web_read({name: self.wanted(model, name) for name in shown})
        if first and "form" in action["view_mode"]:
            Form(first)

    def wanted(self, model, name):
        """As a form asks for it: what a link leads to by its name."""
        if model._fields[name].type in ("many2one", "reference"):
            return {"fields": {"display_name": {}}}
        return {}

    def test_a_new_one_is_what_its_menu_says(self):
        clerk = self.roles["clerk"]
        boleta = self.new(clerk, "boletas")
        self.assertEqual(boleta.partner_id, self.env.ref("l10n_cl.par_cfa"))
        self.assertEqual(boleta.l10n_latam_document_type_id.code, "39")
        boleta.partner_id = self.customer
        self.assertEqual(boleta.l10n_latam_document_type_id.code, "39")
        factura = self.new(clerk, "facturas")
        factura.partner_id = self.customer
        self.assertEqual(factura.l10n_latam_document_type_id.code, "33")
        self.assertEqual(self.new(clerk, "notes").move_type, "out_refund")

    def new(self, user, menu):
        action = self.action(user, self.env.ref(f"l10n_cl_sii.menu_{menu}"))
        context = safe_eval(action["context"])
        return Form(self.env["account.move"].with_user(user).with_context(**context))

    def test_lists_hold_what_their_name_says(self):
        factura, boleta = self.post(), self.boleta()
        for user in (self.roles["clerk"], self.roles["viewer"]):
            found = {menu: self.found(user, menu) for menu in OF_ISSUED}
            self.assertIn(factura.l10n_cl_dte_id, found["facturas"])
            self.assertNotIn(factura.l10n_cl_dte_id, found["boletas"] | found["notes"])
            self.assertIn(boleta.l10n_cl_dte_id, found["boletas"])
            self.assertNotIn(boleta.l10n_cl_dte_id, found["facturas"] | found["notes"])

    def found(self, user, menu):
        """The documents that a menu lists."""
        action = self.action(user, self.env.ref(f"l10n_cl_sii.menu_{menu}"))
        records = self.env[action["res_model"]].search(safe_eval(action["domain"]))
        return records.l10n_cl_dte_id if records._name == "account.move" else records
