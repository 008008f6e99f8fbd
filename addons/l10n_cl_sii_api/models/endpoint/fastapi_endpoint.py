from typing import Any

from fastapi import APIRouter
from starlette.middleware import Middleware

from odoo import fields, models

from ...call import Failures
from ...dispatcher import ROUTING_TYPE
from ...routers import INTEGRATION_ROUTERS
from ...schemas.error import ErrorAnswer

_INTEGRATION = "l10n_cl_integration"


class FastapiEndpoint(models.Model):
    _inherit = "fastapi.endpoint"

    app: str = fields.Selection(
        selection_add=[(_INTEGRATION, "SII: sell, charge and emit")],
        ondelete={_INTEGRATION: "cascade"},
    )

    def _get_fastapi_routers(self) -> list[APIRouter]:
        if self.app == _INTEGRATION:
            return INTEGRATION_ROUTERS
        return super()._get_fastapi_routers()

    def _get_fastapi_app_middlewares(self) -> list[Middleware]:
        return [Middleware(Failures), *super()._get_fastapi_app_middlewares()]

    def _prepare_fastapi_app_params(self) -> dict[str, Any]:
        """What is refused looks alike everywhere."""
        params = super()._prepare_fastapi_app_params()
        if self.app == _INTEGRATION:
            params["responses"] = {"4XX": {"model": ErrorAnswer, "description": "Refused"}}
        return params

    def _get_routing_info(self):
        """Our answers to errors have a shape of their own."""
        routing = super()._get_routing_info()
        if self.app == _INTEGRATION:
            routing["type"] = ROUTING_TYPE
        return routing
