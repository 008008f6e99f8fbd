import base64
from functools import lru_cache

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import ormcache

from ...sii.errors import UnsafeXml
from ...sii.xml.schema import SchemaSet


@lru_cache(maxsize=4)
def _compile(data):
    return SchemaSet.from_zip(data)


class Issuer(models.Model):
    """A newer official set of schemas takes precedence over the bundled one."""

    _inherit = "l10n_cl.issuer"

    schemas_zip = fields.Binary(
        "Newer SII schemas",
        attachment=True,
        help="The zip of schemas as the SII publishes it; empty uses the ones we bring.",
    )
    schemas_zip_name = fields.Char()

    @api.constrains("schemas_zip")
    def _check_schemas_zip(self):
        for issuer in self.filtered("schemas_zip"):
            try:
                issuer._schemas()
            except UnsafeXml as error:
                raise ValidationError(
                    self.env._(
                        "This is not a set of SII schemas: %(reason)s. Load the zip exactly as "
                        "downloaded from the SII.",
                        reason=error,
                    )
                ) from error

    # whoever writes the file clears this cache
    @ormcache("self.id", cache="stable")
    def _schemas(self):
        """The set that judges this issuer's documents, read and compiled once per process."""
        self.ensure_one()
        content = self.sudo().with_context(bin_size=False).schemas_zip
        if not content:
            return SchemaSet.bundled()
        return _compile(base64.b64decode(content))
