"""``invoice_configuration`` of services and ``invoice_information`` of who buys them.

Whatever is sold by programs shares this: a service is any record of
``l10n_cl.emission.source.mixin``, a buyer's tax data are those of a contact.
"""

from typing import Any

from ..errors import ApiError
from ..schemas.invoicing import InvoiceConfiguration, InvoiceInformation
from .auth import Caller

INFORMATION_REQUIRED = "Invoice information is required when the service emits documents"
NOT_A_COMMUNE = "Commune is not a valid Chilean commune"
_CONFIGURATION = tuple(InvoiceConfiguration.model_fields)


def configure(service: Any, part: Any, body: Any) -> None:
    """Write a service's ``emit_document`` (inside it) and ``invoice_configuration`` (beside it)."""
    if "invoice_configuration" in body.model_fields_set:
        sent = body.invoice_configuration
        service._l10n_cl_give_configuration(None if sent is None else sent.given())
    if part.emit_document is not None:
        service.l10n_cl_emit_document = part.emit_document


def configuration_of(caller: Caller, service: Any) -> dict[str, Any]:
    """``emit_document`` and ``invoice_configuration`` of a service's answer; none without
    integration."""
    if not caller.is_invoicing_on:
        return {}
    policy = service.l10n_cl_emission_policy_id
    own = {name: policy[name] for name in _CONFIGURATION} if policy else None
    return {"emit_document": service.l10n_cl_emit_document, "invoice_configuration": own}


def service_warnings(caller: Caller, service: Any) -> list[dict[str, str]]:
    """What keeps a service from emitting, told when it is set up."""
    if not caller.is_invoicing_on or not service.l10n_cl_emit_document or service._l10n_cl_policy():
        return []
    text = caller.env._(
        "emit_document is on, and there is no invoice_configuration, neither here nor of the "
        "company: documents will wait for one."
    )
    return [{"code": "policy_missing", "message": text, "param": "invoice_configuration"}]


def tax_data(caller: Caller, sent: InvoiceInformation | None, param: str) -> dict[str, Any] | None:
    """What was sent, as ``_l10n_cl_write_invoice_information`` takes it; None when nothing was.

    param: where it was sent. Raises ApiError when the commune is not one of the guide.
    """
    if sent is None:
        return None
    data = sent.given()
    if "commune" in data:
        typed = data["commune"]
        cities = caller.env["res.city"]
        data["commune"] = cities if typed is None else cities._l10n_cl_exact_commune(typed)
        data["typed_commune"] = typed
        if typed is not None and not data["commune"]:
            raise ApiError(400, "invalid_commune", NOT_A_COMMUNE, f"{param}.commune")
    return data


def tax_data_of_new(
    caller: Caller, emits: bool, sent: InvoiceInformation | None, param: str
) -> dict[str, Any] | None:
    """Tax data of who is enrolled: required when the service emits, else ignored (None)."""
    if not emits or not caller.is_invoicing_on:
        return None
    if sent is None:
        raise ApiError(400, "invoice_information_required", INFORMATION_REQUIRED, param)
    return tax_data(caller, sent, param)


def information_of(caller: Caller, contact: Any) -> dict[str, Any]:
    """``invoice_information`` of an answer; none without integration."""
    if not caller.is_invoicing_on:
        return {}
    said = contact._l10n_cl_invoice_information()
    said["commune"] = contact._l10n_cl_commune_as_given() or None
    return {"invoice_information": {"document": contact._l10n_cl_derived_document(), **said}}


def information_warnings(
    contact: Any, sent: InvoiceInformation | None, param: str
) -> list[dict[str, str]]:
    """What was kept although it is wrong."""
    if sent is None or not sent.rut or contact.vat:
        return []
    text = contact.env._(
        "%s is not a valid RUT: it is kept as it is, and no factura is emitted until its check "
        "digit is corrected.",
        sent.rut,
    )
    return [{"code": "rut_invalid", "message": text, "param": f"{param}.rut"}]


def answer(data: dict[str, Any], warnings: list[dict[str, str]] = ()) -> dict[str, Any]:
    """One resource, and what its sender should know."""
    return {"data": data, "warnings": list(warnings)} if warnings else {"data": data}
