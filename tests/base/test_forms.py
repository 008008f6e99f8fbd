"""Every screen of ours opens: as a new and as an existing record, for each role that may see it."""

from ast import literal_eval

from lxml import etree

from odoo.exceptions import UserError
from odoo.tests import Form
from odoo.tools.safe_eval import safe_eval

from ..access.access_case import ALL, AccessCase

ROLES = {
    "administrator": "base.group_system," + ALL,
    "manager": ALL,
    "sii_manager": "l10n_cl_sii.group_manager",
    "clerk": "account.group_account_invoice",
    "viewer": "l10n_cl_sii.group_viewer",
    "salesperson": "sales_team.group_sale_salesman_all_leads",
}
LISTED = ("list", "kanban", "pivot", "graph", "calendar", "search", "activity")
PAGE = 20
# wizards that Odoo opens from a record, never by themselves
_FROM = {
    "account.debit.note": "account.move",
    "account.move.reversal": "account.move",
    "account.payment.register": "account.move",
    "account.move.send.wizard": "account.move",
    "validate.account.move": "account.move",
}


class TestForms(AccessCase):
    """A role that may not gets a sentence (an error for people), never a traceback."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.roles = {
            name: cls.user_of(f"forms_{name}", f"base.group_user,{groups}", cls.company)
            for name, groups in ROLES.items()
        }

    def setUp(self):
        super().setUp()
        self.problems = []
        self.opened = dict.fromkeys(ROLES, 0)

    def views(self, *kinds):
        """Root views that are ours or that ours extend."""
        ours = self.env["ir.model.data"].search(
            [("model", "=", "ir.ui.view"), ("module", "=like", "l10n_cl_sii%")]
        )
        roots = self.env["ir.ui.view"]
        for view in roots.browse(ours.mapped("res_id")).exists():
            root = view
            while root.mode == "extension":
                root = root.inherit_id
            roots |= root
        return roots.filtered(lambda view: view.type in kinds and view.model in self.env)

    def open(self, role, what, act, may_refuse=True):
        """A sentence is an answer as well, where it may be; anything else is a problem."""
        try:
            with self.cr.savepoint():
                act(self.env(user=self.roles[role], su=False))
            self.opened[role] += 1
        except Exception as error:  # noqa: BLE001 - any other error is reported
            if not (may_refuse and isinstance(error, UserError)):
                self.problems.append(f"{role}: {what}: {type(error).__name__}: {error}")
        self.env.invalidate_all()

    def assert_opened(self, **least):
        self.assertFalse(self.problems, "\n".join(self.problems))
        for role, count in least.items():
            self.assertGreater(self.opened[role], count, self.opened)

    def test_every_form_opens(self):
        for view in self.views("form"):
            existing = self.row(view.model)
            for role in ROLES:
                for what, record in (("new", existing.browse()), ("existing", existing)):
                    self.open(
                        role,
                        f"{view.model} {what} ({view.name}, {view.xml_id})",
                        lambda env, view=view, record=record: Form(
                            self.as_opened(env, record), view.id
                        ),
                    )
        self.assert_opened(administrator=60, manager=60, clerk=30, viewer=14, salesperson=12)

    def as_opened(self, env, record):
        """The record, in the context of that which its screen is opened from."""
        came_from = _FROM.get(record._name)
        context = {}
        if came_from:
            context = {"active_model": came_from, "active_ids": self.row(came_from).ids}
        return env[record._name].browse(record.ids).with_context(**context)

    def test_every_list_opens(self):
        for view in self.views(*LISTED):
            for role in ROLES:
                self.open(
                    role,
                    f"{view.model} {view.type} ({view.name})",
                    lambda env, view=view: self.listed(env[view.model], [(view.id, view.type)], []),
                )
        self.assert_opened(administrator=40, manager=40, clerk=30, viewer=25, salesperson=8)

    def test_every_menu_leads_somewhere(self):
        """Who sees a menu may open what it leads to: no sentence either."""
        ours = self.env["ir.model.data"].search(
            [("model", "=", "ir.ui.menu"), ("module", "=like", "l10n_cl_sii%")]
        )
        for role, user in self.roles.items():
            menus = self.env["ir.ui.menu"]
            seen = menus.browse(menus.with_user(user)._visible_menu_ids())
            for menu in menus.browse(ours.mapped("res_id")) & seen:
                if menu.action and menu.action._name == "ir.actions.act_window":
                    self.open(
                        role,
                        menu.complete_name,
                        lambda env, menu=menu: self.window(env, menu.action.sudo()),
                        may_refuse=False,
                    )
        self.assert_opened(administrator=25, manager=25, clerk=10, viewer=5)

    def window(self, env, action):
        context = safe_eval(action.context or "{}", {"uid": env.uid})
        model = env[action.res_model].with_context(**context)
        views = [(id_ or False, kind) for id_, kind in action.views]
        if views[0][1] == "form":
            Form(model, views[0][0])
        else:
            self.listed(model, views, literal_eval(action.domain or "[]"))

    def listed(self, model, views, domain):
        """What the web client asks for a list, a board, a pivot."""
        answer = model.get_views(views)
        shown = {
            field.get("name")
            for kind, view in answer["views"].items()
            if kind in ("list", "kanban", "calendar")
            for field in etree.fromstring(view["arch"]).findall(".//field")
        }
        shown.intersection_update(model._fields)
        model.web_search_read(domain, {name: {} for name in shown}, limit=PAGE)
        model.formatted_read_group(domain, [], ["__count"])
