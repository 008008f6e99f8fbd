"""Sentences for what the watchdog and the health figures find."""

from odoo.tools.misc import format_date, format_datetime

from ...sii import sentences
from ..access.texts import vault_problem_text
from ..base.texts.library import library_text
from ..issuer.channels import DTE


def finding_text(env, finding):
    """What was found and what to do about it, in the language of ``env``."""
    issuer = finding.issuer.with_env(env).sudo()
    data = dict(finding.data)
    if finding.code in ("copy", "unreachable"):
        return issuer._pause_text(data.get("channel", DTE))
    if "problem" in data:
        data["problem"] = vault_problem_text(env, data["problem"])
    if finding.code == "library":
        return library_text(env, **data)
    if finding.code == "examined":
        return issuer._examination_text()
    if "date" in data:
        data["date"] = format_date(env, data["date"])
    if "published" in data:
        data["published"] = format_date(env, data["published"])
    if "since" in data:
        data["since"] = format_datetime(env, data["since"], dt_format="short")
    if "type" in data:
        data["type"] = data["type"].with_env(env).sudo().name
    if "kind" in data:
        labels = env["l10n_cl.books.difference"]._fields["kind"]._description_selection(env)
        data["kind"] = dict(labels).get(data["kind"])
    if "names" in data:
        data["names"] = ", ".join(data["names"].with_env(env).sudo().mapped("name"))
    return sentences.sentence("health", finding.code, env.lang, data)
