"""What visitors (the portal, the public) may read of the fields that we add to Odoo's models."""

from .access_case import AccessCase

# Theirs to see, on records that Odoo shows them anyway: what they typed, or what is printed
_SHOWN = {}


class TestFields(AccessCase):
    def test_visitors_read_what_is_theirs_alone(self):
        shown = set()
        for user in (self.nobodies["portal"], self.env.ref("base.public_user")):
            env = self.env(user=user, su=False)
            for name in sorted(self.registry.models):
                model = env[name]
                if model._abstract or model._transient or not model.has_access("read"):
                    continue
                shown |= {
                    f"{name}.{field.name}"
                    for field in model._fields.values()
                    if field.name.startswith("l10n_cl_")
                    and any(module.startswith("l10n_cl_sii") for module in field._modules)
                    and model._has_field_access(field, "read")
                }
        self.assertFalse(sorted(shown - set(_SHOWN)), "give them groups, or list them here")
