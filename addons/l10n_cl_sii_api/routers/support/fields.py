"""Fields that several resources share."""

from typing import Any

from ...refused import Refused

# name for programs -> field of l10n_cl.uuid.mixin
SHARED = {"external_id": "l10n_cl_external_id", "extra_fields": "l10n_cl_extra_fields"}


def values_of(part: Any, names: dict[str, str]) -> dict[str, Any]:
    """What was sent of these fields, by the names of the model."""
    return {names[name]: value for name, value in part.given().items() if name in names}


def required(part: Any, name: str, resource: str) -> Any:
    """A field without which nothing can be made, or 400."""
    value = getattr(part, name)
    if not value:
        raise Refused("missing_parameter", f"{name} is required", f"{resource}.{name}")
    return value


def unchanged(part: Any, name: str, current: str, resource: str) -> None:
    """400 when what cannot be changed is sent anew, and other than it is."""
    if getattr(part, name) not in (None, current):
        text = f"{name} cannot be changed"
        raise Refused("unchangeable_parameter", text, f"{resource}.{name}")


def is_called_off(part: Any, current: str, resource: str) -> bool:
    """Whether ``status`` was sent as ``canceled`` and is not yet; 400 for any other change.

    current: what it is, which may be sent.
    """
    if part.status in (None, current):
        return False
    if part.status != "canceled":
        text = "status can be changed to canceled only"
        raise Refused("invalid_parameter", text, f"{resource}.status")
    if current == "finished":
        text = "Nothing of it is unpaid: it cannot be canceled"
        raise Refused("already_paid", text, f"{resource}.status")
    return True


def check_not_canceled(part: Any, names: set[str], current: str, resource: str) -> None:
    """400 when what is owed is sent for something of which nothing is owed any more."""
    if current == "canceled" and (given := names & part.model_fields_set):
        name = min(given)
        text = f"It is canceled: {name} cannot be changed"
        raise Refused("canceled", text, f"{resource}.{name}")


def no_status(part: Any, resource: str) -> None:
    """400 when something is made with a status, which nobody sets."""
    if part.status is not None:
        text = "status follows from the payments: it is not told when something is made"
        raise Refused("invalid_parameter", text, f"{resource}.status")


def shared_fields(record: Any) -> dict[str, Any]:
    """How each answer begins and ends; instants in UTC without zone."""
    return {
        "id": record.l10n_cl_uuid,
        "external_id": record.l10n_cl_external_id or None,
        "extra_fields": record.l10n_cl_extra_fields or {},
        "created_at": record.create_date.isoformat(timespec="milliseconds"),
        "updated_at": record.write_date.isoformat(timespec="milliseconds"),
    }
