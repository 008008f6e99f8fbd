"""Days of payment: which one comes first, and which one after another. No Odoo here."""

from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

# months from one period to the next; a week is counted in days
MONTHS = {"month": 1, "bimonth": 2, "quarter": 3, "semester": 6, "year": 12}
LAST_DAY = 28
"""No day of payment is later: every month has it."""

_WEEK = 7


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a buyer pays. dop: day of the month (1-28), or of the week from Sunday (0-6).

    mop: the month (1-12) of a yearly payment. named: whether somebody named that day, rather than
    that it follows from the day on which it began.
    """

    recurrence: str
    dop: int
    mop: int = 0
    named: bool = True

    def first(self, start: date) -> date:
        """The first day of payment, ``start`` itself included."""
        if self.recurrence == "week":
            return start + timedelta(days=(self.dop - start.isoweekday()) % _WEEK)
        month = self.mop if self.recurrence == "year" else start.month
        if not self.named and start.month == month and self.dop == LAST_DAY < start.day:
            # who begins on the 29th to 31st pays that day, and on the 28th from then on
            return start
        due = start.replace(day=1) + relativedelta(month=month, day=self.dop)
        if due < start:
            due += relativedelta(years=1) if self.recurrence == "year" else relativedelta(months=1)
        return due

    def following(self, due: date) -> date:
        """The day of payment of the next period, whatever the days were when ``due`` was set."""
        if self.recurrence == "week":
            return self.first(due + timedelta(days=_WEEK))
        if self.recurrence == "year":
            return date(due.year + 1, self.mop, self.dop)
        return (
            due + relativedelta(day=1, months=MONTHS[self.recurrence]) + relativedelta(day=self.dop)
        )


def days_of(recurrence: str) -> range:
    """The days of payment that a recurrence allows."""
    return range(_WEEK) if recurrence == "week" else range(1, LAST_DAY + 1)


def day_of(recurrence: str, start: date) -> int:
    """The day of payment of who names none: as it is on the first day, 28 at most."""
    return start.isoweekday() % _WEEK if recurrence == "week" else min(start.day, LAST_DAY)
