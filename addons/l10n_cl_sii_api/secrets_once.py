"""Secrets that an answer shows once: it is kept for who repeats the call, but without them."""

import json
from contextvars import ContextVar
from typing import Any

shown: ContextVar[list[str]] = ContextVar("l10n_cl_secrets_shown")

_NOTE = "It was told in the first answer only and is kept nowhere. If it is lost, make a new one."


def show_once(secret: str) -> str:
    """The secret, to be put into this answer and no other."""
    shown.get([]).append(secret)
    return secret


def without_secrets(answer: str) -> str:
    """An answer as it may be kept: each secret is null, with a note beside it."""
    secrets = set(shown.get([]))
    return json.dumps(_without(json.loads(answer), secrets)) if secrets else answer


def _without(value: Any, secrets: set[str]) -> Any:
    if isinstance(value, list):
        return [_without(each, secrets) for each in value]
    if not isinstance(value, dict):
        return None if isinstance(value, str) and value in secrets else value
    kept = {}
    for name, each in value.items():
        kept[name] = _without(each, secrets)
        if isinstance(each, str) and each in secrets:
            kept[f"{name}_note"] = _NOTE
    return kept
