"""What the SII's mail or portal says of an envelope."""

from . import read_result
from . import track_id
