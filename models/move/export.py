"""What is sold to a company abroad is exported, and documents of exports are not issued here.

Odoo proposes a factura for it all the same: a draft shows why not, and so does its refusal, in
place of all that a company abroad lacks for a factura.
"""

from ...sii import kinds, rut
from ...sii.codes import FOREIGN_RUT
from ..base.obstacle import Obstacle


def is_export(move):
    """Whether this is a factura for a company abroad that has no RUT of its own."""
    kind = kinds.of(move.l10n_latam_document_type_id.code)
    if (
        move.move_type != "out_invoice"
        or move.country_code != "CL"
        or kind.family is not kinds.Family.FACTURA
        or not kind.issued
        or not move.partner_id
        or move.partner_id.l10n_cl_document
        or not move._l10n_cl_emits()
        or move._l10n_cl_from_elsewhere()
    ):
        return False
    number = move.commercial_partner_id._l10n_cl_rut()
    return not rut.is_valid(number) or rut.canonical(number) == FOREIGN_RUT


def export_text(move):
    return move.env._(
        "%s is abroad: what is sold there is exported, with an export invoice (type 110), and "
        "documents of exports are not issued here. Issue it on the SII's site and record it in "
        "a journal that does not use documents. Who buys in Chile gets a factura with a RUT of "
        "his own, or else a boleta.",
        move.partner_id.display_name,
    )


def export_obstacles(move):
    if is_export(move):
        return [Obstacle(export_text(move), move.commercial_partner_id)]
    return []
