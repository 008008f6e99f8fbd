"""Chile's document types (l10n_latam.document.type) by the SII's code."""


def of_code(env, code):
    """The type in use; empty when there is none. code: a number, or its text."""
    chilean = [("code", "=", str(code)), ("country_id.code", "=", "CL")]
    return env["l10n_latam.document.type"].search(chilean, limit=1)


def by_code(env):
    """code (text) -> type, of all in use; in an environment with active_test=False of all."""
    chilean = [("country_id.code", "=", "CL")]
    return {each.code: each for each in env["l10n_latam.document.type"].search(chilean)}
