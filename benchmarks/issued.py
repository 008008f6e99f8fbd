"""Inside Odoo: documents on their way to the simulated SII, in one process and no hurry."""

_STEPS = ("cron_send", "cron_poll")


def accept(env, moves) -> None:
    """Post these together, send them and let them be accepted; each step is committed."""
    moves.action_post()
    env.cr.commit()
    for name in _STEPS:
        env.cr.execute("UPDATE l10n_cl_envio SET next_attempt_at = NULL")
        env.cr.commit()
        env.ref(f"l10n_cl_sii.{name}").ir_actions_server_id.run()
        env.cr.commit()
    states = set(moves.mapped("l10n_cl_dte_state"))
    assert states == {"accepted"}, states
