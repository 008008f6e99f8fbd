"""Ids in values, defaults and forms are of records that the caller may read."""

import re

from odoo import Command
from odoo.exceptions import AccessError

from .access_case import AccessCase

_X2MANY = ("one2many", "many2many")


def writable(registry):
    """Our models that people or programs may make rows of, by their ACLs or as wizards."""
    return [
        name
        for name in sorted(registry.models)
        if name.startswith("l10n_cl.") and not registry[name]._abstract
    ]


class TestGiven(AccessCase):
    def may_write(self, name):
        acls = self.env["ir.model.access"].sudo().search([("model_id.model", "=", name)])
        return any(acl.perm_write or acl.perm_create for acl in acls)

    def test_each_model_that_people_write_looks_at_ids(self):
        mixin = self.registry["l10n_cl.given.mixin"]
        blind = [
            name
            for name in writable(self.registry)
            if self.may_write(name) and not issubclass(self.registry[name], mixin)
        ]
        self.assertFalse(blind, "let them inherit l10n_cl.given.mixin")

    def test_so_does_each_model_of_odoo_with_such_a_field_of_ours(self):
        mixin = self.registry["l10n_cl.given.mixin"]
        blind = {
            f"{name}.{field.name}"
            for name in self.registry.models
            if not name.startswith("l10n_cl.") and not self.registry[name]._abstract
            for field in self.relational(self.env[name])
            if field.name.startswith("l10n_cl_") and not issubclass(self.registry[name], mixin)
        }
        self.assertFalse(blind, "see models/access/given_odoo.py")

    def test_ids_of_another_company_are_refused_in_each_field(self):
        """By create, write, default of the context and onchange, in every way to name one."""
        problems, tried = [], 0
        manager = self.nobodies["manager_b"]
        env = self.env(user=manager, su=False)
        for name in writable(self.registry):
            if not self.may_write(name) or not env[name].has_access("create"):
                continue
            for field in self.relational(env[name]):
                of_odoo = not field.comodel_name.startswith("l10n_cl.")
                if not self.env[field.comodel_name]._auto or (
                    of_odoo and field.comodel_name not in self.rows
                ):
                    continue  # a view, or what Odoo keeps apart by itself
                foreign = self.row(field.comodel_name)
                if foreign.with_env(env).has_access("read"):
                    continue
                for how, act in self.ways(name, field, foreign.id):
                    tried += 1
                    if problem := self.problem(manager, act):
                        problems.append(f"{name}.{field.name}, {how}: {problem}")
        self.assertFalse(problems, "\n".join(problems))
        self.assertGreater(tried, 100)

    def relational(self, model):
        for field in model._fields.values():
            plain = not (field.related or field.inherited) and field.name not in ("create_uid",)
            typed = field.type == "many2one" or field.type in _X2MANY
            is_written = field.store or field.type in _X2MANY
            readable = not field.groups or model._has_field_access(field, "write")
            ours = field.comodel_name and not field.comodel_name.startswith(("mail.", "ir.model"))
            if plain and typed and is_written and readable and ours:
                yield field

    def ways(self, name, field, res_id):
        if field.type == "many2one":
            values = {"a number": res_id, "digits": str(res_id)}
        else:
            values = {
                "link": [Command.link(res_id)],
                "set": [Command.set([res_id])],
                "list of ids": [res_id],
            }
        for how, value in values.items():
            yield f"create, {how}", lambda env, v=value: env[name].create({field.name: v})
            yield (
                f"onchange, {how}",
                lambda env, v=value: env[name].onchange({field.name: v}, [field.name], {}),
            )
            if how == "digits":
                continue  # a default that is no number is none
            yield (
                f"default, {how}",
                lambda env, v=value: self.default_of(env[name], field, v, res_id),
            )

    def default_of(self, model, field, value, res_id):
        """A default that is dropped, or another in its place, is a refusal as well."""
        defaults = model.with_context(**{f"default_{field.name}": value}).default_get([field.name])
        if str(res_id) not in re.findall(r"[0-9]+", str(defaults.get(field.name))):
            raise AccessError(str(defaults))

    def test_a_row_of_one_s_own_is_not_moved(self):
        """Rules look at a row before it is written, so a company in the values needs a look too."""
        manager = self.nobodies["manager_b"]
        env = self.env(user=manager, su=False)
        own = {
            "l10n_cl.issuer": {"company_id": self.other.id},
            "l10n_cl.emission.policy": {"company_id": self.other.id},
        }
        for name, values in own.items():
            row = env[name].create(values)
            with self.assertRaises(AccessError):
                row.company_id = self.company
            self.assertEqual(row.company_id, self.other)

    def test_who_works_in_both_may_name_both(self):
        both = self.user_of("ambas", "account.group_account_manager", self.company)
        both.company_ids += self.other
        companies = (self.company + self.other).ids
        env = self.env(user=both, su=False, context={"allowed_company_ids": companies})
        self.assertTrue(env["l10n_cl.import.rcv"].create({"company_id": self.other.id}))
        self.assertTrue(env["l10n_cl.consumo.folios"].create({"issuer_id": self.issuer.id}))

    def test_an_administrator_names_the_companies_that_he_works_in(self):
        """Odoo lets him read all companies; he does not act for them."""
        admin = self.user_of(
            "admin_b", "account.group_account_manager,base.group_system", self.other
        )
        wizards = self.env(user=admin, su=False)["l10n_cl.import.rcv"]
        with self.assertRaises(AccessError):
            wizards.create({"company_id": self.company.id})

    def test_fields_of_ours_in_models_of_odoo(self):
        """A policy of another company in one's order; a statement in one's payment."""
        env = self.env(user=self.nobodies["manager_b"], su=False)
        policy, statement = self.row("l10n_cl.emission.policy"), self.row("l10n_cl.statement")
        partner = env["res.partner"].create({"name": "Ana"})
        order = env["sale.order"].create({"partner_id": partner.id})
        with self.assertRaises(AccessError):
            order.l10n_cl_emission_policy_id = policy.with_env(env)
        with self.assertRaises(AccessError):
            env["account.payment"].create(
                {
                    "amount": 1,
                    "partner_id": partner.id,
                    "l10n_cl_statement_ids": [Command.set(statement.ids)],
                }
            )
        with self.assertRaises(AccessError):
            self.other.with_env(env).l10n_cl_emission_policy_id = policy.with_env(env)

    def test_what_a_form_was_opened_over(self):
        """Left out of the values, it is taken from the context while the form is computed."""
        env = self.env(user=self.nobodies["billing_b"], su=False)
        move = self.rows["account.move"]
        typed = {"l10n_cl_does": "2", "l10n_cl_corrected": "name", "l10n_cl_note_reason": "return"}
        mixin = self.registry["l10n_cl.wizard.mixin"]
        over = {"active_model": "account.move", "active_ids": move.ids}
        for context in (over, {**over, "active_ids": [], "active_id": move.id}):
            for name in sorted(self.registry.models):
                model = self.registry[name]
                if not (model._transient and issubclass(model, mixin)):
                    continue
                wizard = env[name].with_context(**context)
                values = {key: typed[key] for key in typed if key in wizard._fields}
                with self.subTest(name, **context), self.assertRaises(AccessError):
                    wizard.onchange(values, list(values), {key: {} for key in wizard._fields})
        for name in ("account.move.reversal", "account.debit.note"):
            wizard = env[name].with_context(default_move_ids=move.ids)
            values = {key: typed[key] for key in typed if key in wizard._fields}
            with self.assertRaises(AccessError):
                wizard.onchange(values, list(values), {"l10n_cl_wrong_text": {}})

    def test_a_note_is_over_what_its_writer_may_read(self):
        env = self.env(user=self.nobodies["billing_b"], su=False)
        move = self.rows["account.move"]
        for name in ("reversed_entry_id", "debit_origin_id"):
            values = {name: move.id, "move_type": "out_refund"}
            with self.subTest(name), self.assertRaises(AccessError):
                env["account.move"].create(values)
            with self.subTest(name), self.assertRaises(AccessError):
                env["account.move"].onchange(values, [name], {"l10n_cl_delivered_on": {}})

    def test_another_model_for_the_same_id_is_another_record(self):
        incident = self.row("l10n_cl.incident")
        incident.write({"res_model": "res.company", "res_id": self.company.id})
        mine = incident.with_env(self.env(user=self.owner, su=False))
        with self.assertRaises(AccessError):
            mine.res_model = "ir.config_parameter"
        with self.assertRaises(AccessError):
            mine.res_id = self.other.id
