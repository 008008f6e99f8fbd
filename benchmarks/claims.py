"""Inside Odoo: queues behind which much waits, with the statistics of before it came, and what
PostgreSQL takes to find the next of each."""

import json

_BEFORE, _WAITING = 100_000, 20_000
_LOOKED_AT = 8
_DOCUMENTS = "FROM l10n_cl_dte dte WHERE dte.state = 'accepted' ORDER BY id LIMIT {}"
_ENVELOPES = """INSERT INTO l10n_cl_envio (state, company_id, issuer_id, channel)
                SELECT '{state}', company_id, id, 'dte'
                  FROM l10n_cl_issuer, generate_series(1, {count})"""
_MAILS = """INSERT INTO l10n_cl_delivery (state, kind, dte_id, company_id)
            SELECT '{state}', '{kind}', id, company_id """
_RECEIVED = """INSERT INTO l10n_cl_received_dte (state, company_id, issuer_rut, document_code,
                                                 folio, issued_on, sii_verdict)
               SELECT '{state}', company_id, '{rut}', 33, folio, now(), 'waiting' """
_DONE = (
    _ENVELOPES.format(state="processed", count=_BEFORE),
    _MAILS.format(state="sent", kind="exchange") + _DOCUMENTS.format(_BEFORE),
    _RECEIVED.format(state="answered", rut="60000000-K") + _DOCUMENTS.format(_BEFORE),
    "ANALYZE",
)
# What comes all at once, after PostgreSQL last counted.
_COMING = (
    _ENVELOPES.format(state="ready", count=_WAITING),
    _ENVELOPES.format(state="sent", count=_WAITING),
    _MAILS.format(state="to_send", kind="customer") + _DOCUMENTS.format(_WAITING),
    _RECEIVED.format(state="new", rut="60000001-8") + _DOCUMENTS.format(_WAITING),
    "UPDATE l10n_cl_dte SET state = 'signed', envio_id = NULL"
    f" WHERE id IN (SELECT id {_DOCUMENTS.format(_WAITING)})",
)


def measure(env, mark: str) -> None:
    """Print a line of JSON after the mark: queue -> milliseconds of its claim; nothing stays."""
    for query in _DONE + _COMING:
        env.cr.execute(query)
    env.invalidate_all()
    queues = {
        "documents to seal": ("l10n_cl.dte", lambda rows: rows._to_seal()),
        "envelopes to send": ("l10n_cl.envio", lambda rows: rows._due("ready")),
        "envelopes to ask for": ("l10n_cl.envio", lambda rows: rows._due("sent")),
        "mails": ("l10n_cl.delivery", lambda rows: rows._due("to_send")),
        "received documents": ("l10n_cl.received.dte", lambda rows: rows._due("new")),
    }
    figures = {name: _milliseconds(env, model, domain) for name, (model, domain) in queues.items()}
    env.cr.rollback()
    print(mark + json.dumps(figures))


def _milliseconds(env, model: str, domain) -> float:
    """As the server itself counts them, with the planning."""
    from odoo.addons.l10n_cl_sii.models.base.queue.run import Run, with_run

    rows = with_run(env[model], Run())
    env.flush_all()
    asked = []
    cursor = type(env.cr)
    execute = cursor.execute

    def noted(self, query, params=None, log_exceptions=True):
        asked.append(query)
        return execute(self, query, params, log_exceptions)

    cursor.execute = noted
    try:
        found = next(rows._in_turns(domain(rows), _LOOKED_AT))
    finally:
        cursor.execute = execute
    assert len(found) == _LOOKED_AT, found
    spent = 0
    for query in asked:
        env.cr.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {query.code}", query.params)
        [[[plan]]] = env.cr.fetchall()
        spent += plan["Planning Time"] + plan["Execution Time"]
    return spent
