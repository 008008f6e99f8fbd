"""A server that was given a key for its secrets."""

import os
from unittest.mock import patch

from cryptography.fernet import Fernet

from ..common import SiiCase

SETTINGS = ("L10N_CL_SII_KEY", "L10N_CL_SII_KEY_FILE")


class KeyCase(SiiCase):
    @classmethod
    def setUpClass(cls):
        cls.key = Fernet.generate_key().decode()
        bare = {name: value for name, value in os.environ.items() if name not in SETTINGS}
        given = {**bare, "L10N_CL_SII_KEY": cls.key}
        cls.enterClassContext(patch.dict(os.environ, given, clear=True))
        super().setUpClass()

    def give(self, *keys, **settings):
        """The server has these keys now, the first one to seal with."""
        values = {"L10N_CL_SII_KEY": ",".join(keys), **settings}
        self.enterContext(patch.dict(os.environ, values))

    def rows(self):
        """Every secret that is kept."""
        return self.env["l10n_cl.vault"].sudo().search([("kept", "!=", False)])

    def seal(self):
        """Run the scheduled action."""
        with self.enter_registry_test_mode():
            self.env.ref("l10n_cl_sii.cron_seal").method_direct_trigger()
        self.env.invalidate_all()
