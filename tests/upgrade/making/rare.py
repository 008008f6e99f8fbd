"""States that last for a moment, or come of time alone: rows are put into them."""

# table -> states that nothing else made, in rows that stand for themselves
STATES = {
    "l10n_cl_envio": ("sending", "processed", "refused"),
    "l10n_cl_claim": ("sending", "refused"),
    "l10n_cl_delivery": ("waiting", "to_send", "sending", "failed", "none", "dropped"),
    "l10n_cl_received_dte": ("expired",),
    "l10n_cl_webhook_delivery": ("failed", "delivered"),
}
SPARE = """
    UPDATE {table} SET state = %(state)s WHERE id = (
        SELECT id FROM {table} t WHERE (
            SELECT count(*) FROM {table} o WHERE o.state = t.state) > 1 ORDER BY id LIMIT 1)
"""


def rare(world) -> None:
    """Put one row, of a state that has several, into each state that has none."""
    env = world.env
    env.flush_all()
    for table, states in STATES.items():
        for state in states:
            env.cr.execute(f"SELECT count(*) FROM {table} WHERE state = %s", [state])
            if not env.cr.fetchone()[0]:
                env.cr.execute(SPARE.format(table=table), {"state": state})
    env.invalidate_all()
