"""Two companies, those who may do nothing in the first, and a row of each model of ours in it."""

import base64

from odoo import fields, models
from odoo.exceptions import AccessError, MissingError
from odoo.service.model import call_kw
from odoo.tests import new_test_user

from ..emission.emission_case import EmissionCase

OURS = "odoo.addons.l10n_cl_sii"
ALL = "account.group_account_manager,sales_team.group_sale_manager"
# who tries -> groups; "b" works in the other company alone
NOBODIES = {
    "portal": "base.group_portal",
    "employee": "base.group_user",
    "billing_b": "account.group_account_invoice,sales_team.group_sale_salesman_all_leads",
    "manager_b": ALL,
}
_PLAIN = {
    "char": "x",
    "text": "x",
    "html": "x",
    "integer": 1,
    "many2one_reference": 1,
    "float": 1,
    "monetary": 1,
    "boolean": True,
    "json": {},
    "binary": base64.b64encode(b"x"),
}
# methods of Odoo that we hand on with the caller's rights, and what for
_AS_ODOO = {
    "activity_schedule": "its note is text; Odoo checks who makes an activity",
    "message_process": "what comes by RPC is worth no more than a stranger's mail",
    "run": "asks for the right itself, of scheduled actions alone",
}
# what a row of a model needs in addition to values that are merely of the right type
_VALUES = {
    "l10n_cl.acteco": {"code": "999997"},
    "l10n_cl.reference": {"folio": "1", "l10n_cl_reference_doc_type_selection": "801"},
    "l10n_cl.rcv.provider": {
        "base_url": "https://example.com",
        "token": "x",
        "link_token": "x",
    },
    "l10n_cl.vehicle": {"plate": "AB1234"},
    "l10n_cl.webhook": {"url": "https://example.com/hook"},
    "l10n_cl.rcv.period": {"month": "2026-06"},
    "l10n_cl.rcv.entry": {"counterpart_rut": "76354771-K", "document_type": 33},
    "l10n_cl.received.dte": {"issuer_rut": "76354771-K", "receiver_rut": "76354771-K"},
}
# fields that a row needs though its model does not demand them
_NEEDS = {
    "l10n_cl.delivery": {"dte_id"},
    "account.move.reversal": {"journal_id", "move_ids"},
    "validate.account.move": {"move_ids"},
}


class AccessCase(EmissionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.setup_other_company()["company"]
        cls.owner = cls.user_of("manager_a", ALL, cls.company)
        cls.nobodies = {
            name: cls.user_of(name, groups, cls.other if name.endswith("_b") else cls.company)
            for name, groups in NOBODIES.items()
        }
        cls.rows = {}

    @classmethod
    def user_of(cls, login, groups, company):
        return new_test_user(
            cls.env(su=True), login, groups, company_id=company.id, company_ids=company.ids
        )

    def setUp(self):
        super().setUp()
        self.rows = {}
        statement = self.statement()
        move = self.post()
        self.run_crons("cron_send")
        for record in (statement, statement.order_id, statement.request_id, move):
            self.rows[record._name] = record.sudo()
        self.rows["account.journal"] = move.journal_id.sudo()
        self.rows["res.company"] = self.company.sudo()
        self.rows["product.product"] = self.cable.sudo()
        files = self.env(user=self.owner)["ir.attachment"]
        self.rows["ir.attachment"] = files.create({"name": "x.xml", "raw": b"x"}).sudo()
        self.rows["l10n_cl.issuer"] = self.issuer.sudo()
        self.rows["res.partner"] = self.customer.sudo()

    def row(self, name):
        """A row of the model in our company, made by its manager; made when there is none."""
        if name not in self.rows:
            model = self.env[name].with_user(self.owner).sudo()
            found = model.browse()
            if not model._transient and "company_id" in model._fields:
                ours = [("company_id", "=", self.company.id)]
                found = model.with_context(active_test=False).search(ours, limit=1)
            self.rows[name] = found or self._make(model)
        return self.rows[name]

    def _make(self, model):
        values = dict(_VALUES.get(model._name, {}))
        needs = _NEEDS.get(model._name, set()) | {"company_id"}
        for field_name, field in model._fields.items():
            known = field_name in values or field_name in models.MAGIC_COLUMNS
            own = not (known or field.compute or field.related or field.type == "one2many")
            demanded = own and field.required and not field.default
            if demanded or (field_name in needs and not field.related and not known):
                values[field_name] = self._value(field)
        with self.cr.savepoint():
            return model.with_company(self.company).create(values)

    def _value(self, field):
        if field.comodel_name:
            found = self.row(field.comodel_name).id
            return found if field.type == "many2one" else [fields.Command.set([found])]
        if field.type == "selection":
            return field.get_values(self.env)[0]
        if field.type in ("date", "datetime"):
            return fields.Date.today()
        return _PLAIN[field.type]

    def written(self):
        """How many rows this transaction has written, undone ones too."""
        # with what waits for the commit, as the news of open pages does
        self.cr.flush()
        self.cr.execute(
            """SELECT coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0)
               FROM pg_stat_xact_user_tables"""
        )
        return self.cr.fetchone()[0]

    def problem(self, user, act):
        """What is wrong when ``user`` does this, which must be refused; empty when all is well."""
        before = self.written()
        try:
            with self.cr.savepoint(flush=False):
                act(self.env(user=user, su=False))
        except (AccessError, MissingError):
            self.env.invalidate_all()
            return "is refused after it wrote" if self.written() != before else ""
        except Exception as error:  # noqa: BLE001 - any other error is reported
            self.env.invalidate_all()
            return f"meets {type(error).__name__}: {str(error).splitlines()[0]}"
        return "is let in"

    def call(self, records, name, *args):
        """As a program calls it."""
        ids = [] if getattr(getattr(type(records), name), "_api_model", False) else [records.ids]
        return call_kw(records.browse(), name, [*ids, *args], {})


def public_methods(registry):
    """(model, name, function) of each method of ours that can be called from outside.

    Not of Odoo's own methods that only ORM calls are made of: those check by themselves.
    """
    orm = {*dir(models.BaseModel), "onchange", "web_read", "web_save", *_AS_ODOO}
    for model_name in sorted(registry.models):
        for owner in registry[model_name].mro():
            if not owner.__module__.startswith(OURS) or ".tests." in owner.__module__:
                continue
            for name, function in vars(owner).items():
                public = callable(function) and not name.startswith("_")
                if public and name not in orm and not isinstance(function, type):
                    yield model_name, name, function
