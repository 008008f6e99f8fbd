"""What a test may tune."""

from typing import Any

from .store import Store

STAGES = ("SOK", "CRT", "FOK", "PDR", "EPR")
DEFAULTS = {
    "stage_seconds": 1,
    "visible_after_seconds": 1,
    "token_lifetime_seconds": 3600,
    "boleta_limit": {"2025": 5_186_253.15, "2026": 5_363_274.60},
}


class Settings:
    """Delays and lifetimes, in seconds of the simulator's clock, and the limit of boletas.

    ``stage_seconds`` is one number for every stage, or a number per state to be reached
    (``{"SOK": 1, "EPR": 600}``; states left out take the default). ``boleta_limit`` is in pesos,
    one number or one per year; a later year than those given has the last one's.
    """

    def __init__(self, store: Store):
        self._store = store

    def all(self) -> dict[str, Any]:
        return {**DEFAULTS, **self._store.get("settings", {})}

    def update(self, values: dict[str, Any]) -> None:
        """Change some settings; raises ValueError on an unknown name or a value that is no time."""
        for name, value in values.items():
            if name not in DEFAULTS:
                raise ValueError(f"unknown setting {name}")
            if name == "stage_seconds" and isinstance(value, dict):
                unknown = set(value) - set(STAGES)
                if unknown:
                    raise ValueError(f"unknown states {sorted(unknown)}")
                times = value.values()
            elif name == "boleta_limit" and isinstance(value, dict) and value:
                if not all(year.isdecimal() for year in value):
                    raise ValueError(f"years are numbers, not {sorted(value)}")
                times = value.values()
            else:
                times = [value]
            if not all(type(time) in (int, float) and time >= 0 for time in times):
                raise ValueError(f"{name} must be a number, zero or more")
        self._store.put("settings", {**self._store.get("settings", {}), **values})

    def reset(self) -> None:
        self._store.forget("settings")

    def stage_seconds(self, state: str) -> float:
        """Seconds an envelope takes to reach ``state`` from the one before."""
        value = self.all()["stage_seconds"]
        if isinstance(value, dict):
            return value.get(state, DEFAULTS["stage_seconds"])
        return value

    @property
    def visible_after(self) -> float:
        return self.all()["visible_after_seconds"]

    @property
    def token_lifetime(self) -> float:
        return self.all()["token_lifetime_seconds"]

    def boleta_limit(self, year: int) -> float:
        """Pesos above which a boleta of a year must name its buyer."""
        limits = self.all()["boleta_limit"]
        if not isinstance(limits, dict):
            return limits
        known = [int(each) for each in limits if int(each) <= year]
        return limits[str(max(known))] if known else float("inf")
