"""What open pages are told as soon as the SII answers: ids and states, by Odoo's bus.

``tell`` in whatever changes what people see. A request or a run of a scheduled action sends one
message a company, whatever many documents it moved; a long run sends every two seconds. Pages hear
it through ``static/src/base/news.js``.

A message: ``{"company": 1, "records": {"account.move": {"12": "accepted"}}, "waiting": false}``;
waiting: what all documents on their way wait for may read otherwise now.
"""

import time

from odoo import models

from .queue.run import current

CHANNEL = "l10n_cl_sii"
_EVERY = 2.0
"""Seconds between two messages of one run."""


def tell(env, company, model=None, changed=None):
    """People of the company hear of these once the transaction is committed.

    changed: id -> state of records of the model; without it, that what documents wait for changed.
    Costs no query a record.
    """
    data = env.cr.precommit.data
    if CHANNEL not in data:
        data[CHANNEL] = {}
        env.cr.precommit.add(lambda: _committing(env, data.pop(CHANNEL)))
    _add(data[CHANNEL], company.id, {model: changed} if model else {}, not model)


def send_rest(env, run):
    """At the end of a run: what it has not told yet. Returns whether there was anything."""
    kept = run.kept.get(CHANNEL)
    rest = bool(kept and kept["told"])
    if rest:
        _send(env, kept)
    return rest


def _committing(env, told):
    run = current(env)
    if run is None:
        _send(env, {"told": told})
        return
    kept = run.keep(CHANNEL, lambda: {"told": {}, "since": time.monotonic()})
    for company, news in told.items():
        _add(kept["told"], company, news["records"], news["waiting"])
    if time.monotonic() - kept["since"] > _EVERY:
        _send(env, kept)


def _add(told, company, records, waiting):
    news = told.setdefault(company, {"company": company, "records": {}, "waiting": False})
    news["waiting"] |= waiting
    for model, changed in records.items():
        news["records"].setdefault(model, {}).update(changed)


def _send(env, kept):
    told, kept["told"], kept["since"] = kept["told"], {}, time.monotonic()
    for company, news in told.items():
        channel = (env["res.company"].browse(company), CHANNEL)
        env["bus.bus"]._sendone(channel, CHANNEL, news)


class IrWebsocket(models.AbstractModel):
    """Who hears them: people who may read documents, of the companies that they may work in.

    The server adds the channels; a browser cannot name them, and portal users have none.
    """

    _inherit = "ir.websocket"

    def _build_bus_channel_list(self, channels):
        channels = super()._build_bus_channel_list(channels)
        user = self.env.user
        if user._is_internal() and user.has_group("l10n_cl_sii.group_viewer"):
            channels.extend((company, CHANNEL) for company in user.company_ids)
        return channels
