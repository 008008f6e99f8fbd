"""How the addon comes into somebody's own Odoo."""

import sys
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.modules.module import Manifest
from odoo.tests import TransactionCase, tagged

ROOT = sys.modules[__package__.rpartition(".")[0]]


@tagged("post_install", "-at_install")
class TestInstallation(TransactionCase):
    def test_another_folder_name_is_refused_by_name(self):
        ROOT.refuse_other_name(self.env)
        for folder in ("Odoo-SII", "l10n_cl_sii-main", "l10n_cl_sii_"):
            with (
                patch.object(ROOT, "__name__", f"odoo.addons.{folder}"),
                self.assertRaises(UserError) as refused,
            ):
                ROOT.refuse_other_name(self.env)
            self.assertIn(f"called {folder}.", str(refused.exception))
            self.assertIn("l10n_cl_sii", str(refused.exception))

    def test_the_hooks_of_the_manifest_are_there(self):
        manifest = Manifest.for_addon("l10n_cl_sii")
        for hook in ("pre_init_hook", "post_init_hook", "uninstall_hook"):
            self.assertTrue(callable(getattr(ROOT, manifest[hook])))

    def test_what_installs_itself_asks_for_no_country_at_that_moment(self):
        """Companies may become Chilean afterwards, and Odoo does not look again."""
        own = self.env["ir.module.module"].search([("author", "=", "l10n_cl_sii maintainers")])
        glue = own.filtered("auto_install")
        self.assertTrue(glue)
        self.assertFalse(glue.country_ids)

    def test_each_addon_has_its_icon_and_its_licence(self):
        own = self.env["ir.module.module"].search([("author", "=", "l10n_cl_sii maintainers")])
        for addon in own:
            manifest = Manifest.for_addon(addon.name)
            self.assertTrue(manifest["icon"].startswith(f"/{addon.name}/"), addon.name)
