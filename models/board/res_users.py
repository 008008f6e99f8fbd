from odoo import api, fields, models

from ..access.entry import VIEWER


class ResUsers(models.Model):
    """What somebody wants to hear by mail, as he is not in Odoo all day."""

    _inherit = "res.users"

    l10n_cl_sii_mails = fields.Selection(
        [
            ("none", "None"),
            ("rejected", "What the SII rejects, at once"),
            ("daily", "What it rejects at once, and a daily summary"),
        ],
        "SII mails",
        default="none",
        required=True,
        help="The summary comes in the morning, when there is something to do: documents rejected "
        "or stopped, what suppliers sent and silence would accept, folios and certificates that "
        "end.",
    )
    # Odoo shows people their own page with the rights of the system: groups of a view say nothing
    l10n_cl_reads_documents = fields.Boolean(
        "Reads tax documents", compute="_compute_l10n_cl_reads_documents"
    )
    l10n_cl_sii_summed_on = fields.Date(
        "SII summary of", readonly=True, help="Day of the last summary."
    )

    @api.depends("group_ids")
    def _compute_l10n_cl_reads_documents(self):
        for user in self:
            user.l10n_cl_reads_documents = user.has_group(VIEWER)

    @property
    def SELF_READABLE_FIELDS(self):  # noqa: N802
        ours = ("l10n_cl_sii_mails", "l10n_cl_reads_documents")
        return [*super().SELF_READABLE_FIELDS, *ours]

    @property
    def SELF_WRITEABLE_FIELDS(self):  # noqa: N802
        return [*super().SELF_WRITEABLE_FIELDS, "l10n_cl_sii_mails"]
