"""What jobs do: for each kind of work there is one object, by the name that a job keeps.

Rooms add theirs. Nothing else can be asked for: what a database or a program names is looked up
here, and is never called as a method.
"""

from dataclasses import dataclass

from odoo import models

from ...access.entry import EMITTER

WORKS = {}

# More than this is not done while a person waits for the answer, but by a job.
MANY = 100
# As many documents are posted within some two seconds: whoever waits for a row that a piece holds
# waits no longer, and Odoo's limits of processor and time are far away.
PIECE = 50


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one record: a sentence, the record that came of it, its pesos.

    skipped: there was nothing to do, and the text is why.
    """

    text: str = ""
    result: models.BaseModel | None = None
    pesos: int = 0
    skipped: bool = False


class Work:
    """One kind of work. ``records`` are of ``model``, with the rights of who asked for the job."""

    model = ""
    # who may ask for it; asked again before each piece
    group = EMITTER
    # so many records make one transaction
    most = PIECE
    # jobs with the same claim never wait with the same record; empty where that does no harm
    claim = ""

    def label(self, env):
        """What people call it, in the language of ``env``."""
        raise NotImplementedError

    def in_order(self, records):
        """The records in the order in which they are to be done."""
        return records

    def obstacle(self, job, records):
        """Why the whole job has to wait for a person; empty when it can go on."""
        return ""

    def prepare(self, job, records):
        """What is committed before the next piece, of these records as system, is begun."""

    def rest(self, job):
        """After the job's last piece for now: it has ended or was stopped. Gives back what
        ``prepare`` took and no piece has used."""

    def skipped_text(self, job, record):
        """Why there is nothing to do with a record; empty when there is."""
        return ""

    def do(self, job, records):
        """Do it with all of them or raise; an Outcome by record. Nothing here commits."""
        raise NotImplementedError

    def close(self, job):
        """After the last piece, again and again until it returns True: one transaction each."""
        return True


def labels(env):
    """(name, label) of each, for a Selection."""
    return [(name, work.label(env)) for name, work in sorted(WORKS.items())]
