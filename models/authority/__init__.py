"""Certification authorities whose certificates sign documents."""

from . import authority
from . import issuer
