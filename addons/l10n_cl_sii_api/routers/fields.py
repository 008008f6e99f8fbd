"""Fields that several resources share."""

from typing import Any

from ..errors import ApiError

# name for programs -> field of l10n_cl.uuid.mixin
SHARED = {"external_id": "l10n_cl_external_id", "extra_fields": "l10n_cl_extra_fields"}


def values_of(part: Any, names: dict[str, str]) -> dict[str, Any]:
    """What was sent of these fields, by the names of the model."""
    return {names[name]: value for name, value in part.given().items() if name in names}


def required(part: Any, name: str, resource: str) -> Any:
    """A field without which nothing can be made, or 400."""
    value = getattr(part, name)
    if not value:
        raise ApiError(400, "missing_parameter", f"{name} is required", f"{resource}.{name}")
    return value


def unchanged(part: Any, name: str, current: str, resource: str) -> None:
    """400 when what cannot be changed is told anew, and otherwise than it is."""
    if getattr(part, name) not in (None, current):
        said = f"{name} cannot be changed"
        raise ApiError(400, "unchangeable_parameter", said, f"{resource}.{name}")


def shared_fields(record: Any) -> dict[str, Any]:
    """How each answer begins and ends; instants in UTC without zone."""
    return {
        "id": record.l10n_cl_uuid,
        "external_id": record.l10n_cl_external_id or None,
        "extra_fields": record.l10n_cl_extra_fields or {},
        "created_at": record.create_date.isoformat(timespec="milliseconds"),
        "updated_at": record.write_date.isoformat(timespec="milliseconds"),
    }
