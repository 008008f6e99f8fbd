"""Today and now, asked with the company at hand: the one place that knows them, so that a practice
company can have a clock of its own.

The day is Chile's, wherever the user sits (PROTOCOL 0.3). What is asked of no company, as what a
scheduled action looks for, asks the library's clock.
"""

from ...sii import clock


def today(company):
    """The day on which a company (res.company) is (date)."""
    return clock.today()


def now(company):
    """The moment at which a company is (aware datetime, Chile's timezone)."""
    return clock.now()
