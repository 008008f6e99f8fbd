"""Who works in a branch reads the issuer, CAFs and policies of its parent, and changes them not."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    for name in ("issuer", "caf", "emission_policy"):
        # rules are not updated by themselves: a company may have changed them
        rule = env.ref(f"l10n_cl_sii.rule_{name}_company", raise_if_not_found=False)
        if rule:
            rule.write({"perm_write": False, "perm_create": False, "perm_unlink": False})
