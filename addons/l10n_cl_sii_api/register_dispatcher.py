"""Errors of the register's API: as everywhere here, and where they are explained (``doc_url``)."""

from urllib.parse import urljoin

from odoo.addons.l10n_cl_sii.sii.received.file import MAX_BYTES

from .dispatcher import SiiApiDispatcher
from .routers.support.link import with_scheme

REGISTER_ROUTING = "l10n_cl_sii_register"


class RegisterDispatcher(SiiApiDispatcher):
    """Calls of the register's API: as of that of programs, with ``doc_url`` in each error."""

    routing_type = REGISTER_ROUTING
    max_body_bytes = MAX_BYTES

    def _authorization(self, asked):
        """As the clients of this API send it, also without a scheme."""
        return with_scheme(super()._authorization(asked))

    def _described(self, error):
        explained = urljoin(self.request.httprequest.url_root, "/v1/docs")
        return {**error.as_dict(), "doc_url": explained}
