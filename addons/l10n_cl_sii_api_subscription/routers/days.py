"""Days of payment, as programs send them."""

from typing import Any

from odoo.addons.l10n_cl_sii_api.refused import Refused
from odoo.addons.l10n_cl_sii_subscription.models.schedule import days_of


def values_of_days(part: Any, recurrence: str, resource: str) -> dict[str, int]:
    """``l10n_cl_dop`` and ``l10n_cl_mop`` as far as they were sent, or 400."""
    values = {}
    if part.dop is not None:
        allowed = days_of(recurrence)
        if part.dop not in allowed:
            text = f"dop must be from {allowed[0]} to {allowed[-1]}"
            raise Refused("invalid_parameter", text, f"{resource}.dop")
        values |= {"l10n_cl_dop": part.dop, "l10n_cl_has_dop": True}
    if part.mop is not None:
        if recurrence != "year":
            text = "mop is of yearly subscriptions only"
            raise Refused("invalid_parameter", text, f"{resource}.mop")
        values["l10n_cl_mop"] = part.mop
    return values
