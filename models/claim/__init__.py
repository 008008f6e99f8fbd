"""Acceptance and claims of received documents at the SII, and their eight days."""

from . import claim_days
from . import claim
from . import send
from . import event
from . import acceptance
