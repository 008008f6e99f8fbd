"""Who may act on what: every public method of ours is walked, and called as those who may not."""

from inspect import Parameter, signature

from .access_case import ALL, AccessCase, public_methods


def ids_of(methods):
    return {(model, name) for model, name, _function in methods}


class TestAccess(AccessCase):
    def test_each_public_method_has_a_gate(self):
        open_ones = {
            f"{function.__module__}: {name}"
            for _model, name, function in public_methods(self.registry)
            if not hasattr(function, "_l10n_cl_entry")
            and not getattr(function, "_api_private", False)
        }
        self.assertFalse(open_ones, "decorate it with entry(), or give it a private name")

    def test_each_is_called_as_those_who_may_not(self):
        problems, called = [], 0
        for model, name, function in self.callable_ones():
            needs = [
                False
                for each in list(signature(function).parameters.values())[1:]
                if each.default is Parameter.empty and each.kind is each.POSITIONAL_OR_KEYWORD
            ]
            record = self.row(model)
            for login, user in self.nobodies.items():
                if getattr(function, "_api_model", False) and self.has_right(user, function):
                    continue
                called += 1
                problem = self.problem(
                    user,
                    lambda env, record=record, name=name, needs=needs: self.call(
                        record.with_env(env), name, *needs
                    ),
                )
                if problem:
                    problems.append(f"{model}.{name} as {login} {problem}")
        self.assertFalse(problems, "\n".join(problems))
        self.assertGreater(called, 200)

    def callable_ones(self):
        """One of each model and name; abstract models have no rows."""
        seen = set()
        for model, name, function in public_methods(self.registry):
            private = getattr(function, "_api_private", False)
            if (model, name) not in seen and not private and not self.env[model]._abstract:
                seen.add((model, name))
                yield model, name, function

    def has_right(self, user, function):
        _access, group = function._l10n_cl_entry
        return user.has_group(group)

    def test_the_owner_passes_the_gates(self):
        """The walk above would see nothing if nobody passed."""
        for model in ("l10n_cl.dte", "l10n_cl.envio", "l10n_cl.emission.request"):
            self.call(self.row(model).with_user(self.owner).sudo(False), "action_retry")
        self.assertTrue(self.owner.has_group("l10n_cl_sii.group_manager"))
        self.assertIn("account.group_account_manager", ALL)

    def test_nobody_but_administrators_runs_scheduled_actions(self):
        """Odoo runs any server action by its number, as whoever asks."""
        actions = self.env["ir.actions.server"].sudo().search([("usage", "=", "ir_cron")])
        self.assertIn("l10n_cl.vault", actions.mapped("model_name"))
        problems = []
        for action in actions:
            for login, user in {**self.nobodies, "manager_a": self.owner}.items():
                if problem := self.problem(user, lambda env, each=action: each.with_env(env).run()):
                    problems.append(f"{action.model_name} {action.code} as {login} {problem}")
        self.assertFalse(problems, "\n".join(problems))
        self.env.ref("l10n_cl_sii.cron_seal").method_direct_trigger()
