"""What programs send of goods that travel: looked up, judged by the rules of documents, or 400."""

from datetime import UTC
from typing import Any

from odoo.addons.l10n_cl_sii.models.base.texts.rules import problems_text
from odoo.addons.l10n_cl_sii.models.statement.transport import given_as
from odoo.addons.l10n_cl_sii.sii import clock, document, rut
from odoo.addons.l10n_cl_sii.sii.codes import TipoDespacho
from odoo.addons.l10n_cl_sii.sii.document import goods
from odoo.addons.l10n_cl_sii.sii.rules.transport import check_stated

from ..refused import Refused, not_found
from ..schemas.transport import CONFIRMABLE, DISPATCH, Destination, Party, Transport
from .support.auth import Caller
from .support.invoicing import NOT_A_COMMUNE

_BIGGEST_ID = 2**31 - 1


def transport_of(caller: Caller, part: Any, param: str) -> dict[str, Any] | None:
    """What a part of a body states, as ``_l10n_cl_write_transport`` takes it; None: nothing.

    param: where it was sent. Raises Refused for what no document can state.
    """
    travels = _travels(part, param)
    if travels is None:
        asked_anew = {"transport", "goods_travel"} & part.model_fields_set
        return {"goods_travel": False} if asked_anew else None
    if not travels:
        return {"goods_travel": "no"}
    if part.transport is None:
        text = "transport is required when goods travel"
        raise Refused("missing_parameter", text, f"{param}.transport")
    return _looked_up(caller, part.transport, f"{param}.transport")


def _travels(part: Any, param: str) -> bool | None:
    """Whether goods travel; 400 when both are stated."""
    given = {
        None if part.transport is None else part.transport.goods_travel,
        part.goods_travel,
        False if part.confirm else None,
    } - {None}
    if len(given) > 1:
        text = "goods_travel, transport and confirm say different things"
        raise Refused("invalid_parameter", text, f"{param}.goods_travel")
    return given.pop() if given else None


def _looked_up(caller: Caller, sent: Transport, param: str) -> dict[str, Any]:
    """Records and texts of a transport that the rules of documents pass."""
    vehicle = _vehicle(caller, sent.vehicle, f"{param}.vehicle")
    origin = _branch(caller, sent.origin_branch, f"{param}.origin_branch")
    place = sent.destination or Destination()
    commune = _commune(caller, place.commune, f"{param}.destination.commune")
    not_known = sorted(set(sent.not_known or ()))
    values = {
        "goods_travel": "yes",
        "dispatch": DISPATCH.get(sent.dispatch, False),
        "vehicle": vehicle,
        "plate": _or_of("plate", sent.plate, vehicle.plate, not_known),
        "trailer_plate": goods.fold_plate(sent.trailer_plate or ""),
        "carrier": _or_of("carrier", sent.carrier, _party(vehicle.carrier_id), not_known),
        "driver": _or_of("driver", sent.driver, _party(vehicle.driver_id), not_known),
        "origin": origin,
        "address": (place.address or "").strip(),
        "commune": commune,
        "departs_at": sent.departs_at,
        "arrives_on": sent.arrives_on,
        "not_known": not_known,
    }
    _judge(caller, values, param)
    return values


def _or_of(name: str, given: Any, known: Any, not_known: list[str]) -> Any:
    """What was sent, else the vehicle's, unless it is named as not known."""
    value = given if given or name in not_known else known
    return goods.fold_plate(value or "") if name == "plate" else value or Party()


def _party(partner: Any) -> Party:
    return Party(rut=partner._l10n_cl_rut() or None, name=partner.name or None)


def _vehicle(caller: Caller, named: str | None, param: str) -> Any:
    """A vehicle of the caller's company, by plate or id; none when nobody names one."""
    vehicles = caller.env["l10n_cl.vehicle"].sudo()
    if not named:
        return vehicles
    number = int(named) if named.isascii() and named.isdecimal() and len(named) < 11 else 0
    is_it = [("plate", "=", goods.fold_plate(named))]
    if number:
        is_it = [("id", "=", min(number, _BIGGEST_ID))]
    ours = vehicles._check_company_domain(caller.company)
    found = vehicles.search([*is_it, ("is_trailer", "=", False), *ours], limit=1)
    if not found:
        raise not_found("vehicle", param)
    return found


def _branch(caller: Caller, named: str | None, param: str) -> Any:
    """A branch of the caller's company, by its SII code or its name."""
    branches = caller.env["l10n_cl.branch"].sudo()
    if not named:
        return branches
    is_code = named.isascii() and named.isdecimal() and len(named) < 18
    is_it = ("code", "=", int(named)) if is_code else ("name", "=", named)
    found = branches.search([is_it, *branches._check_company_domain(caller.company)], limit=1)
    if not found:
        raise not_found("branch", param)
    return found


def _commune(caller: Caller, named: Any, param: str) -> Any:
    cities = caller.env["res.city"]
    found = cities if named is None else cities._l10n_cl_exact_commune(named)
    if named is not None and not found:
        raise Refused("invalid_commune", NOT_A_COMMUNE, param)
    return found


def _judge(caller: Caller, values: dict[str, Any], param: str) -> None:
    """400 by the code of the rule: the same that would keep the document back.

    It may be issued on the day of the departure; before today it is issued no more.
    """
    departs_at = values["departs_at"]
    local = departs_at and departs_at.replace(tzinfo=UTC).astimezone(clock.CHILE)
    dispatch, origin = values["dispatch"], values["origin"]
    transport = document.Transport(
        plate=values["plate"],
        carrier_rut=rut.canonical_or_text((values["carrier"].rut or "").strip()),
        driver_rut=rut.canonical_or_text((values["driver"].rut or "").strip()),
        driver_name=(values["driver"].name or "").strip(),
        address=values["address"],
        comuna=values["commune"].name or "",
        dispatch=TipoDespacho(int(dispatch)) if dispatch else None,
        trailer_plate=values["trailer_plate"],
        departs_at=local and local.replace(tzinfo=None),
        arrives_on=values["arrives_on"],
        origin_address=origin.street or "",
        origin_comuna=(origin.city_id.name or "") if origin.street else "",
        goods_travel=True,
        not_known=tuple(values["not_known"]),
    )
    issued_on = max(clock.today(), local.date()) if local else clock.today()
    for problem in check_stated(transport, issued_on):
        [text] = problems_text(caller.env, [problem])
        where = given_as(problem.where).removeprefix("transport")
        raise Refused(problem.code, text, f"{param}{where}")


def transport_warnings(caller: Caller, statements: Any, param: str) -> list[dict[str, Any]]:
    """What is still to be stated of goods, or was sent for a document that cannot state it."""
    warnings = {}
    for request in statements.request_id.sudo().filtered("policy_id"):
        if request.state in ("done", "cancelled"):
            continue
        travels = request.statement_id.l10n_cl_goods_travel
        if obstacle := request._goods_obstacle():
            warnings[CONFIRMABLE] = (obstacle.text, "goods_travel", {"confirmable": True})
        elif travels == "yes" and not request._may_accompany():
            text = caller.env._(
                "A boleta says nothing of transport: it is kept, and told if a factura is made "
                "instead."
            )
            warnings["transport_unexpected"] = (text, "transport", {})
    return [
        {"code": code, "message": text, "param": f"{param}.{name}", **more}
        for code, (text, name, more) in warnings.items()
    ]
