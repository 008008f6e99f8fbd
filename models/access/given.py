"""Ids that a person writes are looked at before anything is made of them.

Odoo checks the records that a method is called on, not those that a value names: whoever may make
a row may name any company, document or file in it, and code that then goes on as system trusts it.
"""

from collections import defaultdict

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Command

_NAMED_IN = (Command.UPDATE, Command.LINK)


class GivenMixin(models.AbstractModel):
    """Whoever names a record in a value must be allowed to read it; a company must be his own.

    Holds for create, write, defaults of a context and for what a form computes before it is saved.
    Every model of ours that people or programs may write inherits it (a test walks them). In a
    model of Odoo only fields of ours are looked at. Code that runs as system passes.
    """

    _name = "l10n_cl.given.mixin"
    _description = "Looks at the ids that are given"

    def _prepare_create_values(self, vals_list):
        vals_list = super()._prepare_create_values(vals_list)
        self._check_given(vals_list)
        return vals_list

    def write(self, vals):
        self._check_given([vals])
        return super().write(vals)

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        self._check_given([values])
        return values

    def onchange(self, values, field_names, fields_spec):
        self._check_given([values, self._defaults_of_context()])
        self._check_opened_over()
        return super().onchange(values, field_names, fields_spec)

    @api.model
    def _defaults_of_context(self):
        """What is left out of a form is computed as system, with these in its place."""
        return {
            name.removeprefix("default_"): value
            for name, value in self.env.context.items()
            if name.startswith("default_")
        }

    @api.model
    def _check_opened_over(self):
        """Raises AccessError when a form's defaults come from records that nobody shows him."""

    def _check_given(self, vals_list):
        """Raises AccessError when the values name a record that this user may not read."""
        if self.env.su:
            return
        given = defaultdict(set)
        for vals in vals_list:
            _collect(self, vals, given)
        for model, ids in given.items():
            records = self.env[model].browse(ids)
            records.check_access("read")
            if model == "res.company" and not records <= self.env.user.company_ids:
                raise AccessError(self.env._("You do not work in the company that you named."))

    @api.model
    def _looks_at(self, name):
        """Whether a field is looked at: in a model of Odoo only ours are."""
        return name.startswith("l10n_cl_") or self._name.startswith("l10n_cl.")


def _collect(model, vals, given):
    """Add the ids that values name to ``given``: ids by name of their model."""
    looks_at = getattr(model, "_looks_at", _everything)
    for name in filter(looks_at, vals.keys() & model._fields.keys()):
        field, value = model._fields[name], vals[name]
        if value and field.type == "char":
            _collect_of_model(model, name, vals, given)
        if not value or name in models.MAGIC_COLUMNS:
            continue
        if field.type == "many2one":
            _add(given, field.comodel_name, [value])
        elif field.type in ("one2many", "many2many"):
            _collect_commands(model.env[field.comodel_name], value, given)
        elif field.type == "reference":
            comodel, _comma, res_id = str(value).partition(",")
            _add(given, comodel, [res_id])
        elif field.type == "many2one_reference":
            comodel = vals.get(field.model_field) or model[:1].sudo()[field.model_field]
            if comodel in model.env:
                _add(given, comodel, [value])


def _everything(_name):
    return True


def _collect_of_model(model, name, vals, given):
    """Another model for the ids that stand in rows already names other records."""
    for field in model._fields.values():
        names_rows = field.type == "many2one_reference" and field.model_field == name
        if names_rows and field.name not in vals and vals[name] in model.env:
            _add(given, vals[name], model.sudo().mapped(field.name))


def _collect_commands(comodel, value, given):
    """Of a list of ids, or of Odoo's commands."""
    if isinstance(value, models.BaseModel):
        value = value.ids
    for item in value:
        if not isinstance(item, (list, tuple)):
            _add(given, comodel._name, [item])
            continue
        code, res_id, *rest = (*item, 0, 0)[:3]
        if code in _NAMED_IN:
            _add(given, comodel._name, [res_id])
        if code == Command.SET:
            _add(given, comodel._name, rest[0])
        elif code in (Command.CREATE, Command.UPDATE) and rest[0]:
            _collect(comodel, rest[0], given)


def _add(given, model, ids):
    """Ids of rows that exist, however a program writes them; a form names unsaved rows by words."""
    if numbers := {number for each in ids if (number := _number(each))}:
        given[model] |= numbers


def _number(value):
    """The id in a value as Odoo takes it: a number, its digits, a pair with a name, or a record."""
    if isinstance(value, (list, tuple)):
        value = value[0] if value else 0
    elif isinstance(value, dict):
        value = value.get("id")
    value = getattr(value, "id", value)
    value = getattr(value, "origin", value)
    if isinstance(value, str):
        return int(value) if value.isdecimal() else 0
    return int(value or 0)
