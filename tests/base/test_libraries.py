"""A missing or unfit Python package is reported on the issuer and when posting; Odoo goes on."""

import subprocess
import sys
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import BaseCase, tagged
from odoo.tools import config

from ...sii import libraries
from ..common import SiiCase

LOADS = """
import sys

class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {names!r}:
            raise ImportError("no " + name)

sys.meta_path.insert(0, Blocked())
from odoo.modules import module
from odoo.tools import config

config.parse_config(["--addons-path", {addons!r}])
module.initialize_sys_path()
import importlib

importlib.import_module({module!r})
print("loaded")
"""
# what the addon needs beyond Odoo: imported only where it is used
BEYOND_ODOO = ("cl_sii", "pdf417gen", "pydantic", "xmlsec", "zeep", "qrcode")
FOR_TESTS = ("zxingcpp", "pypdfium2", "hypothesis", "httpx", "httpx2", "pytest", "pytest_odoo")


@tagged("post_install", "-at_install")
class TestLoading(BaseCase):
    def assert_loads(self, module, names):
        addons = ",".join(config["addons_path"])
        program = LOADS.format(module=module, names=names, addons=addons)
        command = [sys.executable, "-c", program]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        self.assertEqual(done.stdout.strip(), "loaded", done.stderr[-2000:])

    def test_the_addon_loads_without_any_of_them(self):
        self.assert_loads("odoo.addons.l10n_cl_sii", BEYOND_ODOO)

    def test_tests_load_without_what_only_they_need(self):
        for name in ("l10n_cl_sii", "l10n_cl_sii_subscription", "l10n_cl_sii_api"):
            with self.subTest(name=name):
                self.assert_loads(f"odoo.addons.{name}.tests", FOR_TESTS)


class TestLibraries(SiiCase):
    def without(self, package):
        """As if the package were there and too old: it lacks what we need of it."""
        self.enterContext(patch.dict(libraries._ALL, {package: ("json", ("NotThere",))}))
        libraries._loaded.cache_clear()
        self.addCleanup(libraries._loaded.cache_clear)
        self.env.invalidate_all()

    def test_each_needed_one_is_reported_before_anything_is_numbered(self):
        for package in libraries.NEEDED:
            with self.subTest(package=package):
                move = self.draft()
                self.without(package)
                self.assertIn(f"package {package} is missing", self.issuer.missing)
                self.assertIn(f"package {package} is missing", self.issuer.alarms)
                with self.assertRaisesRegex(UserError, f"package {package} is missing"):
                    move.action_post()
                self.assertFalse(move.name)
                self.doCleanups()
                self.setUp()

    def test_where_xmlsec_does_not_load_cryptography_signs(self):
        self.without("xmlsec")
        self.issuer.certificate_id = self.load_certificate()
        self.assertIn("signed all the same", self.issuer.warnings)
        move = self.post()
        self.run_crons()
        self.assertEqual(move.l10n_cl_dte_state, "accepted")

    def test_printing_reports_it(self):
        move = self.post()
        self.without("pdf417gen")
        with self.assertRaisesRegex(UserError, "pdf417gen is missing"):
            move._l10n_cl_stamp_image()

    def test_what_was_posted_waits_and_is_sent_when_it_is_there(self):
        move = self.post()
        self.without("zeep")
        self.run_crons()
        self.assertNotEqual(move.l10n_cl_dte_state, "accepted")
        self.assertFalse(self.exchanges())
        libraries._ALL["zeep"] = libraries.NEEDED["zeep"]
        libraries._loaded.cache_clear()
        self.run_crons()
        move.invalidate_recordset()
        if move.l10n_cl_dte_state != "accepted":
            move.l10n_cl_dte_id.sudo().action_retry()
            self.run_crons()
        self.assertEqual(move.l10n_cl_dte_state, "accepted")
