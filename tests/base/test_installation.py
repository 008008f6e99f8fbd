"""The addon is installed in an existing Odoo: folder, Python version, hooks, country."""

import sys
from pathlib import Path
from unittest.mock import patch

from packaging.requirements import Requirement

from odoo.exceptions import UserError
from odoo.modules.module import Manifest
from odoo.tests import TransactionCase, tagged
from odoo.tests.loader import get_test_modules

ROOT = sys.modules[__package__.removesuffix(".tests.base")]
# run by themselves, see tests/__init__.py
APART = {"beside", "conformance", "crash", "upgrade"}


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

    def test_python_3_10_is_refused_with_a_sentence(self):
        """Odoo's own minimum lacks what we use; the error names what is not installed."""
        needed = Manifest.for_addon("l10n_cl_sii")["external_dependencies"]["python"]
        unmet = {
            version: [
                each.name
                for each in map(Requirement, needed)
                if each.marker and each.marker.evaluate({"python_version": version})
            ]
            for version in ("3.10", "3.11", "3.12", "3.13")
        }
        self.assertEqual(unmet.pop("3.10"), ["Python-3.11-or-newer"])
        self.assertFalse(any(unmet.values()))

    def test_odoos_own_runner_knows_every_test(self):
        """pytest finds files, Odoo what the package has imported."""
        for name in ("l10n_cl_sii", "l10n_cl_sii_certification", "l10n_cl_sii_sale_management"):
            folder = Path(Manifest.for_addon(name).path, "tests")
            paths = (path.relative_to(folder) for path in folder.rglob("test_*.py"))
            files = {path.stem for path in paths if path.parts[0] not in APART}
            known = {each.__name__.rpartition(".")[2] for each in get_test_modules(name)}
            self.assertEqual(known, files)

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
