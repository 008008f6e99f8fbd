"""Inside Odoo: the company of the benchmarks with a simulator that goes on, and who posts there."""

from . import posting, posting_company


def set_up(env, url: str, folios: int) -> None:
    """Make the main company an issuer whose SII is the simulator at this address."""
    env["ir.config_parameter"].set_param("l10n_cl_sii.base_url", url)
    posting_company.settle(env)
    posting_company.enrol(env, url, folios)
    env.cr.commit()


def post(env, counts: tuple[int, ...]) -> None:
    """Post so many together, then so many and so on, each committed before the next."""
    batches = [posting.drafts(env, count) for count in counts]
    env.cr.commit()
    for batch in batches:
        batch.action_post()
        env.cr.commit()
