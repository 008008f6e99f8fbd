from fastapi import APIRouter

from odoo import models

from ..routers import SUBSCRIPTION_ROUTERS


class FastapiEndpoint(models.Model):
    _inherit = "fastapi.endpoint"

    def _get_fastapi_routers(self) -> list[APIRouter]:
        routers = super()._get_fastapi_routers()
        if self.app == "l10n_cl_integration":
            return [*routers, *SUBSCRIPTION_ROUTERS]
        return routers
