"""Merging contacts, and the report of what is held of a person."""

from . import base_partner_merge
from . import privacy_report
