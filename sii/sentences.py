"""The sentence of each coded problem in English and Spanish: the table ``sentences.csv``.

A row is one code of one family; its texts are side by side, so that who changes one language sees
the other. ``%(name)s`` is filled with the data of the problem. The code ``*`` is for codes of its
family that have no row, ``*_missing`` for those of them that end so. The column ``es_CL`` is filled
where Chile uses other words than the rest.

Families: ``document`` (rules, envelopes and books), ``term`` (of a credit note), ``caf``,
``certificate``, ``signature``, ``library`` (a Python package), ``vault`` (kept secrets),
``transport`` (the way to the SII), ``register`` and ``register_kind`` (its files), ``file``,
``no_document`` (by the root of a file) and ``verdict`` (what others send), ``mail``,
``authority``, ``signer``, ``test_set`` and ``health``.

>>> sentence("caf", "caf_expired", "es_CL", {"expired_on": "31-08-2026"})
'El CAF venció el 31-08-2026. Pida folios nuevos al SII.'
"""

import csv
import functools
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_name("sentences.csv")
LANGUAGES = ("en", "es", "es_CL")


@functools.cache
def table() -> dict[tuple[str, str], dict[str, str]]:
    """By family and code: the words, by language; without those that are empty."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        return {
            (row["family"], row["code"]): {name: row[name] for name in LANGUAGES if row[name]}
            for row in csv.DictReader(file)
        }


def has(family: str, code: str) -> bool:
    """Whether the code has a row of its own."""
    return (family, code) in table()


def sentence(
    family: str, code: str, language: str | None, data: Mapping[str, Any] | None = None
) -> str:
    """What people read; KeyError when there is no row. ``%(code)s`` is the code itself.

    language: as Odoo names it, such as es_CL. Whatever is no Spanish is English.
    """
    words = _words(family, code)
    return words[_language(language, words)] % {"code": code, **(data or {})}


def _words(family: str, code: str) -> dict[str, str]:
    rows = table()
    if (family, code) in rows:
        return rows[family, code]
    if code.endswith("_missing") and (family, "*_missing") in rows:
        return rows[family, "*_missing"]
    return rows.get((family, "*")) or rows[family, code]


def _language(language: str | None, words: Mapping[str, str]) -> str:
    if language in words:
        return language
    return "es" if (language or "").partition("_")[0] == "es" else "en"
