"""A CAF that another system has used up to some folio."""

from . import caf_used
