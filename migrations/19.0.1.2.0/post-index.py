"""Documents and envelopes that wait have indexes of their own; those of every state ever had go."""


def migrate(cr, version):
    cr.execute("DROP INDEX IF EXISTS l10n_cl_dte__state_index, l10n_cl_envio__state_index")
