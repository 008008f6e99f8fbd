"""Who holds folios for himself: whatever posts from a block of its own, a job or a till."""

from odoo import models
from odoo.tools import SQL

from .blocks import take_in_blocks

_IN_CONTEXT = "l10n_cl_folio_holder"


class _Key(str):
    """How the ledger names a holder. Nobody outside can make one: callers send plain text."""


def holder_of(env):
    """The key of the holder whose folios are taken in this environment; None in a person's."""
    key = env.context.get(_IN_CONTEXT)
    return key if isinstance(key, _Key) else None


def holder_named(env, key):
    """The record that a key names, as system; empty when it is gone, with its addon perhaps."""
    model, _comma, number = key.partition(",")
    record = env[model].sudo().browse(int(number)).exists() if model in env else None
    return record if hasattr(record, "_still_holds_folios") else None


class FolioHolder(models.AbstractModel):
    """Reserve a block, commit, take from it in later transactions, give the rest back.

    A reserved folio is a row of the ledger, without document: the unique index keeps everybody
    else from it, at once and for as long as the holder likes, and nobody waits for anybody. One
    transaction at a time takes from a holder's block.
    """

    _name = "l10n_cl.folio.holder.mixin"
    _description = "Whoever holds folios for itself"

    def _reserve_folios(self, issuer, document_type, count):
        """See to it that so many folios of a type are reserved for this holder; how many are.

        Free ones come first, lowest first; fewer where the CAFs that can be used today hold no
        more. The caller commits at once: until then others who post this type wait.
        """
        issuer = issuer.sudo()
        code, rut, environment = int(document_type.code), issuer.company_rut, issuer.environment
        stocks = self._holding(issuer)._folio_stocks_of(code, rut, environment)
        held = sum(stock.held for stock in stocks)
        held += len(
            issuer._claim_set_aside(
                stocks, count - held, SQL("state = 'reserved', reserved_for = %s", self._key())
            )
        )
        following = ((folio, stock.caf) for stock in stocks for folio in stock.following)

        def put(block, _at):
            return issuer._put_in_ledger("reserved", document_type, block, reserved_for=self._key())

        return held + len(take_in_blocks(following, count - held, put))

    def _give_back_folios(self):
        """What is still reserved for this holder is free: whoever posts next takes it."""
        self.env["l10n_cl.issuer"]._free_folios_of(self._key())

    def _holding(self, records):
        """Records that, when they are posted, take the folios of this holder before others."""
        return records.with_context(**{_IN_CONTEXT: self._key()})

    def _still_holds_folios(self):
        """Hook: whether it is going to take what is reserved for it, or is doing so just now."""
        raise NotImplementedError

    def _key(self):
        self.ensure_one()
        return _Key(f"{self._name},{self.id}")
