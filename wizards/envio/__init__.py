"""What the SII's mail or portal states of an envelope."""

from . import read_result
from . import track_id
