"""Sentences for secrets that cannot be kept or opened."""

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

VAULT = {
    "vault_key_lost": _lt(
        "A secret was sealed with a key that this server has no longer. Put the key back "
        "(l10n_cl_sii_key in odoo.conf, or L10N_CL_SII_KEY), or load certificate and folios again."
    ),
    "vault_key_malformed": _lt(
        "The key that seals secrets (l10n_cl_sii_key in odoo.conf, or L10N_CL_SII_KEY) is no "
        "Fernet key: 32 bytes in URL-safe base64. Make one as docs/security.md shows."
    ),
    "vault_key_file_unreadable": _lt(
        "The file %(path)s with the key that seals secrets cannot be read. Odoo's user must be "
        "able to read it."
    ),
    "vault_empty": _lt("There is no such secret in this database: load it, or make a new one."),
    "vault_damaged": _lt("A kept secret was changed in the database. Load it again."),
}


def vault_problem_text(env, problem):
    """Why a secret cannot be kept or opened, and what to do."""
    sentence = env._(VAULT[problem.code])
    return sentence % problem.data
