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
        """Change the state of all, or raise ValueError when that move is not legal for one.

        text: what happened, for people. answer: the SII's, as it came; of several records a dict,
        id -> its answer.
        """
        for record in self:
            if state not in self._legal_moves[record.state]:
                raise ValueError(
                    f"{record._name} {record.id}: {record.state} cannot become {state}"
                )
        for before, records in self.grouped("state").items():
            records.write(_Move(values, state=state))
            records._note(text, answer, before=before)
            records._state_changed(before)

    def _note(self, text, answer="", before=None):
        """Write a line of history of each without changing the state."""
        answers = answer if isinstance(answer, dict) else dict.fromkeys(self.ids, answer)
        self.env["l10n_cl.event"].create(
            [
                {
                    self._event_field(): record.id,
                    "from_state": before or record.state,
                    "to_state": record.state,
                    "text": text,
                    "answer": answers[record.id],
                }
                for record in self
            ]
        )

    def _event_field(self):
        """Name of the event's field that points to this model."""
        raise NotImplementedError

    def _state_changed(self, before):
        """Consequences of a change of state, from the same one of all of them."""
