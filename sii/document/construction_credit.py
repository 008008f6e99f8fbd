"""The builders' special credit of VAT (DL 910, art. 21) ends (Ley 21.420).

Only who had acquired the right before goes on with it: so the date refuses nothing, it is
reported.
"""

from datetime import date

LAST_DAY = date(2026, 12, 31)
