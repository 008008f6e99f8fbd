"""Who called the API, who could not, and how often somebody may be wrong."""

import threading
import time

from odoo import api, fields, models
from odoo.addons.l10n_cl_sii.models.base.trace import remote_address

# Calls are counted in each worker and written down this often, and at the first of a day.
_EVERY_SECONDS = 60


class ApiClient(models.Model):
    """A call leaves a line in the trace; a key or secret that was sent is never in it."""

    _inherit = "l10n_cl.api.client"

    @api.model
    def _login_refused(self, api_key):
        """Trace a wrong key or secret, neither of which is kept. Returns seconds to wait, or 0.

        Whether the key exists makes no difference to who called.
        """
        known = self.sudo().search([("api_key", "=", api_key)], limit=1)
        text = (
            self.env._("Wrong secret for the program “%s”.", known.name)
            if known
            else self.env._("A program called with a key that does not exist.")
        )
        company, limiter = known.company_id, self.env["l10n_cl.limiter"]
        self.env.cr.rollback()  # nothing of the call stays but this
        wait = limiter._failed(f"key {api_key}")
        self.env["l10n_cl.trace"]._count(
            "login_refused", company, text, f"client {known.id}", known
        )
        return wait

    def _called(self):
        """Trace that this program called: a line a day and address, with a count.

        What a worker counted since it last wrote is lost when it ends: there were so many calls
        or some more.
        """
        address, now = remote_address(), time.monotonic()
        for client in self:
            place = (self.env.cr.dbname, client.id, fields.Date.today(), address)
            if times := _counts.add(place, now):
                text = self.env._("The program “%s” called the API.", client.name)
                self.env["l10n_cl.trace"]._count(
                    "program",
                    client.company_id,
                    text,
                    f"client {client.id}",
                    client,
                    times=times,
                    daily=True,
                )


class _Counts:
    """Calls since the last line, by place; those of other days are forgotten."""

    def __init__(self):
        self._lock = threading.Lock()
        self._of = {}

    def add(self, place, now):
        """Count a call; returns how many are to be written down now, else 0."""
        with self._lock:
            if place not in self._of and len(self._of) >= 1000:
                self._of.clear()
            count, written = self._of.get(place, (0, now - _EVERY_SECONDS))
            due = now - written >= _EVERY_SECONDS
            self._of[place] = (0, now) if due else (count + 1, written)
            return count + 1 if due else 0


_counts = _Counts()
