"""Every text of this addon is translated into Spanish."""

from odoo.addons.l10n_cl_sii.tests.base import test_translations as of_the_root
from odoo.tests import tagged


@tagged("post_install_l10n", "post_install", "-at_install")
class TestTranslations(of_the_root.TestTranslations):
    allow_inherited_tests_method = True
    addon = "l10n_cl_sii_api"
    known = ("Programs (API)", "%s (included)")
