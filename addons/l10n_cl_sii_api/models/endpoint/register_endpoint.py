from fastapi import APIRouter

from odoo import fields, models

from ...register_dispatcher import REGISTER_ROUTING
from ...routers import REGISTER_ROUTERS

_REGISTER = "l10n_cl_register"


class FastapiEndpoint(models.Model):
    _inherit = "fastapi.endpoint"

    app: str = fields.Selection(
        selection_add=[(_REGISTER, "SII: issued and received documents")],
        ondelete={_REGISTER: "cascade"},
    )

    def _get_fastapi_routers(self) -> list[APIRouter]:
        if self.app == _REGISTER:
            return REGISTER_ROUTERS
        return super()._get_fastapi_routers()

    def _get_routing_info(self):
        routing = super()._get_routing_info()
        if self.app == _REGISTER:
            routing["type"] = REGISTER_ROUTING
        return routing
