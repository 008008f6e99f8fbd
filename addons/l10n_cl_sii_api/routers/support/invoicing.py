"""``invoice_configuration`` of services and ``invoice_information`` of who buys them.

Whatever is sold by programs shares this: a service is any record of
``l10n_cl.emission.source.mixin``, a buyer's tax data are those of a contact.
"""

from typing import Any

from odoo.addons.l10n_cl_sii.models.base.texts.rules import problems_text
from odoo.addons.l10n_cl_sii.sii.document import limits
from odoo.addons.l10n_cl_sii.sii.rules import values as rules
from odoo.tools import email_normalize

from ...call import remarks
from ...refused import Refused
from ...schemas.invoicing import InvoiceConfiguration, InvoiceInformation
from .auth import Caller

INFORMATION_REQUIRED = "Invoice information is required when the service emits documents"
NOT_A_COMMUNE = "Commune is not a valid Chilean commune"
# What documents carry of a buyer: name for programs -> where it stands, its most characters
_CARRIED = {
    "business_name": ("receiver.name", limits.NAME),
    "activity": ("receiver.giro", limits.GIRO),
    "address": ("receiver.address", limits.ADDRESS),
    "email": ("receiver.email", limits.EMAIL),
}
_CONFIGURATION = tuple(InvoiceConfiguration.model_fields)


def configure(service: Any, part: Any, body: Any) -> None:
    """Write a service's ``emit_document`` (inside it) and ``invoice_configuration`` (beside it)."""
    if "invoice_configuration" in body.model_fields_set:
        sent = body.invoice_configuration
        service._l10n_cl_give_configuration(None if sent is None else sent.given())
    if part.emit_document is not None:
        service.l10n_cl_emit_document = part.emit_document


def past_warnings(caller: Caller, service: Any, part: Any) -> list[dict[str, Any]]:
    """How much was paid while the service emitted nothing; ``emit_past`` emits it, unless off."""
    if not caller.is_invoicing_on or not service.l10n_cl_emit_document:
        return []
    past = service._l10n_cl_past()
    if not past or (part.emit_document is None and not part.emit_past):
        return []
    values = {"count": len(past), "param": "emit_past"}
    if part.emit_past:
        past._emit_past()
        text = caller.env._("%s statements that were paid before are emitted now.", len(past))
        return [{"code": "past_emitted", "message": text, **values}]
    text = caller.env._(
        "%s statements were paid while emit_document was off, and are not emitted. Send emit_past "
        "to emit them too.",
        len(past),
    )
    return [{"code": "past_not_emitted", "message": text, **values}]


def configuration_of(caller: Caller, service: Any) -> dict[str, Any]:
    """``emit_document`` and ``invoice_configuration`` of a service's answer; none without
    integration."""
    if not caller.is_invoicing_on:
        return {}
    policy = service.l10n_cl_emission_policy_id
    own = {name: policy[name] for name in _CONFIGURATION} if policy else None
    if own and own["sale_kind"] == "proposed":
        del own["sale_kind"]  # answered where somebody chose
    return {"emit_document": service.l10n_cl_emit_document, "invoice_configuration": own}


def service_warnings(caller: Caller, service: Any, part: Any) -> list[dict[str, Any]]:
    """What keeps a service from emitting, reported when it is set up.

    part: what was sent of the service.
    """
    past = past_warnings(caller, service, part)
    if not caller.is_invoicing_on or not service.l10n_cl_emit_document or service._l10n_cl_policy():
        return past
    text = caller.env._(
        "emit_document is on, and there is no invoice_configuration, neither here nor of the "
        "company: documents will wait for one."
    )
    return [{"code": "policy_missing", "message": text, "param": "invoice_configuration"}, *past]


def tax_data(caller: Caller, sent: InvoiceInformation | None, param: str) -> dict[str, Any] | None:
    """What was sent, as ``_l10n_cl_write_invoice_information`` takes it; None when nothing was.

    param: where it was sent. Raises Refused when the commune is not one of the guide.
    """
    if sent is None:
        return None
    data = {
        name: None if isinstance(value, str) and not value.strip() else value
        for name, value in sent.given().items()
        if name != "commune"
    } | ({"commune": sent.commune} if "commune" in sent.model_fields_set else {})
    if "commune" in data:
        typed = data["commune"]
        cities = caller.env["res.city"]
        data["commune"] = cities if typed is None else cities._l10n_cl_exact_commune(typed)
        data["typed_commune"] = typed
        if typed is not None and not data["commune"]:
            raise Refused("invalid_commune", NOT_A_COMMUNE, f"{param}.commune")
    return data


def tax_data_of_new(
    caller: Caller, emits: bool, sent: InvoiceInformation | None, param: str
) -> dict[str, Any] | None:
    """Tax data of who is enrolled: required when the service emits, else ignored (None)."""
    if not emits or not caller.is_invoicing_on:
        return None
    if sent is None:
        raise Refused("invoice_information_required", INFORMATION_REQUIRED, param)
    return tax_data(caller, sent, param)


def information_of(caller: Caller, contact: Any) -> dict[str, Any]:
    """``invoice_information`` of an answer; none without integration."""
    if not caller.is_invoicing_on:
        return {}
    information = contact._l10n_cl_invoice_information()
    information["commune"] = contact._l10n_cl_commune_as_given() or None
    return {"invoice_information": {"document": contact._l10n_cl_derived_document(), **information}}


def information_warnings(
    contact: Any, sent: InvoiceInformation | None, param: str
) -> list[dict[str, Any]]:
    """What was kept although no document can carry it: reported now, not after the payment."""
    if sent is None:
        return []
    env, warnings = contact.env, []
    if sent.rut and not contact.vat:
        text = env._(
            "%s is not a valid RUT: it is kept as it is, and no factura is emitted until its check "
            "digit is corrected.",
            sent.rut,
        )
        warnings.append({"code": "rut_invalid", "message": text, "param": f"{param}.rut"})
    for name, (where, limit) in _CARRIED.items():
        value = getattr(sent, name)
        if not value:
            continue
        if not value.strip():
            text = env._("It is blank, so it counts as not given.")
            warnings.append({"code": "blank", "message": text, "param": f"{param}.{name}"})
        for problem in rules.text(value, where, limit):
            [text] = problems_text(env, [problem])
            warning = {"code": problem.code, "message": text, "param": f"{param}.{name}"}
            warnings.append({**warning, **({"limit": limit} if "limit" in problem.data else {})})
    if sent.email and sent.email.strip() and not email_normalize(sent.email):
        text = env._("%s is no e-mail address: the document cannot be sent to it.", sent.email)
        warnings.append({"code": "email_invalid", "message": text, "param": f"{param}.email"})
    return warnings


def name_warnings(caller: Caller, name: str, param: str) -> list[dict[str, Any]]:
    """The name of a buyer stands on his boletas."""
    where, limit = _CARRIED["business_name"]
    return [
        {"code": each.code, "message": text, "param": param, **each.data}
        for each in rules.text(name, where, limit)
        for text in problems_text(caller.env, [each])
    ]


def answer(data: dict[str, Any], warnings: list[dict[str, str]] = ()) -> dict[str, Any]:
    """One resource, and what its sender should know: first of all what was ignored."""
    known = [*remarks.get([]), *warnings]
    return {"data": data, "warnings": known} if known else {"data": data}
