from odoo import models


class _Move(dict):
    """Values that a legal move writes. Nobody outside can make one: callers send plain dicts."""


class StateMixin(models.AbstractModel):
    """A state that changes only along a table of legal moves, and leaves a line in the history."""

    _name = "l10n_cl.state.mixin"
    _description = "State with legal moves and history"
    _inherit = "l10n_cl.guard.mixin"

    # state -> the states it may become; the diagram stands beside the field of each model
    _legal_moves = {}

    def write(self, vals):
        """Whoever asks, as system too: the state changes by ``_move_to`` and by nothing else."""
        if "state" in vals and not isinstance(vals, _Move):
            self._check_people(vals)
            raise ValueError(f"{self._name}: its state changes by _move_to only")
        return super().write(vals)

    def _move_to(self, state, text="", answer="", **values):
        """Change the state, or raise ValueError when that move is not legal.

        text: what happened, for people. answer: the SII's, as it came.
        """
        for record in self:
            before = record.state
            if state not in self._legal_moves[before]:
                raise ValueError(f"{record._name} {record.id}: {before} cannot become {state}")
            record.write(_Move(values, state=state))
            record._note(text, answer, before=before)
            record._state_changed(before)

    def _note(self, text, answer="", before=None):
        """Write a line of history without changing the state."""
        self.ensure_one()
        self.env["l10n_cl.event"].create(
            {
                self._event_field(): self.id,
                "from_state": before or self.state,
                "to_state": self.state,
                "text": text,
                "answer": answer,
            }
        )

    def _event_field(self):
        """Name of the event's field that points to this model."""
        raise NotImplementedError

    def _state_changed(self, before):
        """Consequences of a change of state."""
