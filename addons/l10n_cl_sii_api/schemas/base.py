"""What all bodies share: strict types, and what becomes of unknown fields."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from odoo.addons.l10n_cl_sii.sii import clock

MAX_AMOUNT = 10**12
_MAX_EXTRA = 10_000
_MAX_DEPTH = 20
_FIRST_YEAR, _LAST_YEAR = 2000, 2100


class Body(BaseModel):
    """Part of what a program sends; types are taken as they are, never converted."""

    model_config = ConfigDict(extra="allow", strict=True)

    # fields that null empties; the others it leaves as they are
    can_be_emptied: ClassVar[frozenset[str]] = frozenset(
        {"description", "external_id", "extra_fields"}
    )

    def given(self) -> dict[str, Any]:
        """The known fields that were sent, parts of it as they are."""
        known = type(self).model_fields
        return {name: getattr(self, name) for name in known if name in self.model_fields_set}

    def emptied(self, path: str = "") -> Iterator[str]:
        """Where null was sent of what null does not empty."""
        for name, value in self.given().items():
            if value is None and name not in self.can_be_emptied:
                yield f"{path}{name}"
            elif isinstance(value, Body):
                yield from value.emptied(f"{path}{name}.")

    def unknown(self, path: str = "") -> Iterator[str]:
        """Where the unknown fields are."""
        yield from (f"{path}{name}" for name in self.model_extra or ())
        for name, value in self.given().items():
            parts = value if isinstance(value, list) else [value]
            for part in parts:
                if isinstance(part, Body):
                    yield from part.unknown(f"{path}{name}.")


def choice(name: str, *allowed: str) -> Any:
    """A string out of a few; anything else is answered in the words of the guide."""

    def check(value: Any) -> str:
        if value not in allowed:
            context = {"name": name, "allowed": ", ".join(allowed)}
            raise PydanticCustomError("choice", "{name} must be one of: {allowed}", context)
        return value

    schema = {"type": "string", "enum": list(allowed)}
    return Annotated[str, BeforeValidator(check), WithJsonSchema(schema)]


def _storable(text: str) -> str:
    """Half characters and NUL are JSON, but no database keeps them."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise PydanticCustomError("text", "is not Unicode text") from None
    if "\0" in text:
        raise PydanticCustomError("text", "has a NUL character")
    return text


def _number(value: Any) -> Decimal:
    """A number, or the text of one: so many programs keep decimals exact."""
    try:
        number = Decimal(str(value)) if not isinstance(value, bool) else None
    except InvalidOperation:
        number = None
    if number is None:
        raise PydanticCustomError("amount", "must be a number")
    if not number.is_finite() or not 0 < number <= MAX_AMOUNT:
        raise PydanticCustomError("amount", f"must be more than 0 and at most {MAX_AMOUNT}")
    return number


def _as_text(value: Any) -> Any:
    """Programs call their own records by numbers too."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _day(value: Any) -> date:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise PydanticCustomError("day", "must be a date: YYYY-MM-DD") from None


def _near(day: date) -> date:
    """A day on which something can be owed or paid."""
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        context = {"first": _FIRST_YEAR, "last": _LAST_YEAR}
        raise PydanticCustomError("day", "must be of the years {first} to {last}", context)
    return day


def _moment(value: Any) -> date:
    """The day in Chile of a date, or of an instant: ISO 8601, or "2023-07-29 10:00:00 UTC"."""
    try:
        instant = datetime.fromisoformat(value.replace(" UTC", "+00:00"))
    except (AttributeError, TypeError, ValueError):
        raise PydanticCustomError("day", "must be a date or an instant of ISO 8601") from None
    if len(value) == len("YYYY-MM-DD"):
        return instant.date()
    _near(instant.date())  # at the ends of the calendar there is no other zone
    return instant.replace(tzinfo=instant.tzinfo or UTC).astimezone(clock.CHILE).date()


def _instant(value: Any) -> datetime:
    """In UTC, without zone, as Odoo keeps it; one without zone is refused."""
    try:
        instant = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        instant = None
    if instant is None or instant.tzinfo is None:
        text = "must be an instant of ISO 8601 with its zone: 2026-11-30T15:40:00-03:00"
        raise PydanticCustomError("day", text)
    _near(instant.date())  # at the ends of the calendar there is no other zone
    return instant.astimezone(UTC).replace(tzinfo=None, microsecond=0)


def _extra(value: Any) -> dict[str, Any]:
    if _is_deeper(value, _MAX_DEPTH):
        raise PydanticCustomError("extra", f"is nested in more than {_MAX_DEPTH} levels")
    try:
        text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    except ValueError:
        raise PydanticCustomError("extra", "has what is not a number") from None
    if len(text) > _MAX_EXTRA:
        raise PydanticCustomError("extra", f"is longer than {_MAX_EXTRA} characters")
    _storable(text.replace("\\u0000", "\0"))
    return value


def _is_deeper(value: Any, levels: int) -> bool:
    if not isinstance(value, dict | list):
        return False
    parts = value.values() if isinstance(value, dict) else value
    return levels == 0 or any(_is_deeper(part, levels - 1) for part in parts)


Text = Annotated[str, Field(max_length=400), AfterValidator(_storable)]
Name = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_storable)]
Identifier = Annotated[str, Field(max_length=100), AfterValidator(_storable)]
Reference = Annotated[Text, BeforeValidator(_as_text), WithJsonSchema({"type": "string"})]
Amount = Annotated[Decimal, BeforeValidator(_number), WithJsonSchema({"type": "number"})]
Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
DueDay = Annotated[Day, AfterValidator(_near)]
Moment = Annotated[
    date,
    BeforeValidator(_moment),
    AfterValidator(_near),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]
Instant = Annotated[
    datetime,
    BeforeValidator(_instant),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]
Currency = choice("currency", "CLP", "UF")
Extra = Annotated[dict[str, Any], AfterValidator(_extra)]
