"""Figures for whoever watches this server: monitoring, load balancers, an administrator."""

from odoo.exceptions import AccessError
from odoo.http import Controller, request, route


class Health(Controller):
    @route("/l10n_cl_sii/v1/health", type="http", auth="bearer", methods=["GET"], readonly=True)
    def health(self):
        """The health of the issuers of the user's companies, as JSON.

        200: documents get to the SII, warnings or not. 503: they do not. 403: the user may not
        see tax documents.
        """
        user = request.env.user
        if not user.has_group("l10n_cl_sii.group_viewer"):
            raise AccessError(request.env._("You need the right to see tax documents."))
        companies = user.company_ids
        issuers = companies.l10n_cl_issuer_id
        report = (
            request.env["l10n_cl.health"]
            .with_context(allowed_company_ids=companies.ids, lang=user.lang, tz=user.tz)
            ._report(issuers)
        )
        status = 503 if report["status"] == "critical" else 200
        return request.make_json_response(report, status=status)
