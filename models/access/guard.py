"""What people may change, stated in the model: a view's ``readonly`` stops nobody who calls by RPC.

A guarded model lists what is open; all the rest is denied. Code of ours runs as system, after it
has asked who calls. No key of the context is a permission, for callers choose their context.
"""

from odoo import api, models
from odoo.exceptions import AccessError

ALWAYS = "always"
BIRTH = "birth"  # when the record is made, and never after
NEVER = "never"
EDITABLE = "*"  # stands for every field that is not declared readonly


class Guard(models.AbstractModel):
    """Checked in ``create``, ``write`` and ``unlink``; copies, imports, relations, web forms and
    inverse fields all end there.
    """

    _name = "l10n_cl.guard.mixin"
    _description = "What people may change, and when"

    # field -> ALWAYS, BIRTH, NEVER, or the states in which it may change. Each class of a model
    # adds to what the others list.
    _open_to_people = {}
    # whether people may delete what their rights and the model's own checks let them
    _people_may_delete = False

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_people(vals, birth=True)
        return super().create(vals_list)

    def write(self, vals):
        self._check_people(vals)
        return super().write(vals)

    # while a module goes everything is deleted as system; who only claims so in the context is not
    @api.ondelete(at_uninstall=True)
    def _unlink_by_people(self):
        if not self.env.su and not self._people_may_delete:
            raise AccessError(
                self.env._(
                    "“%s” is kept for the record and cannot be deleted.", self[:1].display_name
                )
            )

    @api.model
    def default_get(self, fields):
        """What is closed begins as the model states: neither context nor ir.default decides it."""
        closed = [name for name in fields if not self._is_open(name, birth=True)]
        values = super().default_get([name for name in fields if name not in closed])
        for name in closed:
            if (field := self._fields.get(name)) and field.default:
                value = field.convert_to_cache(field.default(self), self, validate=False)
                values[name] = field.convert_to_write(value, self)
        return values

    def _check_people(self, vals, birth=False):
        """Raise AccessError when a person writes what is not open. birth: the record is made."""
        if self.env.su:
            return
        closed = [name for name in vals if name in self._fields and not self._is_open(name, birth)]
        if closed:
            raise AccessError(self._closed_text(closed))

    def _is_open(self, name, birth=False):
        rules = self._rules_for_people()
        field = self._fields.get(name)
        rule = rules.get(name)
        if rule is None and field and EDITABLE in rules and not field.readonly:
            rule = rules[EDITABLE]
        if rule is None and self._is_chatter(name):
            rule = ALWAYS
        if rule in (None, NEVER):
            return False
        if rule == ALWAYS or birth:
            return True
        return rule != BIRTH and all(record.state in rule for record in self)

    def _is_chatter(self, name):
        """Followers, messages and activities are not what a record states."""
        if "message_ids" not in self._fields or name in models.MAGIC_COLUMNS:
            return False
        mixins = self.env["mail.thread"], self.env["mail.activity.mixin"]
        return name != "display_name" and any(name in mixin._fields for mixin in mixins)

    @api.model
    def _rules_for_people(self):
        """What the classes of this model list, together.

        Noted on the class that Odoo builds of them; built of others it has another ``__mro__``.
        """
        built = type(self)
        of, rules = vars(built).get("_l10n_cl_rules", (None, None))
        if of is not built.__mro__:
            rules = {}
            for parent in reversed(built.__mro__):
                rules.update(vars(parent).get("_open_to_people") or {})
            built._l10n_cl_rules = (built.__mro__, rules)
        return rules

    def _closed_text(self, names):
        """Sentence for a person: which fields, of what, and what to do instead."""
        labels = ", ".join(
            self._fields[name]._description_string(self.env) or name for name in names
        )
        return self.env._(
            "%(fields)s of “%(what)s” cannot be changed by hand. %(instead)s",
            fields=labels,
            what=self._described(),
            instead=self._instead_text(),
        )

    def _described(self):
        return self[:1].sudo().display_name if self.ids else self.env._(self._description)

    def _instead_text(self):
        """What a person does instead of writing a closed field."""
        return self.env._("It follows from what happens to it: use its buttons.")
