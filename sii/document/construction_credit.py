"""The builders' special credit of VAT (DL 910, art. 21) ends (Ley 21.420).

Only who had acquired his right before goes on with it: so nothing is refused by the day, it is
told.
"""

from datetime import date

LAST_DAY = date(2026, 12, 31)
